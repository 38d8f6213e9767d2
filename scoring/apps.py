"""The application's registration with Django."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    """Scores, grading tasks and marks."""

    name = "scoring"
