"""Lists requirement by requirement the tests that show it, from the marks on the tests: make requirements.

A test names what it shows: `@pytest.mark.requirement("REQ-40", "S11")`, with `partly=True` where it shows a rule of the
sentence and not all that the sentence asks for. `--strict` ends with 1 unless everything wanted is shown whole; a mark
that names no requirement ends with 2, for it would be lost.
"""

import argparse
import contextlib
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pytest

MARK = "requirement"
CODES = (*(f"REQ-{n}" for n in range(1, 107)), *(f"S{n}" for n in range(1, 61)))
# From application to certificate; the exam day's own sentences (REQ-84 to 103, S16 to S46) bear no marks so far.
WANTED = (
    *(f"REQ-{n}" for n in (*range(1, 84), *range(104, 107))),
    *(f"S{n}" for n in (*range(1, 16), *range(47, 61))),
)
GAPS, FAULTY = 1, 2


class Standing(StrEnum):
    """How far a requirement is shown by tests."""

    SHOWN = "shown"
    IN_PART = "in part"
    GAP = "GAP"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a test says that it shows."""

    code: str
    test: str
    partly: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement with the claims on it, the whole ones first."""

    code: str
    claims: tuple[Claim, ...]

    @property
    def standing(self) -> Standing:
        """Shown when one test shows it whole."""
        if any(not claim.partly for claim in self.claims):
            return Standing.SHOWN
        return Standing.IN_PART if self.claims else Standing.GAP


class FaultyMark(Exception):
    """A mark that names nothing, or not as marks are written; or tests that cannot be collected."""


class _Collector:
    """The plugin that keeps what pytest has collected."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Keep the items."""
        self.items = session.items


def collected(tests: Sequence[str]) -> list[Claim]:
    """The claims of all tests below `tests` (pytest's own arguments); FaultyMark."""
    collector, said = _Collector(), io.StringIO()
    with contextlib.redirect_stdout(said):
        status = pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", *tests], plugins=[collector])
    if status != pytest.ExitCode.OK:
        raise FaultyMark(said.getvalue())
    marks = ((item, mark) for item in collector.items for mark in item.iter_markers(MARK))
    claims = (claim for item, mark in marks for claim in claims_of(item.nodeid, mark))
    return list(dict.fromkeys(claims))


def claims_of(node: str, mark: pytest.Mark) -> Iterator[Claim]:
    """The claims of one mark on the test `node`, whatever its parameters; FaultyMark."""
    test, _, _ = node.partition("[")
    unknown = [code for code in mark.args if code not in CODES]
    if unknown or not mark.args or mark.kwargs.keys() - {"partly"}:
        raise FaultyMark(f"{test}: {MARK}{mark.args} {mark.kwargs or ''}")
    for code in mark.args:
        yield Claim(code, test, bool(mark.kwargs.get("partly")))


def rows(claims: Iterable[Claim], wanted: Iterable[str] = WANTED) -> list[Row]:
    """A row for everything wanted, and for what else is claimed, in the order of the requirements."""
    held: dict[str, list[Claim]] = {code: [] for code in wanted}
    for claim in claims:
        held.setdefault(claim.code, []).append(claim)
    ordered = sorted(held.items(), key=lambda pair: CODES.index(pair[0]))
    return [Row(code, tuple(sorted(found, key=lambda one: one.partly))) for code, found in ordered]


def printed(ledger: Sequence[Row]) -> Iterator[str]:
    """The lines of the list, and the count at its end."""
    for row in ledger:
        head = f"{row.code:<8}{row.standing:<9}"
        tests = [claim.test + (" (in part)" if claim.partly else "") for claim in row.claims]
        yield (head + (tests[0] if tests else "")).rstrip()
        yield from (" " * len(head) + test for test in tests[1:])
    counts = [f"{sum(row.standing is one for row in ledger)} {one}" for one in Standing]
    yield f"{len(ledger)} requirements: {', '.join(counts)}"


def open_codes(ledger: Iterable[Row]) -> list[str]:
    """What is wanted and not shown whole."""
    return [row.code for row in ledger if row.standing is not Standing.SHOWN and row.code in WANTED]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the list; the exit status is 0, 1 with `--strict` and something open, or 2 for a faulty mark."""
    parser = argparse.ArgumentParser(prog="requirements_ledger", description=__doc__)
    parser.add_argument("--strict", action="store_true", help="fail unless everything is shown whole")
    parser.add_argument("tests", nargs="*", help="where to look, instead of all tests")
    asked = parser.parse_args(arguments)
    try:
        ledger = rows(collected(asked.tests))
    except FaultyMark as fault:
        print(fault, file=sys.stderr)
        return FAULTY
    print(*printed(ledger), sep="\n")
    missing = open_codes(ledger)
    if asked.strict and missing:
        print(f"not shown whole: {', '.join(missing)}", file=sys.stderr)
        return GAPS
    return 0


if __name__ == "__main__":
    sys.exit(main())
