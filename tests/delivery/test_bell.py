"""A page connected before the start signal gets the sealed paper at the bell, and answers on the same socket."""

import msgspec
import pytest

from tests.delivery.client import Client, answer, exchange, next_state, start_signal
from tests.delivery.running import Desk
from tests.support.server import ServerProcess


@pytest.fixture
def waiting(prepared_server: ServerProcess) -> tuple[ServerProcess, list[Desk]]:
    """Two candidates wait for the theory; its paper is sealed."""
    told = prepared_server.run_module("tests.delivery.running", "theory", "waiting")
    prepared_server.start()
    return prepared_server, msgspec.json.decode(told, type=list[Desk])


def test_the_bell_opens_the_paper_for_pages_that_already_wait(
    waiting: tuple[ServerProcess, list[Desk]],
) -> None:
    server, desks = waiting
    one, other = (Client(server, desk.cookie) for desk in desks[:2])
    with one.socket() as socket, other.socket() as second:
        for each in (socket, second):
            assert next_state(each, "waiting")["session_state"] == "PREPARING"
        assert one.http.get("/api/exam/paper").json()["error"]["code"] == "not_open"
        assert exchange(socket, answer("TF-1", 1, ["T"]))["code"] == "unknown_item"
        start_signal(server, desks[0].session)
        for client, each in ((one, socket), (other, second)):
            assert next_state(each, "working")["session_state"] == "RUNNING"
            paper = client.http.get("/api/exam/paper").json()
            item = next(i for s in paper["sections"] if s["type"] == "single" for i in s["items"])
            given = answer(item["id"], 1, [item["options"][2]["id"]])
            assert exchange(each, given) == {"type": "saved", "item": item["id"], "seq": 1}
