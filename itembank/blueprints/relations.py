"""Turns the rules of a blueprint into linear relations over the items and stimuli of one form. Pure.

Columns 0 to n-1 say whether an item stands in the form, the next ones whether a stimulus does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatchmethod

import numpy as np
from numpy.typing import NDArray

from itembank.blueprints.banks import Bank
from itembank.blueprints.information import BadParameters, information
from itembank.blueprints.masks import mask, numbers
from itembank.blueprints.specification import (
    BadBlueprint,
    Blueprint,
    Each,
    Enemies,
    Exclude,
    Group,
    Include,
    Information,
    Mean,
    Number,
    Order,
    PerStimulus,
    Range,
    Rule,
    Ruled,
    Sum,
    Together,
)
from itembank.blueprints.tables import Table, text
from itembank.faults import Fault

Places = NDArray[np.int64]
Weights = NDArray[np.float64]
FREE = np.inf


@dataclass(frozen=True, slots=True)
class Relation:
    """`low <= sum of weights over places <= high` in every form; `rule` is the id of what asks for it."""

    rule: str
    places: Places
    weights: Weights
    low: float
    high: float


def relations(blueprint: Blueprint, bank: Bank) -> list[Relation]:
    """Every relation of one form, without its information; BadBlueprint where a rule does not fit the bank."""
    return list(_Writer(blueprint, bank).all())


def information_table(wanted: Information, bank: Bank) -> NDArray[np.float64]:
    """The information of each item (row) at each theta (column); BadBlueprint names items without parameters."""
    faults, rows = [], []
    for one, model in zip(bank.ids, bank.models, strict=True):
        try:
            if model is None:
                raise BadParameters("no parameters")
            rows.append(information(model, wanted.theta, wanted.scale))
        except BadParameters as error:
            faults.append(Fault(one, "information", str(error)))
    if faults:
        raise BadBlueprint(faults[:20])
    return np.array(rows)


def group(rule: Group, bank: Bank) -> Places:
    """The places of a rule's items (or stimuli); BadBlueprint names those that the bank lacks."""
    ids = bank.stimulus_ids if rule.of == "stimulus" else bank.ids
    if not rule.items:
        return np.flatnonzero(mask(rule.where, bank.stimuli if rule.of == "stimulus" else bank.items))
    place = {one: at for at, one in enumerate(ids)}
    if missing := [one for one in rule.items if one not in place]:
        raise BadBlueprint([Fault(rule.id, one, "is not in the bank") for one in missing])
    return np.array([place[one] for one in rule.items], dtype=np.int64)


class _Writer:
    """Writes the relations of a blueprint for a bank."""

    def __init__(self, blueprint: Blueprint, bank: Bank) -> None:
        self.blueprint, self.bank = blueprint, bank
        self.count = len(bank.ids)

    def all(self) -> Iterator[Relation]:
        yield from self._length()
        yield from self._sections()
        for rule in self.blueprint.rules:
            if rule.on:
                yield from self.write(rule)
        for a, b in self._enemy_pairs():
            yield Relation("enemies", np.array([a, b]), np.ones(2), -FREE, 1)
        yield from self._links()

    def _enemy_pairs(self) -> Iterator[tuple[int, int]]:
        place = {one: at for at, one in enumerate(self.bank.ids)}
        return ((place[a], place[b]) for a, b in self.bank.enemies)

    def _length(self) -> Iterator[Relation]:
        wanted = self.blueprint.length
        if wanted is not None:
            low, high = (wanted, wanted) if isinstance(wanted, int) else (wanted.min, wanted.max)
            yield self._counted("length", np.arange(self.count), Range(low, high))

    def _sections(self) -> Iterator[Relation]:
        """Sections share no item, and a form has nothing outside them."""
        owner = np.full(self.count, -1)
        for at, section in enumerate(self.blueprint.sections):
            mine = mask(section.where, self.bank.items)
            if both := [self.bank.ids[n] for n in np.flatnonzero(mine & (owner >= 0))[:3]]:
                cause = f"{', '.join(both)} also belong to an earlier section"
                raise BadBlueprint([Fault(section.id, "where", cause)])
            owner[mine] = at
            yield self._counted(section.id, np.flatnonzero(mine), Range(section.count, section.count))
        if self.blueprint.sections and (owner < 0).any():
            yield self._counted("sections", np.flatnonzero(owner < 0), Range(None, 0))

    def _counted(self, rule: str, places: Places, bounds: Range) -> Relation:
        return _relation(rule, places, np.ones(len(places)), bounds)

    def _table(self, rule: Ruled) -> tuple[Table, int]:
        """The table that a rule speaks of, and the first of its columns in the programme."""
        return (self.bank.stimuli, self.count) if rule.of == "stimulus" else (self.bank.items, 0)

    def _places(self, rule: Ruled) -> Places:
        table, first = self._table(rule)
        return np.flatnonzero(mask(rule.where, table)) + first

    @singledispatchmethod
    def write(self, rule: Rule) -> Iterator[Relation]:
        """The relations of a rule."""
        raise TypeError(type(rule))

    @write.register
    def _number(self, rule: Number) -> Iterator[Relation]:
        yield self._counted(rule.id, self._places(rule), Range(rule.min, rule.max))

    @write.register
    def _each(self, rule: Each) -> Iterator[Relation]:
        table, first = self._table(rule)
        cells = table.column(rule.column)
        chosen = mask(rule.where, table)
        values = dict.fromkeys(text(cell) for cell, here in zip(cells, chosen, strict=True) if here)
        for value in dict.fromkeys([*values, *rule.values]):
            bounds = rule.values.get(value or "", Range(rule.min, rule.max))
            if value is not None and (bounds.min is not None or bounds.max is not None):
                hit = np.array([text(cell) == value for cell in cells], dtype=bool) & chosen
                yield self._counted(rule.id, np.flatnonzero(hit) + first, bounds)

    @write.register
    def _sum(self, rule: Sum) -> Iterator[Relation]:
        places, values = self._valued(rule)
        yield _relation(rule.id, places, values, Range(rule.min, rule.max))

    @write.register
    def _mean(self, rule: Mean) -> Iterator[Relation]:
        places, values = self._valued(rule)
        if rule.min is not None:
            yield _relation(rule.id, places, values - rule.min, Range(0, None))
        if rule.max is not None:
            yield _relation(rule.id, places, values - rule.max, Range(None, 0))

    def _valued(self, rule: Sum | Mean) -> tuple[Places, Weights]:
        """What has no value in the column counts in neither sum nor mean."""
        table, first = self._table(rule)
        values = numbers(rule.column, table)
        places = np.flatnonzero(mask(rule.where, table) & ~np.isnan(values))
        return places + first, values[places]

    @write.register
    def _per_stimulus(self, rule: PerStimulus) -> Iterator[Relation]:
        chosen = mask(rule.where, self.bank.items)
        for at, members in enumerate(self._members()):
            places = np.append(members[chosen[members]], self.count + at)
            for bound, low, high in ((rule.min, 0.0, FREE), (rule.max, -FREE, 0.0)):
                if bound is not None:
                    yield Relation(rule.id, places, np.append(np.ones(len(places) - 1), -bound), low, high)

    def _members(self) -> list[Places]:
        """The items of each stimulus."""
        found: dict[str, list[int]] = {one: [] for one in self.bank.stimulus_ids}
        for at, stimulus in enumerate(self.bank.stimulus):
            if stimulus is not None:
                found[stimulus].append(at)
        return [np.array(found[one], dtype=np.int64) for one in self.bank.stimulus_ids]

    def _links(self) -> Iterator[Relation]:
        """A stimulus stands in a form exactly when one of its items does."""
        for at, members in enumerate(self._members()):
            own = self.count + at
            for item in members:
                yield Relation("stimuli", np.array([item, own]), np.array([1.0, -1.0]), -FREE, 0)
            yield Relation(
                "stimuli", np.append(members, own), np.append(np.ones(len(members)), -1.0), 0, FREE
            )

    def _group(self, rule: Group) -> Places:
        return group(rule, self.bank) + self._table(rule)[1]

    @write.register
    def _enemies(self, rule: Enemies) -> Iterator[Relation]:
        yield self._counted(rule.id, self._group(rule), Range(None, rule.most))

    @write.register
    def _together(self, rule: Together) -> Iterator[Relation]:
        places = self._group(rule)
        for other in places[1:]:
            yield Relation(rule.id, np.array([places[0], other]), np.array([1.0, -1.0]), 0, 0)

    @write.register
    def _include(self, rule: Include) -> Iterator[Relation]:
        places = self._group(rule)
        yield self._counted(rule.id, places, Range(len(places), None))

    @write.register
    def _exclude(self, rule: Exclude) -> Iterator[Relation]:
        yield self._counted(rule.id, self._group(rule), Range(None, 0))

    @write.register
    def _order(self, rule: Order) -> Iterator[Relation]:
        self._table(rule)[0].column(rule.column)
        return iter(())


def _relation(rule: str, places: Places, weights: Weights, bounds: Range) -> Relation:
    low = -FREE if bounds.min is None else float(bounds.min)
    return Relation(rule, places, weights, low, FREE if bounds.max is None else float(bounds.max))


def information_relations(
    table: NDArray[np.float64], low: Sequence[float], high: Sequence[float]
) -> list[Relation]:
    """The relations that keep a form's information from `low` to `high` at each theta."""
    places = np.arange(len(table))
    return [
        Relation("information", places, table[:, at], float(low[at]), float(high[at]))
        for at in range(table.shape[1])
    ]
