"""The candidate's pure modules in a real Chromium: clock, answers, hash, frames, tables, files."""

import hashlib
import random
import struct
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.modules import run

pytestmark = pytest.mark.browser
SERVER_NOW = 1_774_659_600_000
CLOCK = "const t = { at: 0 }; const clock = new m.ServerClock(() => t.at);"


def test_the_clock_trusts_the_quickest_answer(pure: Page) -> None:
    body = """t.at = 400; clock.observe(0, given + 300);
      t.at = 1020; clock.observe(1000, given + 1010);
      t.at = 2900; clock.observe(2000, given + 2100); return clock.now() - given - t.at"""
    assert run(pure, "clock", CLOCK + body, SERVER_NOW) == 0


def test_a_reading_that_cannot_be_true_beside_the_others_begins_anew(pure: Page) -> None:
    body = """t.at = 20; clock.observe(0, given + 10);
      t.at = 1020; clock.observe(1000, given + 61_010); return clock.now() - given - t.at"""
    assert run(pure, "clock", CLOCK + body, SERVER_NOW) == 60_000


def test_a_reading_within_its_round_trip_moves_nothing(pure: Page) -> None:
    body = """t.at = 20; clock.observe(0, given + 10);
      t.at = 1100; clock.observe(1000, given + 1095); return clock.now() - given - t.at"""
    assert run(pure, "clock", CLOCK + body, SERVER_NOW) == 0


@pytest.mark.parametrize(
    ("paused", "now", "left"), [(False, 1500, 500), (False, 2000, 0), (False, 2001, 0), (True, 1500, 1000)]
)
def test_the_time_left_stands_still_while_paused_and_never_falls_below_zero(
    pure: Page, paused: bool, now: int, left: int
) -> None:
    state = {"paused": paused, "now": 1000, "ends_at": 2000}
    assert run(pure, "clock", "return m.timeLeft(given[0], given[1])", [state, now]) == left


@pytest.mark.parametrize(
    ("left", "shown"),
    [(None, ""), (900_001, ""), (900_000, "attention"), (300_001, "attention"), (300_000, "act-now")],
)
def test_the_clock_turns_at_fifteen_and_at_five_minutes(pure: Page, left: int | None, shown: str) -> None:
    assert run(pure, "clock", "return m.urgency(given)", left) == shown


OPTIONS = {"options": [{"id": "X"}, {"id": "Y"}, {"id": "Z"}]}


@pytest.mark.parametrize(
    ("kind", "value", "pressed", "after"),
    [
        ("single", [], "Y", ["Y"]),
        ("single", ["X"], "Y", ["Y"]),
        ("single", ["Y"], "Y", ["Y"]),
        ("multiple", ["Z"], "X", ["X", "Z"]),
        ("multiple", ["X", "Z"], "X", ["Z"]),
        ("multiple", ["Z"], "Z", []),
    ],
)
def test_choosing_keeps_one_or_several_in_the_options_order(
    pure: Page, kind: str, value: list[str], pressed: str, after: list[str]
) -> None:
    given = [OPTIONS, kind, value, pressed]
    assert run(pure, "state", "return m.choose(...given)", given) == after


def entry(seq: int) -> dict[str, Any]:
    return {"item": "TF-1", "seq": seq, "value": ["F"], "marked": True}


@pytest.mark.parametrize(
    ("seq", "shown", "status"), [(2, ["T"], "saved"), (3, ["T"], "saved"), (4, ["F"], "waiting")]
)
def test_the_larger_seq_of_server_and_machine_is_the_answer(
    pure: Page, seq: int, shown: list[str], status: str
) -> None:
    responses = {"TF-1": {"seq": 3, "value": ["T"], "marked": False}}
    body = "const a = m.merge(given[0], given[1]).get('TF-1'); return [a.value, a.status]"
    assert run(pure, "state", body, [responses, [entry(seq)]]) == [shown, status]


def test_what_the_server_already_holds_is_outdated_and_what_it_lacks_is_not(pure: Page) -> None:
    responses = {"TF-1": {"seq": 3, "value": ["T"], "marked": False}}
    entries = [entry(3), entry(4), {**entry(1), "item": "TF-2"}]
    found = run(pure, "state", "return m.outdated(given[0], given[1])", [responses, entries])
    assert [one["seq"] for one in found] == [3]


@pytest.mark.parametrize(
    ("kind", "key", "option"),
    [
        ("single", "a", "X"),
        ("single", "C", "Z"),
        ("single", "D", None),
        ("single", "t", None),
        ("true_false", "t", "T"),
        ("true_false", "F", "F"),
        ("true_false", "b", "F"),
        ("single", "ArrowLeft", None),
    ],
)
def test_keys_mean_options(pure: Page, kind: str, key: str, option: str | None) -> None:
    item = {"options": [{"id": "T"}, {"id": "F"}]} if kind == "true_false" else OPTIONS
    assert run(pure, "state", "return m.optionForKey(...given)", [item, kind, key]) == option


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, False),
        ([], False),
        (["T"], True),
        ({"text": " \n"}, False),
        ({"text": "字"}, True),
        ({"rows": [["", " "]]}, False),
        ({"rows": [["", "1"]]}, True),
    ],
)
def test_an_answer_counts_when_it_says_something(pure: Page, value: Any, said: bool) -> None:
    assert run(pure, "state", "return m.isAnswered(given)", value) is said


@pytest.mark.parametrize(
    ("answer", "cell"),
    [
        ({"value": None, "status": "empty"}, "empty"),
        ({"value": ["T"], "status": "saved"}, "saved"),
        ({"value": [], "status": "saved"}, "empty"),
        ({"value": ["T"], "status": "sending"}, "unsaved"),
        ({"value": ["T"], "status": "waiting"}, "unsaved"),
        ({"value": ["T"], "status": "refused"}, "refused"),
    ],
)
def test_a_cell_is_green_only_when_the_server_has_the_answer(pure: Page, answer: Any, cell: str) -> None:
    assert run(pure, "navigator", "return m.cellState(given)", answer) == cell


@pytest.mark.parametrize("size", [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 100_003])
def test_the_hash_is_sha_256_however_the_bytes_come(pure: Page, size: int) -> None:
    data = random.Random(size).randbytes(size)
    body = """const sha = new m.Sha256(); const bytes = Uint8Array.from(given[0]);
      for (let at = 0; at < bytes.length; at += given[1]) sha.update(bytes.subarray(at, at + given[1]));
      return sha.hex()"""
    assert run(pure, "sha256", body, [list(data), 37]) == hashlib.sha256(data).hexdigest()


def test_a_frame_begins_with_version_number_and_server_time(pure: Page) -> None:
    body = "return [...new Uint8Array(m.frameHeader(given[0], given[1]))]"
    expected = struct.pack(">BIQ", 1, 4_000_000_000, SERVER_NOW)
    assert bytes(run(pure, "camera", body, [4_000_000_000, SERVER_NOW + 0.4])) == expected


def test_a_frame_waits_for_credit_and_for_the_interval(pure: Page) -> None:
    body = """const c = new m.Credits(); const seen = [c.wait(0)];
      c.grant({ frames: 2, interval_ms: 500 }); seen.push(c.wait(1000)); c.spend(1000);
      seen.push(c.wait(1200), c.wait(1500), c.wait(1501)); c.spend(1501); seen.push(c.wait(9999)); return seen"""
    assert run(pure, "camera", body) == [None, 0, 300, 0, 0, None]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("NotAllowedError", "denied"),
        ("NotFoundError", "none"),
        ("NotReadableError", "busy"),
        (None, "insecure"),
    ],
)
def test_a_camera_that_does_not_start_says_why(pure: Page, name: str | None, fault: str) -> None:
    assert run(pure, "camera", "return m.cameraFault(given && { name: given })", name) == fault


@pytest.mark.parametrize(
    ("tries", "least", "most"), [(0, 250, 500), (1, 500, 1000), (4, 4000, 8000), (9, 4000, 8000)]
)
def test_tries_spread_double_and_are_capped(pure: Page, tries: int, least: int, most: int) -> None:
    body = "return [m.backoff(given, () => 0), m.backoff(given, () => 1)]"
    assert run(pure, "socket", body, tries) == [least, most]


def test_rows_from_a_spreadsheet_stay_within_the_table(pure: Page) -> None:
    body = "return m.withBlock(given[0], m.pastedRows(given[1]), { row: 1, column: 1 }, 3)"
    rows = run(pure, "table_work", body, [[["a", "b"], ["c", "d"]], "1\tX\r\n2\tX\n3\n"])
    assert rows == [["a", "b"], ["c", "1"], ["", "2"]]


@pytest.mark.parametrize(
    ("name", "size", "fault"),
    [
        ("a.PDF", 10, ""),
        ("a.pdf", 11, "too_large"),
        ("a.pdf", 0, "empty_file"),
        ("a.exe", 5, "forbidden_type"),
        ("pdf", 5, "forbidden_type"),
    ],
)
def test_a_file_is_refused_before_a_byte_is_sent(pure: Page, name: str, size: int, fault: str) -> None:
    given = [{"name": name, "size": size}, {"accept": [".pdf"], "max_bytes": 10}]
    assert run(pure, "file_work", "return m.fileFault(...given)", given) == fault


@pytest.mark.parametrize(
    ("ms", "shown"), [(-5, "00:00"), (0, "00:00"), (1, "00:01"), (3_599_000, "59:59"), (3_599_001, "1:00:00")]
)
def test_the_clock_shows_the_second_that_has_begun(pure: Page, ms: int, shown: str) -> None:
    assert run(pure, "text", "return m.duration(given)", ms) == shown


@pytest.mark.parametrize(
    ("n", "shown"), [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KB"), (5 * 1024**2, "5.0 MB")]
)
def test_sizes_read_well(pure: Page, n: int, shown: str) -> None:
    assert run(pure, "text", "return m.bytes(given)", n) == shown


def test_characters_are_counted_as_python_counts_them(pure: Page) -> None:
    text = "直播😀脚本\n"
    assert run(pure, "text", "return m.characters(given)", text) == len(text)


def test_a_reminder_finds_the_notices_words_and_its_consequence(pure: Page) -> None:
    rules = {
        "clauses": [{"tier": "二", "consequence": "取消", "clauses": [{"code": "二.1", "text": "携带"}]}]
    }
    body = "return ['二.1', '二.9'].map((code) => m.clauseText(given, code)?.tier.consequence ?? null)"
    assert run(pure, "notice", body, rules) == ["取消", None]
