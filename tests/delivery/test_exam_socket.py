"""The exam socket and its HTTP twin over a real server: all bad input gets its own answer, and the rest goes on."""

import json

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed

from tests.delivery.client import Client, answer, exchange
from tests.delivery.running import Desk
from tests.support.server import ServerProcess

Theory = tuple[ServerProcess, list[Desk]]


@pytest.fixture(scope="module")
def theory(module_server: ServerProcess) -> Theory:
    """A running theory session."""
    desks = msgspec.json.decode(module_server.run_module("tests.delivery.running", "theory"), type=list[Desk])
    module_server.start()
    return module_server, desks


@pytest.fixture
def first(theory: Theory) -> Client:
    """The first candidate's browser."""
    return Client(theory[0], theory[1][0].cookie)


@pytest.fixture
def second(theory: Theory) -> Client:
    """The second candidate's browser."""
    return Client(theory[0], theory[1][1].cookie)


def item_of(client: Client, kind: str) -> str:
    """The first item of a type on the candidate's own paper."""
    paper = client.http.get("/api/exam/paper").json()
    items: list[str] = [i["id"] for s in paper["sections"] if s["type"] == kind for i in s["items"]]
    return items[0]


def test_an_answer_is_saved_and_comes_back_with_the_paper(first: Client) -> None:
    item = item_of(first, "single")
    with first.socket() as socket:
        saved = exchange(socket, answer(item, 1, ["o2"], marked=True))
    assert saved == {"type": "saved", "item": item, "seq": 1}
    responses = first.http.get("/api/exam/paper").json()["responses"]
    assert responses[item] == {"seq": 1, "value": ["o2"], "marked": True}


def test_a_candidate_gets_no_key(first: Client) -> None:
    text = first.http.get("/api/exam/paper").text
    assert not any(word in text for word in ("correct", "explanation", '"key"', "因为"))


BAD = [
    ("{not json", "error", "bad_json"),
    ('{"type": "answer"}', "error", "bad_message"),
    ('{"type": "cheat"}', "error", "bad_message"),
    ('{"type": "hand", "raised": true, "extra": 1}', "error", "bad_message"),
    ("[]", "error", "bad_message"),
    (json.dumps(answer("NOT-AN-ITEM", 1, ["A"])), "refused", "unknown_item"),
]


@pytest.mark.parametrize(("text", "kind", "code"), BAD)
def test_what_cannot_be_read_is_named_and_the_socket_goes_on(
    first: Client, text: str, kind: str, code: str
) -> None:
    with first.socket() as socket:
        refused = exchange(socket, text)
        assert (refused["type"], refused["code"]) == (kind, code)
        assert exchange(socket, {"type": "ping", "sent": 7})["type"] == "pong"


@pytest.mark.parametrize(
    "value", [["o1", "o2"], ["o9"], ["A"], "o1", [["o1"]], {"text": "o1"}, None, ["o1", "o1"], [1]]
)
def test_an_answer_of_the_wrong_shape_is_refused_and_not_kept(first: Client, value: object) -> None:
    item = item_of(first, "single")
    with first.socket() as socket:
        refused = exchange(socket, answer(item, 50, value))
    assert refused["code"] == "bad_value"
    assert first.http.get("/api/exam/paper").json()["responses"].get(item, {}).get("seq") != 50


@pytest.mark.parametrize("seq", [0, -1, 2**31])
def test_a_seq_outside_its_bounds_is_refused(first: Client, seq: int) -> None:
    with first.socket() as socket:
        assert exchange(socket, answer(item_of(first, "single"), seq, ["A"]))["code"] == "bad_seq"


def test_an_old_seq_is_stale_and_names_the_stored_one(first: Client) -> None:
    item = item_of(first, "multiple")
    with first.socket() as socket:
        exchange(socket, answer(item, 9, ["o1"]))
        stale = exchange(socket, answer(item, 8, ["o2"]))
    assert (stale["code"], stale["stored_seq"]) == ("stale", 9)


def complain_until_closed(client: Client) -> int:
    """Send nonsense until the server closes the socket; returns its code."""
    with client.socket() as socket:
        for _ in range(60):
            try:
                exchange(socket, "{")
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 0
    return 0


def test_fifty_bad_messages_close_the_socket_and_nobody_elses(first: Client, second: Client) -> None:
    with second.socket() as other:
        assert complain_until_closed(first) == 4009
        assert exchange(other, {"type": "ping", "sent": 1})["type"] == "pong"


def test_answers_over_http_are_answered_one_by_one(first: Client) -> None:
    item = item_of(first, "true_false")
    lines = [
        {"item": item, "seq": 3, "value": ["T"]},
        {"item": "X", "seq": 1, "value": ["T"]},
        {"item": item, "seq": 2, "value": ["F"]},
    ]
    results = first.post("/api/exam/answers", {"answers": lines}).json()["results"]
    assert [one.get("code", one["type"]) for one in results] == ["saved", "unknown_item", "stale"]


def test_a_body_that_is_no_batch_is_named(first: Client) -> None:
    assert first.code("/api/exam/answers", {"answers": 3}) == (400, "bad_message")
    assert (
        first.code("/api/exam/answers", {"answers": [{"item": "X", "seq": 1, "value": 1, "why": 2}]})[0]
        == 400
    )
    broken = first.send("POST", "/api/exam/answers", content=b"{")
    assert (broken.status_code, broken.json()["error"]["code"]) == (400, "bad_json")


def test_nobody_without_a_session_gets_anything(theory: Theory) -> None:
    stranger = Client(theory[0])
    assert stranger.http.get("/api/exam/state").status_code == 401
    with stranger.socket() as socket, pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=10)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4001


def test_a_forged_cookie_is_no_session(theory: Theory) -> None:
    forged = Client(theory[0], theory[1][0].cookie[:-2] + "xx")
    assert forged.http.get("/api/exam/state").status_code == 401


def test_who_has_not_begun_gets_no_paper_and_no_answer_in(theory: Theory) -> None:
    third = Client(theory[0], theory[1][2].cookie)
    assert third.http.get("/api/exam/paper").status_code == 409
    with third.socket() as socket:
        assert exchange(socket, answer("SC-1", 1, ["o1"]))["code"] in ("closed", "unknown_item")


def test_another_candidates_notice_is_not_there(first: Client) -> None:
    assert first.post("/api/exam/notices/999/read").status_code == 404
    with first.socket() as socket:
        assert exchange(socket, {"type": "notice.read", "notice": 999})["code"] == "not_found"


def test_handing_in_too_early_is_refused_on_both_ways(first: Client) -> None:
    assert first.code("/api/exam/hand-in") == (409, "too_early")
    with first.socket() as socket:
        assert exchange(socket, {"type": "hand_in"})["code"] == "too_early"


def test_a_workstation_is_bound_only_by_its_key(theory: Theory) -> None:
    stranger = Client(theory[0])
    assert stranger.http.get("/seat/R1-A01/wrong/").status_code == 404
    assert stranger.send("POST", "/exam/sign-in/", data={"ticket": "TA01", "id_tail": "0"}).status_code == 404
    assert stranger.http.get("/seat/R1-A01/key-0/").status_code == 302


def test_a_wrong_ticket_is_said_on_the_page_and_changes_nothing(theory: Theory) -> None:
    stranger = Client(theory[0])
    stranger.http.get("/seat/R1-A01/key-0/")
    page = stranger.send("POST", "/exam/sign-in/", data={"ticket": "T999", "id_tail": "000000"})
    assert page.status_code == 422
    assert 'id="ticket-error"' in page.text
    assert stranger.http.get("/api/exam/state").status_code == 401


def test_refusals_leave_a_line_in_the_log(theory: Theory, first: Client) -> None:
    with first.socket() as socket:
        exchange(socket, answer("LEAVES-A-LINE", 1, ["A"]))
    assert "LEAVES-A-LINE" in theory[0].log.read_text("utf-8")
