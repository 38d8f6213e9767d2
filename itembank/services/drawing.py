"""Chooses the items of theory papers from the approved ones of a level: by a seeded draw, or by a blueprint."""

from collections.abc import Sequence

import msgspec

from itembank.assembly import PoolItem, SectionPlan, assemble
from itembank.bank.pool import BankRow, approved_rows, enemy_groups
from itembank.blueprints.assembling import Assembly, assemble_forms
from itembank.blueprints.banks import Bank, BankFiles, enemies_of, make_bank
from itembank.blueprints.programme import Status
from itembank.blueprints.specification import Blueprint, Section, checked
from itembank.blueprints.tables import Cell, Table
from itembank.faults import BadSpec, Fault
from itembank.specs import TheorySpec

Drawn = list[list[str]]
ID = "code"


class NoSuchPapers(Exception):
    """No papers can be made by the blueprint; `assembly` names the rules that block, or says that time was over."""

    code = "blueprint_infeasible"

    def __init__(self, assembly: Assembly) -> None:
        rules = ", ".join(one.rule for one in assembly.blocking)
        super().__init__(f"{assembly.status}: {rules}")
        self.assembly = assembly


def draw(spec: TheorySpec, level: int, seed: int, forms: int = 1) -> list[Drawn]:
    """The codes of each section of each of `forms` papers. NotEnoughItems, NoSuchPapers, BadBlueprint, BadSpec.

    Without a blueprint one paper is drawn: several parallel ones need rules that say what parallel means.
    """
    if spec.blueprint is not None:
        return _by_blueprint(spec, spec.blueprint, level, (seed, forms))
    if forms > 1:
        raise BadSpec([Fault("theory", "blueprint", "is needed for more than one paper")])
    plans = [SectionPlan(section.type, section.count) for section in spec.sections]
    pool = [PoolItem(row.code, row.type, row.knowledge_point) for row in approved_rows(level=level)]
    return [assemble(plans, pool, seed)]


def _by_blueprint(spec: TheorySpec, plan: Blueprint, level: int, drawn: tuple[int, int]) -> list[Drawn]:
    """The paper's sections are the blueprint's: one a type, dealt out where two sections have the same type."""
    if plan.sections:
        raise BadSpec([Fault("theory", "blueprint", "its sections are those of the paper: leave them out")])
    seed, forms = drawn
    counts: dict[str, int] = {}
    for section in spec.sections:
        counts[section.type.value] = counts.get(section.type.value, 0) + section.count
    sections = tuple(Section(id=name, where=f'type == "{name}"', count=n) for name, n in counts.items())
    whole = checked(msgspec.structs.replace(plan, sections=sections, forms=forms))
    made = assemble_forms(whole, approved_bank(whole, level), seed)
    if made.status is not Status.SOLVED:
        raise NoSuchPapers(made)
    return [_dealt(spec, dict(zip(counts, form.sections, strict=True))) for form in made.forms]


def _dealt(spec: TheorySpec, by_type: dict[str, tuple[str, ...]]) -> Drawn:
    taken = dict.fromkeys(by_type, 0)
    found = []
    for section in spec.sections:
        name, start = section.type.value, taken[section.type.value]
        found.append(list(by_type[name][start : start + section.count]))
        taken[name] = start + section.count
    return found


def approved_bank(plan: Blueprint, level: int) -> Bank:
    """The approved items of a level as a blueprint sees them, with their enemies; BadBlueprint when there is none."""
    rows = approved_rows(level=level)
    groups = {str(n): sorted(group) for n, group in enumerate(enemy_groups([row.code for row in rows]))}
    pairs = enemies_of(groups)
    enemies = Table("enemies", {"a": [a for a, _ in pairs], "b": [b for _, b in pairs]}, len(pairs))
    files = BankFiles(Table(f"level {level}", _columns(rows), len(rows)), enemies=enemies)
    return make_bank(files, msgspec.structs.replace(plan.bank, id=ID))


def _columns(rows: Sequence[BankRow]) -> dict[str, list[Cell]]:
    own: dict[str, list[Cell]] = {
        ID: [row.code for row in rows],
        "type": [row.type.value for row in rows],
        "knowledge_point": [row.knowledge_point for row in rows],
        "direction": [row.direction or None for row in rows],
        "difficulty": [row.difficulty for row in rows],
        "points": [float(row.points) for row in rows],
        "stimulus": [row.stimulus or None for row in rows],
        "uses": [float(row.uses) for row in rows],
    }
    names = dict.fromkeys(name for row in rows for name in row.attributes if name not in own)
    return {**own, **{name: [_cell(row.attributes.get(name)) for row in rows] for name in names}}


def _cell(value: object) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if value is None or not isinstance(value, str):
        return None
    try:
        return float(value)  # decimals are kept as text
    except ValueError:
        return value
