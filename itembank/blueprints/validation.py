"""Checks assembled forms against the blueprint, item by item and in plain Python; knows nothing of the solver. Pure.

It shares the reading of blueprint, bank and conditions with the search, and nothing of how rules become relations:
conditions are evaluated here row by row, and information is added up from the items themselves.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from itembank.blueprints.banks import Bank
from itembank.blueprints.information import information
from itembank.blueprints.rows import holds
from itembank.blueprints.specification import (
    Blueprint,
    Each,
    Enemies,
    Exclude,
    Group,
    Include,
    Mean,
    Number,
    Order,
    PerStimulus,
    Ruled,
    Sum,
    Together,
)
from itembank.blueprints.tables import Cell, Table, text

NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Check:
    """One rule on one form (from 1; 0: all forms together): what was asked, what was found, whether that holds."""

    rule: str
    form: int
    wanted: str
    found: str
    holds: bool


@dataclass(slots=True)
class _Checker:
    """Gathers the checks of one set of forms."""

    blueprint: Blueprint
    bank: Bank
    place: dict[str, int] = field(init=False)
    stimulus_place: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.place = {one: at for at, one in enumerate(self.bank.ids)}
        self.stimulus_place = {one: at for at, one in enumerate(self.bank.stimulus_ids)}

    def table(self, rule: Ruled) -> Table:
        return self.bank.stimuli if rule.of == "stimulus" else self.bank.items

    def rows(self, rule: Ruled, items: Sequence[str]) -> list[int]:
        """The rows of a form that a rule speaks of: its items, or the stimuli of its items."""
        if rule.of == "item":
            rows = [self.place[one] for one in items]
        else:
            used = dict.fromkeys(self.bank.stimulus[self.place[one]] for one in items)
            rows = [self.stimulus_place[one] for one in used if one is not None]
        return [row for row in rows if holds(rule.where, self.table(rule), row)]

    def members(self, rule: Group) -> set[int]:
        """The rows of a rule's group in the whole bank."""
        table = self.table(rule)
        if rule.items:
            place = self.stimulus_place if rule.of == "stimulus" else self.place
            return {place[one] for one in rule.items}
        return {row for row in range(table.rows) if holds(rule.where, table, row)}


def validate(
    blueprint: Blueprint, bank: Bank, forms: Sequence[Sequence[Sequence[str]]], target: Sequence[float] = ()
) -> tuple[Check, ...]:
    """Every rule on every form; `forms` hold the ids of each section of each form, `target` the information level."""
    checker = _Checker(blueprint, bank)
    found = list(_across(checker, [[one for part in form for one in part] for form in forms]))
    for number, sections in enumerate(forms, 1):
        found += _form_checks(checker, number, sections)
        items = [one for section in sections for one in section]
        found += _information_checks(checker, number, items, target)
    return tuple(found)


def _bounds(low: float | None, high: float | None) -> str:
    if low == high and low is not None:
        return f"{low:g}"
    return f"{'' if low is None else f'{low:g}'}..{'' if high is None else f'{high:g}'}"


def _within(value: float, low: float | None, high: float | None) -> bool:
    slack = NEARLY * max(1.0, abs(value))
    return (low is None or value >= low - slack) and (high is None or value <= high + slack)


def _bounded(rule: str, form: int, value: float, bounds: tuple[float | None, float | None]) -> Check:
    return Check(rule, form, _bounds(*bounds), f"{value:g}", _within(value, *bounds))


def _form_checks(checker: _Checker, form: int, sections: Sequence[Sequence[str]]) -> Iterator[Check]:
    items = [one for section in sections for one in section]
    unknown = [one for one in items if one not in checker.place]
    yield Check(
        "items", form, "each once, all of the bank", f"{len(items)} items", _all_different(items, unknown)
    )
    if unknown:
        return
    length = checker.blueprint.length
    if length is not None:
        bounds = (length, length) if isinstance(length, int) else (length.min, length.max)
        yield _bounded("length", form, len(items), bounds)
    yield from _section_checks(checker, form, sections)
    chosen = {checker.place[one] for one in items}
    pairs = [
        (a, b) for a, b in checker.bank.enemies if checker.place[a] in chosen and checker.place[b] in chosen
    ]
    if checker.bank.enemies:
        yield Check("enemies", form, "no pair", f"{len(pairs)} pairs", not pairs)
    for rule in checker.blueprint.rules:
        if rule.on:
            yield from _CHECKS[type(rule)](
                checker, rule, form, items if not isinstance(rule, Order) else sections
            )


def _all_different(items: Sequence[str], unknown: Sequence[str]) -> bool:
    return not unknown and len(set(items)) == len(items)


def _section_checks(checker: _Checker, form: int, sections: Sequence[Sequence[str]]) -> Iterator[Check]:
    for section, items in zip(checker.blueprint.sections, sections, strict=bool(checker.blueprint.sections)):
        fits = [one for one in items if holds(section.where, checker.bank.items, checker.place[one])]
        right = len(fits) == len(items) == section.count
        yield Check(section.id, form, f"{section.count}", f"{len(fits)} of {len(items)} fit", right)


def _check_number(checker: _Checker, rule: Number, form: int, items: Sequence[str]) -> Iterator[Check]:
    yield _bounded(rule.id, form, len(checker.rows(rule, items)), (rule.min, rule.max))


def _check_each(checker: _Checker, rule: Each, form: int, items: Sequence[str]) -> Iterator[Check]:
    cells = checker.table(rule).column(rule.column)
    counts = Counter(text(cells[row]) for row in checker.rows(rule, items))
    table = checker.table(rule)
    values = {text(cells[row]) for row in range(table.rows) if holds(rule.where, table, row)} | set(
        rule.values
    )
    for value in sorted(one for one in values if one is not None):
        own = rule.values.get(value)
        bounds = (own.min, own.max) if own else (rule.min, rule.max)
        check = _bounded(rule.id, form, counts[value], bounds)
        yield Check(rule.id, form, f"{value}: {check.wanted}", check.found, check.holds)


def _values(checker: _Checker, rule: Sum | Mean, items: Sequence[str]) -> list[float]:
    cells: Sequence[Cell] = checker.table(rule).column(rule.column)
    return [cell for row in checker.rows(rule, items) if isinstance(cell := cells[row], float)]


def _check_sum(checker: _Checker, rule: Sum, form: int, items: Sequence[str]) -> Iterator[Check]:
    yield _bounded(rule.id, form, sum(_values(checker, rule, items)), (rule.min, rule.max))


def _check_mean(checker: _Checker, rule: Mean, form: int, items: Sequence[str]) -> Iterator[Check]:
    """Nothing chosen has no mean, and breaks none."""
    if values := _values(checker, rule, items):
        yield _bounded(rule.id, form, sum(values) / len(values), (rule.min, rule.max))


def _check_per_stimulus(
    checker: _Checker, rule: PerStimulus, form: int, items: Sequence[str]
) -> Iterator[Check]:
    used = {checker.bank.stimulus[checker.place[one]] for one in items} - {None}
    rows = checker.rows(rule, items)
    for name in sorted(one for one in used if one is not None):
        count = sum(checker.bank.stimulus[row] == name for row in rows)
        check = _bounded(rule.id, form, count, (rule.min, rule.max))
        yield Check(rule.id, form, f"{name}: {check.wanted}", check.found, check.holds)


def _check_group(checker: _Checker, rule: Group, form: int, items: Sequence[str]) -> Iterator[Check]:
    members = checker.members(rule)
    everything = type(rule)(id=rule.id, of=rule.of, **({"items": ("",)} if rule.items else {"where": ""}))
    chosen = {row for row in checker.rows(_unconditional(everything), items) if row in members}
    wanted, right = _GROUPS[type(rule)](rule, len(chosen), len(members))
    yield Check(rule.id, form, wanted, f"{len(chosen)} of {len(members)}", right)


def _unconditional(rule: Group) -> Ruled:
    return Number(id=rule.id, of=rule.of, min=0)


_GROUPS: dict[type, Callable[[Group, int, int], tuple[str, bool]]] = {
    Enemies: lambda rule, n, of: (f"at most {getattr(rule, 'most', 1)}", n <= getattr(rule, "most", 1)),
    Together: lambda _, n, of: ("all or none", n in (0, of)),
    Include: lambda _, n, of: ("all", n == of),
    Exclude: lambda _, n, of: ("none", n == 0),
}


def _check_order(
    checker: _Checker, rule: Order, form: int, sections: Sequence[Sequence[str]]
) -> Iterator[Check]:
    first = next(one for one in checker.blueprint.rules if isinstance(one, Order) and one.on)
    if rule is not first:  # a later order decides only among equals of the first
        return
    cells = checker.table(rule).column(rule.column)
    right = True
    for section in sections:
        rows = [checker.place[one] for one in section]
        if rule.of == "stimulus":
            named = [checker.bank.stimulus[row] for row in rows]
            rows = [checker.stimulus_place[one] for one in named if one is not None]
        numbers = [cell for row in rows if isinstance(cell := cells[row], float)]
        right &= numbers == sorted(numbers, reverse=rule.descending)
    yield Check(rule.id, form, f"by {rule.column}", "in order" if right else "not in order", right)


_CHECKS: dict[type, Callable[..., Iterator[Check]]] = {
    Number: _check_number,
    Each: _check_each,
    Sum: _check_sum,
    Mean: _check_mean,
    PerStimulus: _check_per_stimulus,
    Enemies: _check_group,
    Together: _check_group,
    Include: _check_group,
    Exclude: _check_group,
    Order: _check_order,
}


def _information_checks(
    checker: _Checker, form: int, items: Sequence[str], target: Sequence[float]
) -> Iterator[Check]:
    wanted = checker.blueprint.information
    if wanted is None:
        return
    for at, theta in enumerate(wanted.theta):
        models = [checker.bank.models[checker.place[one]] for one in items]
        value = sum(float(information(one, [theta], wanted.scale)[0]) for one in models if one is not None)
        low = wanted.min[at] if wanted.min else None
        high = wanted.max[at] if wanted.max else None
        if low is not None or high is not None:
            yield _bounded("information", form, value, (low, high))
        if target:
            bounds = (target[at] * (1 - wanted.tolerance), target[at] * (1 + wanted.tolerance))
            yield _bounded("information", form, value, bounds)


def _across(checker: _Checker, forms: Sequence[Sequence[str]]) -> Iterator[Check]:
    blueprint = checker.blueprint
    yield Check("forms", 0, str(blueprint.forms), str(len(forms)), len(forms) == blueprint.forms)
    shared = {
        checker.bank.ids[row]
        for rule in blueprint.rules
        if isinstance(rule, Include) and rule.shared and rule.on
        for row in checker.members(rule)
    }
    uses = Counter(one for form in forms for one in set(form))
    most = max((n for one, n in uses.items() if one not in shared), default=0)
    yield Check("max_use", 0, f"..{blueprint.most_use}", str(most), most <= blueprint.most_use)
    if blueprint.overlap is not None:
        common = max((len(set(a) & set(b) - shared) for a, b in combinations(forms, 2)), default=0)
        yield Check("overlap", 0, f"..{blueprint.overlap}", str(common), common <= blueprint.overlap)
    if blueprint.history is not None:
        yield _history_check(checker, uses)


def _history_check(checker: _Checker, uses: Counter[str]) -> Check:
    history = checker.blueprint.history
    assert history is not None  # noqa: S101 - the caller asked
    before = checker.bank.items.column(history.column)
    totals = [n + float(before[checker.place[one]] or 0) for one, n in uses.items()]
    most = max(totals, default=0.0)
    return Check("history", 0, f"..{history.max}", f"{most:g}", most <= history.max)
