"""The application's registration with Django."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Messages to candidates and institutions, and their mails."""

    name = "examserver.notifications"
