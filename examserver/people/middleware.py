"""Puts the actor on every request and socket: staff by their Django session, candidates by a signed cookie.

A candidate is at a workstation, or at home with an account; the two cookies differ, and the workstation's comes first.
"""

from collections.abc import Callable, Mapping
from typing import Any

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse

from examserver.kernel.access import ANONYMOUS, Actor
from examserver.people.cookies import APPLICANT_COOKIE, COOKIE, read_applicant_cookie, read_cookie
from examserver.people.selectors import staff_actor


class ActorMiddleware:
    """Sets `request.actor`. A browser that is signed in as staff acts as staff."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = staff_actor(request.user)
        if actor is ANONYMOUS and COOKIE in request.COOKIES:
            actor = read_cookie(request.COOKIES[COOKIE])
        if actor is ANONYMOUS and APPLICANT_COOKIE in request.COOKIES:
            actor = read_applicant_cookie(request.COOKIES[APPLICANT_COOKIE])
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)


class ActorSocketMiddleware:
    """Sets `scope["actor"]` for sockets, from the same two cookies.

    Not behind Channels' session middleware: that looks after the session at every message that is sent, and no socket
    changes a session.
    """

    def __init__(self, inner: Callable[..., Any]) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        actor = await database_sync_to_async(_cookies_actor)(scope["cookies"])
        return await self.inner({**scope, "actor": actor}, receive, send)


def _cookies_actor(cookies: Mapping[str, str]) -> Actor:
    """Who the cookies of a socket's request say it is; staff before candidate, as for a page."""
    actor = ANONYMOUS
    if key := cookies.get(settings.SESSION_COOKIE_NAME):
        request = HttpRequest()
        request.session = SessionStore(key)
        actor = staff_actor(get_user(request))
    if actor is ANONYMOUS and COOKIE in cookies:
        actor = read_cookie(cookies[COOKIE])
    return actor
