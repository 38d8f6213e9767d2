"""The board's pure modules in a real Chromium: the state law, the order by need, picture bundles, conduct."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import modules

pytestmark = pytest.mark.browser
NOW = 1_774_659_600_000


def run(pure: Page, module: str, body: str, given: Any = None) -> Any:
    """What `body` returns over the board's module `m` and the value `given`."""
    return modules.run(pure, f"board/{module}", body, given)


FOLD = """
  let board = m.emptyBoard();
  const gaps = given.map((message) => { const step = m.reduce(board, message); board = step.board; return step.gap; });
  const ids = Object.fromEntries(m.COLLECTIONS.map((name) => [name, [...board.objects[name].values()]]));
  return { gaps, number: board.number, objects: ids, seats: board.seats };
"""


def snapshot(number: int, *tiles: dict[str, Any]) -> dict[str, Any]:
    return {"type": "snapshot", "number": number, "now": NOW, "objects": {"sitting_tile": list(tiles)}}


def event(number: int, *tiles: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "event",
        "stream": "session:3",
        "number": number,
        "objects": {"sitting_tile": list(tiles)},
    }


def telemetry(number: int, seats: dict[str, Any]) -> dict[str, Any]:
    return {"type": "telemetry", "now": NOW, "number": number, "seats": seats}


def test_snapshot_and_events_equal_a_fresh_snapshot(pure: Page) -> None:
    first, moved, new = (
        {"id": 1, "state": "SEATED"},
        {"id": 1, "state": "IN_PROGRESS"},
        {"id": 2, "state": "SEATED"},
    )
    folded = run(pure, "store", FOLD, [snapshot(41, first), event(42, moved), event(43, new)])
    fresh = run(pure, "store", FOLD, [snapshot(43, moved, new)])
    assert folded["objects"] == fresh["objects"]
    assert folded["number"] == fresh["number"] == 43
    assert folded["gaps"] == [False, False, False]


def test_an_event_after_a_missed_number_is_a_gap_and_changes_nothing(pure: Page) -> None:
    folded = run(pure, "store", FOLD, [snapshot(41, {"id": 1}), event(43, {"id": 2})])
    assert folded["gaps"] == [False, True]
    assert folded["number"] == 41
    assert [tile["id"] for tile in folded["objects"]["sitting_tile"]] == [1]


def test_an_event_that_the_snapshot_already_holds_is_left_out(pure: Page) -> None:
    folded = run(
        pure, "store", FOLD, [snapshot(41, {"id": 1, "state": "new"}), event(41, {"id": 1, "state": "old"})]
    )
    assert folded["gaps"] == [False, False]
    assert folded["objects"]["sitting_tile"][0]["state"] == "new"


def test_an_event_before_the_first_snapshot_is_neither_used_nor_a_gap(pure: Page) -> None:
    folded = run(pure, "store", FOLD, [event(7, {"id": 1}), snapshot(7, {"id": 1})])
    assert folded["gaps"] == [False, False]
    assert folded["number"] == 7


@pytest.mark.parametrize(("number", "gap"), [(41, False), (42, True)])
def test_telemetry_is_taken_whole_and_notices_a_lost_last_event(pure: Page, number: int, gap: bool) -> None:
    messages = [snapshot(41), telemetry(41, {"1": {}, "2": {}}), telemetry(number, {"2": {}})]
    folded = run(pure, "store", FOLD, messages)
    assert folded["seats"] == {"2": {}}
    assert folded["gaps"][-1] is gap


def test_a_snapshot_takes_away_what_it_does_not_name(pure: Page) -> None:
    folded = run(pure, "store", FOLD, [snapshot(41, {"id": 1}, {"id": 2}), snapshot(50, {"id": 2})])
    assert [tile["id"] for tile in folded["objects"]["sitting_tile"]] == [2]


def test_messages_of_an_unknown_type_and_unknown_collections_are_ignored(pure: Page) -> None:
    strange = {"type": "event", "stream": "session:3", "number": 42, "objects": {"weather": [{"id": 1}]}}
    folded = run(pure, "store", FOLD, [snapshot(41, {"id": 1}), {"type": "weather"}, strange])
    assert folded["number"] == 42
    assert "weather" not in folded["objects"]


def view(pk: int, **given: Any) -> dict[str, Any]:
    """A working seat with nothing to be seen to, but for what is `given`."""
    tile = {
        "id": pk,
        "row": 1,
        "column": pk,
        "state": "IN_PROGRESS",
        "hand_raised_at": None,
        "started_at": NOW,
    }
    seat = {"online": True, "camera": "live", "unsaved": 0, "saved_at": NOW, "seen_at": NOW}
    lists = {name: given.get(name, []) for name in ("incidents", "reminders", "cases", "leaves", "devices")}
    return {"tile": {**tile, **given.get("tile", {})}, "seat": {**seat, **given.get("seat", {})}, **lists}


def incident(risk: str, *, state: str = "RAISED", at: int = NOW) -> dict[str, Any]:
    return {"id": 1, "code": "PHONE", "risk": risk, "state": state, "started_at": at}


def order(pure: Page, *views: dict[str, Any]) -> list[int]:
    ids: list[int] = run(
        pure, "need", "return m.byNeed(given.views, given.now)", {"views": views, "now": NOW}
    )
    return ids


def test_problem_seats_come_first_act_now_attention_technical_then_quiet(pure: Page) -> None:
    technical = view(2, seat={"camera": "lost"})
    attention, act_now = view(3, incidents=[incident("attention")]), view(4, incidents=[incident("act_now")])
    assert order(pure, view(1), technical, attention, act_now) == [4, 3, 2, 1]


def test_what_nobody_looked_at_comes_before_what_somebody_did_and_the_longer_wait_first(pure: Page) -> None:
    looked = view(1, incidents=[incident("act_now", state="ACKNOWLEDGED", at=NOW - 90_000)])
    newer = view(2, incidents=[incident("act_now", at=NOW - 1000)])
    older = view(3, incidents=[incident("act_now", at=NOW - 9000)])
    assert order(pure, looked, newer, older) == [3, 2, 1]


@pytest.mark.parametrize("state", ["DISMISSED", "ATTACHED"])
def test_an_incident_that_is_settled_leaves_its_seat_quiet(pure: Page, state: str) -> None:
    given = {"view": view(1, incidents=[incident("act_now", state=state)]), "now": NOW}
    assert run(pure, "need", "return m.needOf(given.view, given.now).level", given) == "quiet"


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        ({"tile": {"hand_raised_at": NOW}}, "hand"),
        ({"reminders": [{"state": "READ", "issued_at": NOW}]}, "decision"),
        ({"cases": [{"state": "PROPOSED", "proposed_at": NOW}]}, "decision"),
        ({"seat": {"online": False}}, "offline"),
        ({"seat": {"camera": "not_analysed"}}, "not_analysed"),
        ({"seat": {"camera": "stale"}}, None),
        ({"seat": {"online": False}, "tile": {"state": "SUBMITTED"}}, None),
    ],
)
def test_a_seat_says_why_it_needs_somebody(pure: Page, given: dict[str, Any], cause: str | None) -> None:
    asked = {"view": view(1, **given), "now": NOW}
    assert run(pure, "need", "return m.needOf(given.view, given.now).cause", asked) == cause


@pytest.mark.parametrize(
    ("late_ms", "unsaved", "late"), [(10_000, 1, False), (10_001, 1, True), (90_000, 0, False)]
)
def test_answers_are_unsaved_too_long_after_ten_seconds(
    pure: Page, late_ms: int, unsaved: int, late: bool
) -> None:
    given = {"view": view(1, seat={"unsaved": unsaved, "saved_at": NOW - late_ms}), "now": NOW}
    assert run(pure, "need", "return m.isUnsavedLate(given.view, given.now)", given) is late


@pytest.mark.parametrize(
    ("seat", "link_up", "state"),
    [
        ({"camera": "live"}, True, "live"),
        ({"camera": "stale"}, True, "stale"),
        ({"camera": "lost"}, True, "lost"),
        ({"camera": "not_analysed"}, True, "not_analysed"),
        ({"camera": "live", "online": False}, True, "reconnecting"),
        ({"camera": "stale", "seen_at": NOW - 7000}, True, "stale"),
        ({"camera": "stale", "seen_at": NOW - 7001}, True, "reconnecting"),
        ({"camera": "lost", "online": False}, True, "lost"),
        ({"camera": "live"}, False, "reconnecting"),
        ({"camera": "off"}, True, "off"),
    ],
)
def test_a_tile_shows_the_state_of_its_picture(
    pure: Page, seat: dict[str, Any], link_up: bool, state: str
) -> None:
    given = {"view": view(1, seat=seat), "up": link_up, "now": NOW}
    assert run(pure, "need", "return m.pictureState(given.view, given.up, given.now)", given) == state


def test_an_order_holds_still_and_what_is_new_stands_at_its_end(pure: Page) -> None:
    assert run(pure, "need", "return m.heldOrder([3, 1, 2], [2, 4, 1])") == [1, 2, 4]


def bundle(*pictures: tuple[int, int, bytes]) -> list[int]:
    """The bytes of a bundle, as the protocol lays them out."""
    parts = (
        sitting.to_bytes(4, "big") + captured.to_bytes(8, "big") + len(jpeg).to_bytes(4, "big") + jpeg
        for sitting, captured, jpeg in pictures
    )
    return list(b"".join(parts))


PARSE = """
  return m.parseBundle(new Uint8Array(given).buffer)
    .map(({ sitting, capturedAt, jpeg }) => [sitting, capturedAt, [...jpeg]]);
"""


def test_a_bundle_is_read_picture_by_picture(pure: Page) -> None:
    parsed = run(pure, "pictures", PARSE, bundle((12, NOW, b"\xff\xd8one"), (13, NOW + 1, b"")))
    assert parsed == [[12, NOW, list(b"\xff\xd8one")], [13, NOW + 1, []]]


def test_an_empty_bundle_holds_no_pictures(pure: Page) -> None:
    assert run(pure, "pictures", PARSE, []) == []


@pytest.mark.parametrize("missing", [1, 10])
def test_a_bundle_that_is_cut_short_is_an_error(pure: Page, missing: int) -> None:
    body = f"try {{ {PARSE} }} catch (error) {{ return error.name; }}"
    assert run(pure, "pictures", body, bundle((12, NOW, b"jpeg"))[:-missing]) == "RangeError"


@pytest.mark.parametrize(
    ("waited", "full", "pending_for", "size"),
    [
        (1999, [], None, None),
        (2000, [], None, "thumbnail"),
        (1000, [1], None, "full"),
        (9000, [1], 3999, None),
        (9000, [1], 4000, "full"),
    ],
)
def test_pictures_are_asked_for_one_question_at_a_time(
    pure: Page, waited: int, full: list[int], pending_for: int | None, size: str | None
) -> None:
    pending = None if pending_for is None else {"at": 10_000 - pending_for}
    asked = dict.fromkeys(("thumbnail", "full"), 10_000 - waited)
    state = {"asked": asked, "wanted": {"thumbnail": [1, 2], "full": full}, "pending": pending}
    assert run(pure, "pictures", "return m.nextQuestion(given, 10000)", state) == size


def test_waiting_for_the_line_doubles_and_ends_at_fifteen_seconds(pure: Page) -> None:
    longest = run(pure, "link", "return [0, 1, 2, 9].map((tries) => m.backoff(tries, () => 1))")
    shortest = run(pure, "link", "return [0, 1, 2, 9].map((tries) => m.backoff(tries, () => 0))")
    assert longest == [500, 1000, 2000, 15_000]
    assert shortest == [250, 500, 1000, 7500]


CONDITIONS = [{"code": "not_complied", "met": True, "at": NOW}, {"code": "proposed", "met": True, "at": NOW}]
UNMET = [{"code": "not_complied", "met": False, "at": None}, {"code": "proposed", "met": True, "at": NOW}]


def case_by(proposer: str, conditions: list[dict[str, Any]]) -> dict[str, Any]:
    return {"conditions": conditions, "proposed_by": proposer}


@pytest.mark.parametrize(
    ("card", "tier", "role", "closed_by"),
    [
        (case_by("李", UNMET), 2, "invigilator", "not_complied"),
        (case_by("王", CONDITIONS), 2, "invigilator", "second_person"),
        (case_by("李", CONDITIONS), 2, "invigilator", None),
        (case_by("李", CONDITIONS), 3, "chief_invigilator", "officer"),
        (case_by("李", CONDITIONS), 3, "officer", None),
    ],
)
def test_confirming_stays_closed_until_everything_it_needs_is_there(
    pure: Page, card: dict[str, Any], tier: int, role: str, closed_by: str | None
) -> None:
    given = [card, tier, {"name": "王", "roles": [role]}]
    assert run(pure, "conduct", "return m.confirmClosedBy(...given)", given) == closed_by


def test_only_a_reminder_of_the_same_clause_that_was_not_complied_with_opens_the_way(pure: Page) -> None:
    reminders = [
        {"id": 1, "clause": "二.1", "state": "COMPLIED", "decided_at": NOW},
        {"id": 2, "clause": "二.2", "state": "NOT_COMPLIED", "decided_at": NOW},
        {"id": 3, "clause": "二.1", "state": "NOT_COMPLIED", "decided_at": NOW - 1},
    ]
    found = run(pure, "conduct", "return given.map((c) => m.openingReminder(c[0], c[1])?.id ?? null)", [
        [reminders, "二.1"], [reminders[:2], "二.1"],
    ])  # fmt: skip
    assert found == [3, None]


def test_a_new_incident_is_told_once_and_never_those_of_the_first_snapshot(pure: Page) -> None:
    raised = {"id": 1, "sitting": 1, "state": "RAISED"}
    first = {"type": "snapshot", "number": 1, "objects": {"incident_card": [raised]}}
    later = {"type": "event", "number": 2, "objects": {"incident_card": [{**raised, "id": 2}]}}
    body = """
      const { emptyBoard, reduce } = await import('/js/board/store.js');
      const boards = given.reduce((all, message) => [...all, reduce(all.at(-1), message).board], [emptyBoard()]);
      return boards.slice(1).map((board, i) => m.newIncidents(board, boards[i]).map(({ id }) => id));
    """
    assert run(pure, "news", body, [first, later]) == [[], [2]]
