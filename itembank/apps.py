"""The application's registration with Django."""

from django.apps import AppConfig


class ItembankConfig(AppConfig):
    """Items and papers."""

    name = "itembank"
