"""The words of the interactions' scripts: a module of their own, loaded only where a paper has interactions."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http.response import HttpResponse, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog

HEAD = "interaction."


class _Words(JavaScriptCatalog):
    """The item bank's catalogue, of which only what the player says."""

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """An ES module whose default is `{key: text}`."""
        words = {key: text for key, text in context["catalog"].items() if key.startswith(HEAD)}
        text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
        return HttpResponse(f"export default {text};\n", 'text/javascript; charset="utf-8"')


def interaction_words() -> Callable[..., HttpResponseBase]:
    """The view; pages name their language in its address."""
    return cache_control(max_age=settings.STATIC_AGE_SECONDS)(_Words.as_view(packages=["itembank"]))
