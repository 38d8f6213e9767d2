"""Moodle's attempts as steps: dotted columns of responses, graded by the keys of the questions file's questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.policies.moodle.items import BadItem, Item, grade, read_item
from scoring.policies.moodle.responses import BadResponse
from scoring.statistics.reading.table import Row, Table
from scoring.statistics.sheet import BadSheet, Sheet

Keys = Mapping[str, Mapping[str, Any]]
DIGITS = 7  # of a fraction, in Moodle's tables
RANDOM = "random"
# Their marks depend on tries and penalties that the file does not hold.
TRIES = frozenset({"-submit", "-tryagain"})
ONE = "answer"


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot: its number, full mark, and its question; one drawn at random has several, by type."""

    number: str
    full: float
    questions: Mapping[str, str]
    random: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """One candidate's attempt: who, and all cells that the rows of it said last."""

    where: str
    who: tuple[str, str]
    cells: Mapping[str, str]


def is_steps(table: Table) -> bool:
    """Whether the file is of this form."""
    return "quizattempt" in table.columns


def read_steps(table: Table, questions: Table, keys: Keys) -> Sheet:
    """The graded sheet; BadSheet names row and cause of what cannot be graded."""
    slots, attempts = tuple(_slots(questions)), tuple(_attempts(table))
    if not slots:
        raise BadSheet("no_slots", questions.name)
    grader = _Grader(keys, {})
    full = np.array([slot.full for slot in slots], dtype=np.float64)
    marks = np.array([[grader.mark(slot, one) for slot in slots] for one in attempts], dtype=np.float64)
    marks = marks.reshape(len(attempts), len(slots))
    who = [one.who for one in attempts]
    return Sheet(
        tuple(slot.number for slot in slots),
        full,
        marks,
        marks.sum(axis=1),
        np.array([one not in who[:at] for at, one in enumerate(who)], dtype=np.bool_),
        drawn={at: [_drawn(slot, one) for one in attempts] for at, slot in enumerate(slots) if slot.random},
        variants={at: [_variant(slot, one) for one in attempts] for at, slot in enumerate(slots)},
    )


def _slots(questions: Table) -> Iterator[Slot]:
    """Rows without a slot are what may be drawn into the random slot above them."""
    if missing := {"slot", "type", "mark"} - set(questions.columns):
        raise BadSheet("column_missing", questions.name, ", ".join(sorted(missing)))
    rows = list(questions.rows)
    starts = [at for at, row in enumerate(rows) if row.cells["slot"].strip()]
    for at, until in zip(starts, [*starts[1:], len(rows)], strict=True):
        row, pool = rows[at], rows[at + 1 : until]
        random = row.cells["type"].strip() == RANDOM
        found = {
            one.cells["type"].strip(): one.cells.get("which", "").strip()
            for one in (pool if random else [row])
        }
        yield Slot(row.cells["slot"].strip(), row.number("mark", 1.0) or 0.0, found, random)


def _attempts(table: Table) -> Iterator[Attempt]:
    """Later rows of the same attempt add to and overwrite what was answered; unfinished ones do not count."""
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        rows.setdefault(row.cells["quizattempt"].strip(), []).append(row)
    for same in rows.values():
        last = same[-1]
        if last.cells.get("finished", "").strip() != "0":
            cells = {name: text for row in same for name, text in row.cells.items() if text != ""}
            yield Attempt(
                last.where, (last.cells.get("firstname", ""), last.cells.get("lastname", "")), cells
            )


def _drawn(slot: Slot, attempt: Attempt) -> str:
    name = attempt.cells.get(f"randqs.{slot.number}", "").strip()
    if name not in slot.questions:
        raise BadSheet("not_in_pool", f"{attempt.where}, randqs.{slot.number}", name)
    return name


def _variant(slot: Slot, attempt: Attempt) -> int:
    text = attempt.cells.get(f"variants.{slot.number}", "1").strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise BadSheet("not_a_variant", f"{attempt.where}, variants.{slot.number}", text)
    return int(text)


@dataclass(frozen=True, slots=True)
class _Grader:
    """Grades by keys; each question is read once."""

    keys: Keys
    items: dict[tuple[str, str, int], Item]

    def mark(self, slot: Slot, attempt: Attempt) -> float:
        """The points of one slot of one attempt."""
        kind = _drawn(slot, attempt) if slot.random else next(iter(slot.questions))
        where = f"{attempt.where}, slot {slot.number}"
        given = _response(attempt.cells, f"responses.{slot.number}.", where)
        try:
            item = self._item(kind, slot.questions[kind], _variant(slot, attempt))
            return slot.full * round(grade(item, _shaped(item, given)), DIGITS)
        except (BadItem, BadResponse) as error:
            raise BadSheet("not_gradable", where, str(error)) from error

    def _item(self, kind: str, which: str, variant: int) -> Item:
        name = (kind, which, variant)
        if name not in self.items:
            self.items[name] = read_item(self._key(*name))
        return self.items[name]

    def _key(self, kind: str, which: str, variant: int) -> Any:
        """The key by type and name; without a name the type's first, as where the names come from."""
        named = self.keys.get(kind, {})
        found = named.get(which) if which else next(iter(named.values()), None)
        if found is None:
            raise BadItem(f"there is no key for {kind} {which}".rstrip())
        if "variants" not in found:
            return found
        if not 1 <= variant <= len(found["variants"]):
            raise BadItem(f"{kind} {which} has no variant {variant}")
        answer = [str(found["variants"][variant - 1]), 1, found["tolerance"]]
        return {"type": "numerical", "answers": [answer], "tolerance_type": found["tolerance_type"]}


def _response(cells: Mapping[str, str], prefix: str, where: str) -> dict[str, str]:
    given = {name.removeprefix(prefix): text for name, text in cells.items() if name.startswith(prefix)}
    if tries := TRIES & {name.rsplit(".", 1)[-1] for name in given}:
        raise BadSheet("tries_not_read", where, ", ".join(sorted(tries)))
    return given


def _shaped(item: Item, given: Mapping[str, str]) -> object:
    """The cells as the response that the item's kind takes."""
    tag = item.__struct_config__.tag
    if tag == "cloze":
        return {name: given.get(f"{name}.{ONE}") for name in _parts(given)}
    if tag in ("match", "gapselect", "ddwtos", "ddimageortext"):
        return dict(given)
    if tag == "multichoice" and not getattr(item, "single", True):
        return [name for name, text in given.items() if text.strip() not in ("", "0")]
    if "unit" in given:
        return dict(given)
    return given.get(ONE)


def _parts(given: Mapping[str, str]) -> Sequence[str]:
    return sorted({name.split(".", 1)[0] for name in given})
