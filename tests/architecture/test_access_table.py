"""Every URL and socket has a row in the access table, and the server does what it says, role by role."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from channels.testing import WebsocketCommunicator
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from examserver import routing
from examserver.access_table import TABLE
from examserver.asgi import application
from examserver.kernel.access import Role
from examserver.people import services
from examserver.people.cookies import COOKIE, session_cookie
from examserver.routing import NOT_ALLOWED, SIGNED_OUT, SOCKETS, Socket

REACHED, REACHED_CODE = 299, 4299
NOWHERE = 987654321
ANYBODY = "anonymous"
VISITORS = (ANYBODY, *Role)
ID_NUMBER = "11010519491231002X"
NOW = datetime(2026, 3, 28, 9, 0, tzinfo=UTC)


class Reached:
    """Stands where the views begin: who comes this far has passed the access table."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = self.get_response(request)
        return answer

    def process_view(self, *_: Any) -> HttpResponse:
        return HttpResponse(status=REACHED)


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def address(pattern: URLPattern) -> str:
    """The pattern's address, of something that does not exist."""
    samples = {"int": NOWHERE, "uuid": "12345678-1234-5678-1234-567812345678"}
    kinds = {name: type(one).__name__ for name, one in pattern.pattern.converters.items()}
    given = {name: samples.get(kind.removesuffix("Converter").lower(), "x") for name, kind in kinds.items()}
    assert pattern.name is not None
    return reverse(pattern.name, kwargs=given)


def sign_in(visitor: str) -> Client:
    """A browser of `visitor`: nobody, a candidate at a workstation, or staff with one role."""
    client = Client()
    if visitor == Role.CANDIDATE:
        candidate = services.add_candidate(name="张三", id_number=ID_NUMBER)
        session = services.open_session(candidate=candidate, workstation="W-01", sitting=NOWHERE, now=NOW)
        client.cookies[COOKIE] = session_cookie(session.pk)
    elif visitor != ANYBODY:
        role = Role(visitor)
        staff = services.add_staff(username=role, display_name=role, password="a long password", roles=[role])
        client.force_login(staff)
    return client


def may_pass(name: str, visitor: str) -> bool:
    roles = TABLE[name]
    return not roles or visitor in roles


def refused(visitor: str, path: str) -> int:
    """How a refusal is answered: signing in first for nobody, nothing there for anybody else."""
    if visitor != ANYBODY:
        return 404
    return 401 if path.startswith("/api/") else 302


def test_every_address_has_a_name_of_its_own() -> None:
    names = [pattern.name or str(pattern.pattern) for pattern in patterns()]
    assert all(pattern.name for pattern in patterns())
    assert sorted(names) == sorted(set(names))


def test_every_address_and_socket_has_its_row_and_every_row_its_address() -> None:
    assert {pattern.name for pattern in patterns()} | {socket.name for socket in SOCKETS} == set(TABLE)


@pytest.mark.django_db
@pytest.mark.parametrize("visitor", VISITORS)
def test_the_server_answers_each_address_as_the_table_says(visitor: str, settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Reached"]
    client = sign_in(visitor)
    expected = {
        address(pattern): REACHED
        if may_pass(pattern.name or "", visitor)
        else refused(visitor, address(pattern))
        for pattern in patterns()
    }
    assert {path: client.get(path).status_code for path in expected} == expected


async def reached(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Stands where the sockets begin."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": REACHED_CODE})


async def knock(path: str, cookies: str) -> int:
    """The code with which the server closes a socket on `path`."""
    headers = [(b"host", b"localhost"), (b"origin", b"http://localhost"), (b"cookie", cookies.encode())]
    visit = WebsocketCommunicator(application, path, headers=headers)
    assert (await visit.connect(timeout=10))[0]
    closed = await visit.receive_output(timeout=10)
    code: int = closed["code"]
    return code


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("visitor", VISITORS)
def test_the_server_answers_each_socket_as_the_table_says(
    visitor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routing, "SOCKETS", [replace(socket, application=reached) for socket in SOCKETS])
    cookies = "; ".join(f"{name}={one.value}" for name, one in sign_in(visitor).cookies.items())
    refusal = SIGNED_OUT if visitor == ANYBODY else NOT_ALLOWED
    expected = {
        socket.name: REACHED_CODE if may_pass(socket.name, visitor) else refusal for socket in SOCKETS
    }
    assert {socket.name: async_to_sync(knock)(opened(socket), cookies) for socket in SOCKETS} == expected


def opened(socket: Socket) -> str:
    """The socket's path, of a session that does not exist."""
    return re.sub(r"\(\?P<\w+>[^)]*\)", str(NOWHERE), socket.path)
