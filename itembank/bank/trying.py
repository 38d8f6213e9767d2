"""Tries a blueprint on the approved items of a pool, and says which sections papers of its forms would have."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from itembank.bank.pool import BankRow, approved_rows
from itembank.bank.tables import bank_of
from itembank.blueprints.assembling import Assembly, assemble_forms
from itembank.blueprints.specification import Blueprint, Section, read_blueprint
from itembank.fields import whole_points
from itembank.freezing import digest
from itembank.states import ItemType


class TooFewItems(ValueError):
    """The pool has no approved item."""

    code = "pool_empty"


class FormsUneven(ValueError):
    """The forms hold different numbers of items of a type, so that they would not be worth the same."""

    code = "forms_uneven"


@dataclass(frozen=True, slots=True)
class Tried:
    """A blueprint with what came of it; `rows` are the items it could choose from, by code."""

    text: str
    blueprint: Blueprint
    pool: str
    rows: Mapping[str, BankRow]
    found: Assembly

    @property
    def seen(self) -> str:
        """The digest of the blueprint, the pool, the seed and every form: its items in order, each in its version."""
        forms = [[[code, self.rows[code].version] for code in form.items] for form in self.found.forms]
        return digest([self.text, self.pool, self.found.seed, forms])

    @property
    def held(self) -> int:
        """How many of the independent checks hold."""
        return sum(one.holds for one in self.found.checks)


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A section that every paper has: the items of one type, form by form, and what an item of it is usually worth."""

    title: str
    type: ItemType
    points: Decimal
    forms: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        """How many items the section has in each paper."""
        return len(self.forms[0])


def try_blueprint(text: str, pool: str) -> Tried:
    """The forms that a blueprint gives from the approved items of `pool`; BadBlueprint, TooFewItems, Invalid."""
    blueprint = read_blueprint(text)
    rows = approved_rows(pool=pool)
    if not rows:
        raise TooFewItems(pool)
    found = assemble_forms(blueprint, bank_of(blueprint, rows, pool))
    return Tried(text, blueprint, pool, {row.code: row for row in rows}, found)


def parts_of(tried: Tried) -> tuple[PaperPart, ...]:
    """The sections of the papers: those of the blueprint, each split by type; FormsUneven."""
    sections = tried.blueprint.sections or (None,)
    return tuple(part for at, section in enumerate(sections) for part in _parts(tried, at, section))


def _parts(tried: Tried, at: int, section: Section | None) -> Iterator[PaperPart]:
    for type in ItemType:
        forms = tuple(
            tuple(code for code in form.sections[at] if tried.rows[code].type is type)
            for form in tried.found.forms
        )
        counts = {len(one) for one in forms}
        if len(counts) > 1:
            raise FormsUneven(type.value)
        if any(forms):
            yield PaperPart(section.title if section else "", type, _points(tried, forms[0], section), forms)


def _points(tried: Tried, codes: tuple[str, ...], section: Section | None) -> Decimal:
    """What the blueprint says, else what most items of the section are worth, where a paper can give that."""
    usual = Counter(tried.rows[code].points for code in codes).most_common(1)[0][0]
    given = Decimal(str(section.points)) if section and section.points is not None else usual
    return given if whole_points(given) else Decimal(1)
