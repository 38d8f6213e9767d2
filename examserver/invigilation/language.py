"""The language of a socket, found as Django's middleware finds that of a page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language_from_request


def scope_language(scope: dict[str, Any]) -> str:
    """The language code (zh-hans, en) of an ASGI scope with cookies: the chosen one, else the browser's."""
    request = HttpRequest()
    request.COOKIES = scope.get("cookies", {})
    for name, value in scope.get("headers", []):
        if name == b"accept-language":
            request.META["HTTP_ACCEPT_LANGUAGE"] = value.decode("latin-1")
    return get_language_from_request(request)
