"""Asks the access table before any view runs."""

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.module_loading import import_string

from examserver.kernel.access import Refusal, Role, decide


class AccessMiddleware:
    """Refuses what the access table does not grant: 404, or the way to sign in for a stranger."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.table = import_string(settings.ACCESS_TABLE)

    def __call__(self, request: HttpRequest) -> HttpResponse | Awaitable[HttpResponse]:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Deny by default: a URL without a name or without a row is not there."""
        match = request.resolver_match
        name = (match.view_name if match else "") or ""
        refusal = decide(self.table, name, request.actor)  # type: ignore[attr-defined]
        if refusal is None:
            return None
        if refusal is Refusal.NOT_FOUND:
            raise Http404
        if request.path.startswith("/api/"):
            return JsonResponse({"error": {"code": "signed_out"}}, status=401)
        door = (
            settings.APPLICANT_LOGIN_URL if Role.APPLICANT in (self.table[name] or ()) else settings.LOGIN_URL
        )
        return HttpResponseRedirect(f"{reverse(door)}?next={request.path}")
