"""The application's registration with Django."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Subject results and their release."""

    name = "examserver.results"
