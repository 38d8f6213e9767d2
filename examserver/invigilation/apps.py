"""The application's registration with Django."""

from django.apps import AppConfig


class InvigilationConfig(AppConfig):
    """Incidents, reminders, cases and the room board."""

    name = "examserver.invigilation"
