"""The application's registration with Django."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Exam days, sessions, sittings and responses."""

    name = "examserver.delivery"
