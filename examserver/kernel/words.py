"""The words of a page's scripts: Django's catalogue, kept by browsers as long as the scripts are."""

from collections.abc import Callable

from django.conf import settings
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog


def catalog(*packages: str) -> Callable[..., HttpResponseBase]:
    """The view with the words of `packages`, of all applications when none is named; pages name the language in it."""
    view = JavaScriptCatalog.as_view(packages=list(packages) or None)
    return cache_control(max_age=settings.STATIC_AGE_SECONDS)(view)
