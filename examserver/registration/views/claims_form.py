"""The rows in which somebody fills in work, certificates, titles and diplomas, and what they say."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from examserver.registration.eligibility.standard import School

# The fields of a row of each kind, and how many rows the form has.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "work": ("occupation", "first", "until"),
    "certificates": ("occupation", "level", "day"),
    "titles": ("speciality", "day"),
    "diplomas": ("school", "major", "year", "school_name"),
}
LENGTHS = {"work": 6, "certificates": 3, "titles": 2, "diplomas": 3}
NUMBERS = frozenset({"level", "year"})
SCHOOLS = tuple(School)


def claims_from(post: QueryDict) -> dict[str, list[dict[str, Any]]]:
    """The rows in which anything stands, as the rules read them."""
    return {kind: rows for kind in FIELDS if (rows := list(_rows(post, kind)))}


def _rows(post: QueryDict, kind: str) -> Iterator[dict[str, Any]]:
    for number in range(1, LENGTHS[kind] + 1):
        cells = {name: post.get(f"{kind}-{number}-{name}", "").strip() for name in FIELDS[kind]}
        if any(cells.values()):
            yield {name: _value(name, text) for name, text in cells.items() if text}


def _value(name: str, text: str) -> str | int:
    return int(text) if name in NUMBERS and text.isascii() and text.isdecimal() and len(text) < 6 else text


def rows_of(claims: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """For the form: what is claimed, and empty rows up to its length."""
    return {kind: _padded(list(claims.get(kind, ())), LENGTHS[kind]) for kind in FIELDS}


def _padded(rows: list[dict[str, Any]], length: int) -> list[dict[str, Any]]:
    return [*rows, *({} for _ in range(length - len(rows)))][:length]
