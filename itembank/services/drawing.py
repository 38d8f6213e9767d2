"""Chooses the items of theory papers from the approved ones of a level: by a seeded draw, or by a blueprint."""

import msgspec

from itembank.assembly import PoolItem, SectionPlan, assemble
from itembank.bank.pool import approved_rows
from itembank.bank.tables import bank_of
from itembank.blueprints.assembling import Assembly, assemble_forms
from itembank.blueprints.programme import Status
from itembank.blueprints.specification import Blueprint, Section, checked
from itembank.faults import BadSpec, Fault
from itembank.specs import TheorySpec

Drawn = list[list[str]]


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
    made = assemble_forms(whole, bank_of(whole, approved_rows(level=level), f"level {level}"), seed)
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
