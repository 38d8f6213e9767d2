"""The words of a page's scripts: Django's catalogue, kept by browsers as long as the scripts are."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http.response import HttpResponse, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog

# Chinese characters and their punctuation: what a script may hold as it is written.
_ESCAPED = re.compile(rb"\\u([3-9][0-9a-f]{3}|ff[0-9a-f]{2})")


class _Words(JavaScriptCatalog):
    """Django's catalogue with Chinese as it is written: half the bytes of its escapes."""

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """The script, in UTF-8 as its type says."""
        response = super().render_to_response(context, **more)
        response.content = _ESCAPED.sub(lambda found: chr(int(found[1], 16)).encode(), response.content)
        return response


def catalog(*packages: str) -> Callable[..., HttpResponseBase]:
    """The view with the words of `packages`, of all applications when none is named; pages name the language in it."""
    view = _Words.as_view(packages=list(packages) or None)
    return cache_control(max_age=settings.STATIC_AGE_SECONDS)(view)
