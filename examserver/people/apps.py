"""The application's registration with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Staff and candidates."""

    name = "examserver.people"
