"""The application's registration with Django."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """Offerings, admission tickets and bars."""

    name = "examserver.registration"
