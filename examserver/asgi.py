"""The ASGI application: where HTTP and sockets meet their applications."""

import asyncio
import os
from typing import Any

import django
from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import CookieMiddleware
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "examserver.settings")
django.setup()

from examserver.kernel.audience import bind_loop  # noqa: E402
from examserver.people.middleware import ActorSocketMiddleware  # noqa: E402
from examserver.routing import sockets  # noqa: E402

_http = get_asgi_application()
_websocket: Any = AllowedHostsOriginValidator(CookieMiddleware(ActorSocketMiddleware(sockets)))


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Whatever comes in; the loop it comes in on is the one on which pages are rung."""
    bind_loop(asyncio.get_running_loop())
    if scope["type"] == "websocket":
        await _websocket(scope, receive, send)
    elif scope["type"] == "http":
        await _http(scope, receive, send)
