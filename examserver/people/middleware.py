"""Puts the actor on every request and socket: staff by their Django session, candidates by a signed cookie."""

from collections.abc import Callable
from typing import Any

from channels.db import database_sync_to_async
from django.core import signing
from django.http import HttpRequest, HttpResponse

from examserver.kernel.access import ANONYMOUS, Actor
from examserver.people.selectors import candidate_actor, staff_actor

COOKIE = "candidate"
SALT = "examserver.candidate"


def session_cookie(session_id: int) -> str:
    """The cookie's value for a workstation session."""
    return signing.dumps(session_id, salt=SALT)


def read_cookie(value: str) -> Actor:
    """The candidate behind a cookie; the anonymous actor when it is forged, or its session closed."""
    try:
        return candidate_actor(int(signing.loads(value, salt=SALT)))
    except (signing.BadSignature, ValueError, TypeError):
        return ANONYMOUS


class ActorMiddleware:
    """Sets `request.actor`. A browser that is signed in as staff acts as staff."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = staff_actor(request.user)
        if actor is ANONYMOUS and COOKIE in request.COOKIES:
            actor = read_cookie(request.COOKIES[COOKIE])
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)


class ActorSocketMiddleware:
    """Sets `scope["actor"]` for sockets, from the same two cookies."""

    def __init__(self, inner: Callable[..., Any]) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        scope = {**scope, "actor": await database_sync_to_async(self._actor)(scope)}
        return await self.inner(scope, receive, send)

    @staticmethod
    def _actor(scope: dict[str, Any]) -> Actor:
        user = scope["user"]
        actor = staff_actor(getattr(user, "_wrapped", user))
        if actor is ANONYMOUS and COOKIE in scope["cookies"]:
            actor = read_cookie(scope["cookies"][COOKIE])
        return actor
