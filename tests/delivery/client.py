"""A candidate's browser in a test: cookie, CSRF token, HTTP and one socket, against a real server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.support.server import ServerProcess


class Client:
    """Talks to `server` with a candidate's cookie, or without one."""

    def __init__(self, server: ServerProcess, cookie: str = "") -> None:
        self.server = server
        self.http = httpx.Client(base_url=server.url, timeout=30, trust_env=False)
        self.http.get("/staff/sign-in/")
        if cookie:
            self.http.cookies.set("candidate", cookie)

    def send(self, method: str, path: str, **given: Any) -> httpx.Response:
        """A request as a page's script makes it."""
        headers = {"X-CSRFToken": self.http.cookies["csrftoken"], **given.pop("headers", {})}
        return self.http.request(method, path, headers=headers, **given)

    def post(self, path: str, body: Any = None) -> httpx.Response:
        """POST JSON."""
        return self.send("POST", path, json=body or {})

    def code(self, path: str, body: Any = None) -> tuple[int, str]:
        """Status and error code of a refused POST."""
        answer = self.post(path, body)
        return answer.status_code, answer.json()["error"]["code"]

    @contextmanager
    def socket(self, path: str = "/ws/exam/") -> Iterator[ClientConnection]:
        """A socket with this browser's cookies."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        url = self.server.socket_url + path
        origin = Origin(self.server.url)
        headers = {"Cookie": cookies}
        with connect(url, additional_headers=headers, origin=origin, compression=None, proxy=None) as socket:
            yield socket


def next_state(socket: ClientConnection, stage: str) -> dict[str, Any]:
    """The next state of this stage; what comes before it is passed over."""
    while True:
        message: dict[str, Any] = json.loads(socket.recv(timeout=10))
        if (message["type"], message.get("stage")) == ("state", stage):
            return message


def start_signal(server: ServerProcess, session: int) -> None:
    """Both invigilators of the small venue arrive; the first arms the room and gives the signal."""
    first, second = (Client(server), Client(server))
    for client, name in ((first, "first"), (second, "second")):
        form = {"username": name, "password": "a long password"}
        client.send("POST", "/staff/sign-in/", data=form)
        assert client.post(f"/api/board/{session}/arrive").status_code == httpx.codes.OK
    for act in ("arm", "start"):
        assert first.post(f"/api/board/{session}/{act}").json() == {"ok": True}


def exchange(socket: ClientConnection, message: Any) -> dict[str, Any]:
    """Send a message (text as it is, anything else as JSON) and return the next answer that is no state."""
    socket.send(message if isinstance(message, str) else json.dumps(message))
    while True:
        answer: dict[str, Any] = json.loads(socket.recv(timeout=10))
        if answer["type"] != "state":
            return answer


def answer(item: str, seq: int, value: Any, **more: Any) -> dict[str, Any]:
    """An answer message."""
    return {"type": "answer", "item": item, "seq": seq, "value": value, **more}
