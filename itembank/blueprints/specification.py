"""Reads a blueprint from TOML: sections, rules, information and limits as data; every fault named. Pure."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from itembank.blueprints.conditions import BadCondition, parse
from itembank.faults import Fault, Refused

Amount = Annotated[float, Meta(ge=0)]
Unit = Literal["item", "stimulus"]
MOST_FORMS = 100


class BadBlueprint(Refused):
    """A blueprint with faults, or one that does not fit the bank."""

    code = "bad_blueprint"


class Range(Struct, frozen=True, forbid_unknown_fields=True):
    """From `min` to `max`; what is missing bounds nothing."""

    min: float | None = None
    max: float | None = None


class Ruled(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", kw_only=True):
    """What every rule may have; an empty condition holds for all, `on = false` switches the rule off."""

    id: str = ""
    where: str = ""
    of: Unit = "item"
    on: bool = True


class Number(Ruled, frozen=True, tag="number", kw_only=True):
    """How many items, or stimuli."""

    min: Amount | None = None
    max: Amount | None = None


class Each(Ruled, frozen=True, tag="each", kw_only=True):
    """How many of each value of a column; `values` bounds single values otherwise."""

    column: str
    min: Amount | None = None
    max: Amount | None = None
    values: dict[str, Range] = {}


class Sum(Ruled, frozen=True, tag="sum", kw_only=True):
    """The sum of a column."""

    column: str
    min: float | None = None
    max: float | None = None


class Mean(Ruled, frozen=True, tag="mean", kw_only=True):
    """The mean of a column over what is chosen."""

    column: str
    min: float | None = None
    max: float | None = None


class PerStimulus(Ruled, frozen=True, tag="per_stimulus", kw_only=True):
    """How many items of each stimulus that is used."""

    min: Amount | None = None
    max: Amount | None = None


class Group(Ruled, frozen=True, kw_only=True):
    """Some items (or stimuli): those of `items`, or those for which the condition holds."""

    items: tuple[str, ...] = ()


class Enemies(Group, frozen=True, tag="enemies", kw_only=True):
    """At most `most` of the group."""

    most: Annotated[int, Meta(ge=1)] = 1


class Together(Group, frozen=True, tag="together", kw_only=True):
    """All of the group or none."""


class Include(Group, frozen=True, tag="include", kw_only=True):
    """All of the group; `shared` ones stand in every form and count for no limit of use."""

    shared: bool = False


class Exclude(Group, frozen=True, tag="exclude", kw_only=True):
    """None of the group."""


class Order(Ruled, frozen=True, tag="order", kw_only=True):
    """The order inside a section."""

    column: str
    descending: bool = False


Rule = Number | Each | Sum | Mean | PerStimulus | Enemies | Together | Include | Exclude | Order


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a form: which items, how many, what each is worth."""

    where: str
    count: Annotated[int, Meta(ge=1)]
    id: str = ""
    title: str = ""
    points: float | None = None


class Information(Struct, frozen=True, forbid_unknown_fields=True):
    """Fisher information of a form at each theta: near a target, or within bounds."""

    theta: Annotated[tuple[float, ...], Meta(min_length=1, max_length=20)]
    tolerance: Annotated[float, Meta(gt=0, le=1)] = 0.01
    target: tuple[float, ...] = ()
    min: tuple[float, ...] = ()
    max: tuple[float, ...] = ()
    scale: Annotated[float, Meta(gt=0)] = 1.0


class Objective(Struct, frozen=True, forbid_unknown_fields=True):
    """What to make greatest or least, over all forms together."""

    sense: Literal["max", "min"] = "max"
    information_at: tuple[float, ...] = ()
    column: str = ""


class History(Struct, frozen=True, forbid_unknown_fields=True):
    """The column that counts earlier uses, and the most uses in all."""

    max: Annotated[int, Meta(ge=1)]
    column: str = "uses"


class BankPlan(Struct, frozen=True, forbid_unknown_fields=True):
    """Where ids, stimuli and parameters stand, and which files belong to the bank."""

    id: str = ""
    stimulus: str = ""
    pool: str = ""
    stimuli: str = ""
    constraints: str = ""
    enemies: str = ""
    attributes: str = ""
    model: str = ""
    parameters: tuple[str, ...] = ()


T = TypeVar("T", bound=Section | Ruled)


class Blueprint(Struct, frozen=True, forbid_unknown_fields=True):
    """What every form must be; the package's docstring explains each key."""

    forms: Annotated[int, Meta(ge=1, le=MOST_FORMS)] = 1
    title: str = ""
    length: Annotated[int, Meta(ge=1)] | Range | None = None
    seed: Annotated[int, Meta(ge=0, le=2**63 - 1)] = 0
    time_limit_s: Annotated[float, Meta(gt=0, le=3600)] = 60
    max_use: Annotated[int, Meta(ge=1)] | None = None
    overlap: Annotated[int, Meta(ge=0)] | None = None
    variants: Annotated[int, Meta(ge=1, le=4)] = 1
    bank: BankPlan = BankPlan()
    history: History | None = None
    sections: tuple[Section, ...] = ()
    rules: tuple[Rule, ...] = ()
    information: Information | None = None
    objective: Objective | None = None

    @property
    def most_use(self) -> int:
        """In how many forms one item may stand."""
        if self.max_use is not None:
            return min(self.max_use, self.forms)
        return self.forms if self.overlap else 1


def read_blueprint(data: bytes | str) -> Blueprint:
    """The blueprint in `data` (TOML, UTF-8); BadBlueprint with every fault of it."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        found = msgspec.convert(tomllib.loads(text), Blueprint)
    except (UnicodeError, tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise BadBlueprint([Fault("blueprint", "", str(error))]) from error
    return checked(found)


def checked(blueprint: Blueprint) -> Blueprint:
    """The blueprint with an id for every rule and section; BadBlueprint."""
    named = msgspec.structs.replace(
        blueprint,
        sections=tuple(_named(one, f"S{n}") for n, one in enumerate(blueprint.sections, 1)),
        rules=tuple(_named(one, f"R{n}") for n, one in enumerate(blueprint.rules, 1)),
    )
    if faults := list(_faults(named)):
        raise BadBlueprint(faults)
    return named


def _named(one: T, name: str) -> T:
    return one if one.id else msgspec.structs.replace(one, id=name)


def _faults(blueprint: Blueprint) -> Iterator[Fault]:
    if blueprint.length is None and not blueprint.sections and not blueprint.bank.constraints:
        yield Fault("blueprint", "length", "neither length nor sections say how long a form is")
    names = Counter(one.id for one in (*blueprint.sections, *blueprint.rules))
    yield from (Fault(name, "id", f"{n} rules or sections have it") for name, n in names.items() if n > 1)
    for one in (*blueprint.sections, *blueprint.rules):
        yield from _condition_faults(one.id, one.where)
    for rule in blueprint.rules:
        yield from _rule_faults(rule)
    if blueprint.information is not None:
        yield from _information_faults(blueprint.information)
    if blueprint.objective and bool(blueprint.objective.column) == bool(blueprint.objective.information_at):
        yield Fault("objective", "", "one of column and information_at is needed")


def _condition_faults(where: str, condition: str) -> Iterator[Fault]:
    try:
        if condition.strip():
            parse(condition)
    except BadCondition as error:
        yield Fault(where, "where", str(error))


def _rule_faults(rule: Rule) -> Iterator[Fault]:
    if isinstance(rule, Number | Each | Sum | Mean | PerStimulus):
        bounds = [Range(rule.min, rule.max), *(rule.values.values() if isinstance(rule, Each) else ())]
        if all(one.min is None and one.max is None for one in bounds):
            yield Fault(rule.id, "min", "neither min nor max is given")
        for one in bounds:
            if one.min is not None and one.max is not None and one.min > one.max:
                yield Fault(rule.id, "min", f"{one.min:g} is more than max, {one.max:g}")
    elif isinstance(rule, Group) and bool(rule.items) == bool(rule.where.strip()):
        yield Fault(rule.id, "items", "one of items and where is needed")


def _information_faults(wanted: Information) -> Iterator[Fault]:
    for name in ("target", "min", "max"):
        given = getattr(wanted, name)
        if given and len(given) != len(wanted.theta):
            yield Fault("information", name, f"{len(given)} numbers for {len(wanted.theta)} of theta")
    if any(one <= 0 for one in wanted.target):
        yield Fault("information", "target", "must be above 0")
