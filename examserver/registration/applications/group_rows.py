"""An institution's file as applications: each row read or named with its row, its column and the cause. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from examserver.people.identity import normalise
from examserver.registration.applications.faults import Fault, refuse
from examserver.registration.applications.group_words import (
    HEADINGS,
    NEEDED,
    column_of,
    level_of,
    plain,
    says_yes,
)
from examserver.registration.applications.identity import Standards
from examserver.registration.applications.sheets import Numbered, rows_of
from examserver.registration.applications.states import Origin
from examserver.registration.applications.submission import LONGEST, Written, cell_faults, writing_faults

_LONGEST: Mapping[str, int] = {**LONGEST, "reference": 64}
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: its number in the file (from 1), the heading of the column, the cause."""

    row: int
    column: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A row without a fault: the institution's own reference, the code of the offering, what is written."""

    number: int
    reference: str
    offering: str
    written: Written


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """The rows that can be taken and the faults of the others."""

    rows: tuple[GroupRow, ...]
    faults: tuple[RowFault, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An offering that may be applied for, and how a file names it."""

    code: str
    name: str
    level: int


def read_group(data: bytes, name: str, choices: tuple[Choice, ...], standards: Standards) -> GroupSheet:
    """The rows of the file; Refused for what is wrong with all of it, `headings_missing` and `heading_twice` too."""
    rows = rows_of(data, name)
    start, columns = _headings(rows)
    reader = _Reader(columns, _by_name(choices), standards)
    good: list[GroupRow] = []
    faults: list[RowFault] = []
    for row in rows[start + 1 :]:
        taken, found = reader.read(row)
        faults += found
        if taken is not None and not found:
            good.append(taken)
    return GroupSheet(tuple(good), tuple(faults))


def row_fault(row: int, fault: Fault) -> RowFault:
    """The fault with the heading of the column in which it is put right."""
    return RowFault(row, HEADINGS.get(fault.where, ""), fault)


def _by_name(choices: tuple[Choice, ...]) -> dict[tuple[str, int], str]:
    """The code of an offering by what a file may say, with the level 0 where the words alone are enough."""
    named = {(plain(one.name), one.level): one.code for one in choices}
    return named | {(plain(one.code), 0): one.code for one in choices}


def _headings(rows: tuple[Numbered, ...]) -> tuple[int, dict[str, int]]:
    for index, row in enumerate(rows[:_LOOKED_AT]):
        found = [column_of(cell) for cell in row.cells]
        if "name" in found or "id_number" in found:
            return index, _places(found)
    raise refuse("headings_missing", "file", headings="、".join(HEADINGS[one] for one in NEEDED))


def _places(found: list[str]) -> dict[str, int]:
    twice = sorted({HEADINGS[one] for one in found if one and found.count(one) > 1})
    if twice:
        raise refuse("heading_twice", "file", headings="、".join(twice))
    lacking = [HEADINGS[one] for one in NEEDED if one not in found]
    if lacking:
        raise refuse("headings_missing", "file", headings="、".join(lacking))
    return {one: place for place, one in enumerate(found) if one}


class _Reader:
    """Reads row after row and remembers references and people, of which each may stand there once."""

    def __init__(
        self, columns: dict[str, int], offerings: dict[tuple[str, int], str], standards: Standards
    ) -> None:
        self._columns, self._offerings, self._standards = columns, offerings, standards
        self._references: dict[str, int] = {}
        self._people: dict[str, int] = {}

    def read(self, row: Numbered) -> tuple[GroupRow | None, list[RowFault]]:
        """The row, or the faults of it."""
        cells = {name: row.cells[at] if at < len(row.cells) else "" for name, at in self._columns.items()}
        number = normalise(cells["id_number"])
        written = Written(cells["name"], number, cells["phone"], cells["alternative"])
        offering = self._offering(cells["offering"], cells.get("level", ""))
        faults = [
            *self._cell_faults(cells, bool(offering)),
            *writing_faults(written, Origin.FULL, self._standards),
        ]
        faults += self._repeated(cells["reference"], number, row.number)
        told = [row_fault(row.number, one) for one in faults]
        return GroupRow(row.number, cells["reference"], offering, written), told

    def _offering(self, text: str, level: str) -> str:
        word = plain(text)
        return self._offerings.get((word, 0)) or self._offerings.get((word, level_of(level)), "")

    def _cell_faults(self, cells: Mapping[str, str], offering_known: bool) -> Iterator[Fault]:
        yield from cell_faults(cells, _LONGEST)
        for name, text in cells.items():
            if text.startswith("="):
                yield Fault("cell_formula", name)
        if not cells["reference"]:
            yield Fault("reference_missing", "reference")
        if not offering_known:
            yield Fault("offering_unknown", "offering", {"given": cells["offering"][:40]})
        if not says_yes(cells["commitment"]):
            yield Fault("commitment_missing", "commitment")

    def _repeated(self, reference: str, number: str, row: int) -> Iterator[Fault]:
        first = self._references.setdefault(reference, row)
        if reference and first != row:
            yield Fault("reference_twice", "reference", {"row": first})
        first = self._people.setdefault(number, row)
        if number and first != row:
            yield Fault("person_twice", "id_number", {"row": first})
