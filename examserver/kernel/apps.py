"""The application's registration with Django."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """The kernel as a Django application: it brings the audit log's table."""

    name = "examserver.kernel"
