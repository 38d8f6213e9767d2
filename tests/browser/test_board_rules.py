"""The board's rules of risk, looks, clips and keys in a real Chromium: pure, at both sides of each boundary."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser import modules

pytestmark = pytest.mark.browser
NOW = 1_774_659_600_000
MINUTE = 60_000


def run(pure: Page, module: str, body: str, given: Any = None) -> Any:
    """What `body` returns over the board's module `m` and the value `given`."""
    return modules.run(pure, f"board/{module}", body, given)


def incident(pk: int, code: str = "PHONE", risk: str = "act_now", **given: Any) -> dict[str, Any]:
    at = given.pop("at", NOW - MINUTE)
    card = {"id": pk, "code": code, "risk": risk, "state": "RAISED", "started_at": at, "ended_at": at + 5000}
    return {**card, "score": 0.61, "clauses": [], "stills": [], **given}


def view(*incidents: dict[str, Any], pk: int = 1, **given: Any) -> dict[str, Any]:
    """A working seat with these incidents."""
    tile = {"id": pk, "seat": f"A{pk:02}", "row": 1, "column": pk, "state": "IN_PROGRESS"}
    tile |= {"started_at": NOW - 60 * MINUTE, "hand_raised_at": None}
    seat = {"online": True, "camera": "live", "unsaved": 0, "saved_at": NOW, "seen_at": NOW}
    lists = {name: [] for name in ("reminders", "cases", "leaves", "devices")}
    return {"tile": tile, "seat": seat, "viewed": None, "incidents": list(incidents), **lists, **given}


def points(pure: Page, seat: dict[str, Any]) -> list[float]:
    body = "return given.view.incidents.map((one) => m.weigh(one, given.view, given.now).points)"
    found: list[float] = run(pure, "risk", body, {"view": seat, "now": NOW})
    return found


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, 6.0),
        ({"state": "ACKNOWLEDGED"}, 6.0),
        ({"state": "DISMISSED"}, 0.0),
        ({"risk": "attention"}, 2.4),
        ({"risk": "advisory"}, 0.6),
        ({"risk": "technical"}, 0.0),
        ({"at": NOW - 120 * MINUTE}, 6.0),
    ],
)
def test_an_incident_weighs_by_risk_and_by_what_staff_made_of_it(
    pure: Page, given: dict[str, Any], expected: float
) -> None:
    assert points(pure, view(incident(1, **given))) == [pytest.approx(expected)]


@pytest.mark.parametrize(
    ("ended_minutes_ago", "expected"), [(0, 10), (30, 5), (60, 2.5), (61, 2.5), (600, 2.5)]
)
def test_what_was_confirmed_weighs_in_full_and_fades_to_a_quarter(
    pure: Page, ended_minutes_ago: int, expected: float
) -> None:
    ended = NOW - ended_minutes_ago * MINUTE
    seat = view(incident(1, state="ACKNOWLEDGED", ended_at=ended), reminders=[{"incident": 1}])
    assert points(pure, seat) == [pytest.approx(expected)]


def test_the_same_code_again_weighs_more_up_to_double_and_a_dismissed_one_does_not_count(pure: Page) -> None:
    again = [incident(pk, at=NOW - (10 - pk) * MINUTE) for pk in (1, 2, 3, 4)]
    assert points(pure, view(*again)) == [pytest.approx(6 * factor) for factor in (1, 1.5, 2, 2)]
    again[0]["state"] = "DISMISSED"
    assert points(pure, view(*again)) == [pytest.approx(6 * factor) for factor in (0, 1, 1.5, 2)]


def test_no_number_of_lesser_repeats_puts_attention_before_act_now(pure: Page) -> None:
    repeats = [incident(pk, "SEAT_EMPTY", "attention", at=NOW - (10 - pk) * MINUTE) for pk in range(1, 9)]
    body = "return m.openByRisk(given.view, given.now)[0].code"
    assert run(pure, "risk", body, {"view": view(*repeats, incident(9)), "now": NOW}) == "PHONE"


def test_a_seats_risk_is_the_sum_of_the_parts_that_it_shows(pure: Page) -> None:
    seat = view(incident(1), incident(2, "SEAT_EMPTY", "attention"), incident(3, "CAMERA_LOST", "technical"))
    body = "const r = m.riskOf(given.view, given.now); return [r.total, r.parts.map((p) => p.incident.id)]"
    assert run(pure, "risk", body, {"view": seat, "now": NOW}) == [pytest.approx(8.4), [1, 2]]


def waiting(pure: Page, *views: dict[str, Any]) -> list[str]:
    body = "return m.waitingItems(given.views, given.now).map(({ key }) => key)"
    keys: list[str] = run(pure, "room", body, {"views": views, "now": NOW})
    return keys


def test_the_list_puts_risk_first_then_the_longer_wait_and_technical_ones_last(pure: Page) -> None:
    lost = incident(1, "CAMERA_LOST", "technical", at=NOW - 50 * MINUTE)
    empty = incident(2, "SEAT_EMPTY", "attention", at=NOW - 40 * MINUTE)
    newer, older = incident(3, at=NOW - MINUTE), incident(4, at=NOW - 2 * MINUTE)
    seats = [view(one, pk=one["id"]) for one in (lost, empty, newer, older)]
    assert waiting(pure, *seats) == ["i4", "i3", "i2", "i1"]


def test_what_somebody_looked_at_waits_behind_what_nobody_did_and_what_was_acted_on_waits_no_more(
    pure: Page,
) -> None:
    looked = view(incident(1, state="ACKNOWLEDGED"), pk=1)
    acted_on = view(incident(2, state="ACKNOWLEDGED"), pk=2, reminders=[{"incident": 2, "state": "COMPLIED"}])
    fresh = view(incident(3, "SEAT_EMPTY", "attention"), pk=3)
    assert waiting(pure, looked, acted_on, fresh) == ["i3", "i1"]


@pytest.mark.parametrize(("due_in", "first"), [(1, "i1"), (0, "r7")])
def test_a_reminder_that_is_due_comes_before_an_incident_that_is_not_decided(
    pure: Page, due_in: int, first: str
) -> None:
    reminder = {"id": 7, "clause": "二.1", "state": "READ", "issued_at": NOW - MINUTE, "incident": None}
    reminders = [{**reminder, "comply_by": NOW + due_in}]
    assert waiting(pure, view(incident(1), reminders=reminders))[0] == first


def test_a_list_holds_still_and_what_is_new_stands_at_its_top(pure: Page) -> None:
    assert run(pure, "need", "return m.heldTop(['c', 'a', 'b'], ['b', 'd', 'a'])") == ["d", "a", "b"]


@pytest.mark.parametrize(
    ("index", "last", "step", "place"),
    [
        (0, 0, 1, 1),
        (2, 2, 1, 0),
        (0, 0, -1, 2),
        (-1, None, 1, 0),
        (-1, None, -1, 2),
        (-1, 1, 1, 1),
        (-1, 3, 1, 0),
        (-1, 1, -1, 0),
        (-1, 0, -1, 2),
    ],
)
def test_the_next_incident_is_the_one_that_took_the_place_of_what_was_decided(
    pure: Page, index: int, last: int | None, step: int, place: int
) -> None:
    given = {"index": index, "last": last, "count": 3}
    assert run(pure, "room", "return m.nextPlace(given[0], given[1])", [given, step]) == place


@pytest.mark.parametrize(
    ("viewed_minutes_ago", "state", "unseen"),
    [
        (10, "IN_PROGRESS", True),
        (9.99, "IN_PROGRESS", False),
        (None, "IN_PROGRESS", True),
        (10, "SUBMITTED", False),
    ],
)
def test_a_working_seat_that_nobody_opened_for_ten_minutes_is_marked(
    pure: Page, viewed_minutes_ago: float | None, state: str, unseen: bool
) -> None:
    seat = view()
    seat["tile"]["state"] = state
    if viewed_minutes_ago is not None:
        seat["viewed"] = {"id": 1, "viewed_at": NOW - viewed_minutes_ago * MINUTE, "viewed_by": "李"}
    assert run(pure, "need", "return m.isUnseen(given.view, given.now)", {"view": seat, "now": NOW}) is unseen


@pytest.mark.parametrize(
    ("opened", "told", "active", "due"),
    [
        (None, None, 0, False),
        (1499, None, 0, False),
        (1500, None, 0, True),
        (70_000, 59_999, 0, False),
        (70_000, 60_000, 0, True),
        (500_000, 60_000, 120_000, True),
        (500_000, 60_000, 120_001, False),
    ],
)
def test_a_look_is_told_when_the_seat_stays_open_under_somebodys_eyes(
    pure: Page, opened: int | None, told: int | None, active: int, due: bool
) -> None:
    at = {"openedAt": opened, "toldAt": told, "activeAt": active}
    state = {name: None if ago is None else 1_000_000 - ago for name, ago in at.items()}
    assert run(pure, "looks", "return m.isLookDue(given, 1000000)", state) is due


@pytest.mark.parametrize(("chosen", "focused", "seat"), [(3, "5", 3), (None, "5", 5), (None, None, None)])
def test_a_key_never_acts_on_another_seat_than_the_open_one(
    pure: Page, chosen: int | None, focused: str | None, seat: int | None
) -> None:
    body = "return m.seatOfKey(given[0], given[1] ?? undefined)"
    assert run(pure, "keys", body, [chosen, focused]) == seat


@pytest.mark.parametrize(("share", "text"), [(1, "100"), (0.99996, "99.9"), (0.5, "50.0"), (0, "0.0")])
def test_a_share_is_never_rounded_up_to_all(pure: Page, share: float, text: str) -> None:
    assert run(pure, "need", "return m.percent(given)", share) == text


def test_the_rooms_coverage_is_the_mean_of_the_seats_that_have_one(pure: Page) -> None:
    seats = [view(pk=pk) for pk in (1, 2, 3)]
    for seat, share in zip(seats, (1.0, 0.9, None), strict=True):
        seat["seat"]["coverage"] = share
    body = "return m.countsOf(given.views, given.now).coverage"
    assert run(pure, "need", body, {"views": seats, "now": NOW}) == pytest.approx(0.95)


def test_a_clip_is_stepped_by_its_own_times_and_a_gap_is_not_waited_out(pure: Page) -> None:
    times = [0, 500, 900, 60_000]
    waits = run(pure, "clip", "return [0, 1, 2].map((i) => m.waitAfter(given, i, 0.5))", times)
    assert waits == [1000, 800, 2000]
    assert run(pure, "clip", "return [0, 500, 501, 99999].map((at) => m.frameAt(given, at))", times) == [
        0, 1, 2, 3,
    ]  # fmt: skip


def test_a_frame_of_a_clip_shows_the_boxes_of_the_still_it_is(pure: Page) -> None:
    box = {"label": "phone"}
    stills = [
        {"kind": "CLIP", "captured_at": NOW, "boxes": []},
        {"kind": "STILL", "captured_at": NOW, "boxes": [box]},
    ]
    body = "return [0, 2].map((later) => m.boxesAt(given.stills, given.now + later))"
    assert run(pure, "clip", body, {"stills": stills, "now": NOW}) == [[box], []]


@pytest.mark.parametrize(
    ("signals", "state", "cause"),
    [
        ("heard", "IN_PROGRESS", None),
        ("", "IN_PROGRESS", None),
        ("silent", "IN_PROGRESS", "signals"),
        ("never", "IN_PROGRESS", "signals"),
        ("silent", "SUBMITTED", None),
    ],
)
def test_a_watch_that_does_not_work_is_a_technical_need(
    pure: Page, signals: str, state: str, cause: str | None
) -> None:
    seat = view()
    seat["seat"]["signals"], seat["tile"]["state"] = signals, state
    need = run(pure, "need", "return m.needOf(given.view, given.now)", {"view": seat, "now": NOW})
    assert (need["cause"], need["level"]) == (cause, "technical" if cause else "quiet")


TOLD_WORDS = """
  globalThis.gettext = (key) => key.replace('board.', '');
  globalThis.interpolate = (text, values) => [text, ...Object.values(values)].join(' ');
"""


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (
            {"kind": "away", "seconds": 4.5},
            ["signal.away", "told.times 3", "told.between", "told.lasted 0:04"],
        ),
        ({"kind": "away", "times": 1, "seconds": 0.9}, ["signal.away", ""]),
        ({"kind": "paste", "times": 1, "size": 120}, ["signal.paste", "", "told.characters 120"]),
        ({"kind": "clock_skew", "times": 1, "size": 61_000}, ["signal.clock_skew", "", "told.off 1:01"]),
    ],
)
def test_a_signals_line_says_what_how_often_when_and_how_long(
    pure: Page, given: dict[str, Any], line: list[str]
) -> None:
    told = {"times": 3, "first_at": NOW, "last_at": NOW + 40_000, "seconds": 0, "size": 0, **given}
    found = run(pure, "told", TOLD_WORDS + "return m.toldLine(given)", told).split(" · ")
    assert len(found) == len(line)
    assert all(part.startswith(start) for part, start in zip(found, line, strict=True))
