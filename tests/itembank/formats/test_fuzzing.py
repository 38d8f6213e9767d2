"""Whatever bytes come: an answer in words, never a traceback; and what is offered can be written again."""

import json
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itembank.formats.registry import read, writable, write
from itembank.formats.shown import shown
from itembank.formats.wording import speaker
from tests.itembank.formats.samples import samples

MARKS = [
    b"{",
    b"}",
    b"=",
    b"~",
    b"#",
    b"->",
    b"%",
    b"\n\n",
    b"::",
    b"\\",
    b"<",
    b">",
    b"&",
    b"\xff",
    b"\0",
    b"[[1]]",
]
PIECES = [
    *MARKS,
    b"1e999",
    b"-1",
    b"<!DOCTYPE a>",
    b"A" * 50,
    "，".encode(),
    b"..",
    b"ANSWER: Z",
    b'r="XFD1048576"',
]
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def kept() -> dict[str, bytes]:
    return samples()


def answer(data: bytes, name: str, format: str = "") -> None:
    """Reads, tells and writes."""
    reading = read(data, name, format)
    for language in ("zh", "en"):
        told = shown(reading, speaker(language))
        json.dumps(told)
        assert not [one for one in (*told["errors"], *told["notes"]) if "formats." in one["message"]]
        assert all(one["message"] and one["where"] for one in told["errors"])
    for target in writable():
        read(write(reading.questions, target).data, "again")


def test_the_samples_themselves_are_without_fault() -> None:
    readings = {name: read(data, name) for name, data in kept().items()}
    assert {name: one.errors for name, one in readings.items() if one.errors} == {}
    assert all(one.questions for one in readings.values())


@SETTINGS
@given(
    st.binary(max_size=300),
    st.sampled_from(["a.gift", "a.aiken", "a.cloze", "a.csv", "a.xml", "a.zip", "a.xlsx", "a.dat"]),
)
def test_any_bytes_are_answered(data: bytes, name: str) -> None:
    answer(data, name)


@SETTINGS
@given(
    st.sampled_from(
        [
            "a.gift",
            "a.aiken",
            "missingword.txt",
            "a.cloze",
            "a.csv",
            "pool.dat",
            "item.dat",
            "quiz.xml",
            "bank.xlsx",
            "qti.zip",
        ]
    ),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=5),
)
def test_any_change_to_a_good_file_is_answered(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    data = kept()[name]
    for place, length, piece in changes:
        at = int(place * len(data))
        data = data[:at] + piece + data[at + length :]
    answer(data, name)


@SETTINGS
@given(st.text(max_size=200))
def test_any_text_as_any_format_is_answered(text: str) -> None:
    for format in ("gift", "aiken", "cloze", "missing_word"):
        answer(text.encode("utf-8", "surrogatepass"), "a", format)
