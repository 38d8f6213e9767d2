"""Freezes the forms of a tried blueprint as papers: exactly those that a custodian has seen, all or none."""

from datetime import datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from itembank import rules
from itembank.bank.pool import contents_of
from itembank.bank.trying import PaperPart, Tried, parts_of
from itembank.freezing import digest
from itembank.models import Paper, Pool
from itembank.plans import PaperPlan
from itembank.scoringspecs import ScoringSpec
from itembank.services.papers import Freezer, PaperHeading, freeze_theory
from itembank.specs import SectionSpec, TheorySpec


@transaction.atomic
def freeze_forms(*, tried: Tried, plan: PaperPlan, seen: str, actor: Actor, now: datetime) -> list[Paper]:
    """Freeze and seal a paper of each form, in order; `seen` is the digest of the forms that were shown.

    NotAllowed `assembly_changed` when the bank gives other forms by now, `variants_not_frozen` for a blueprint with
    orders for neighbours; FormsUneven, BadSpec for items that people mark, PaperCodeTaken. Then nothing is stored.
    """
    _check(tried, seen)
    parts = parts_of(tried)
    spec = _spec(plan, parts)
    rules.check_theory(spec)
    level = Pool.objects.get(code=tried.pool).level
    by = Freezer(tried.found.seed, actor, now)
    papers = [
        freeze_theory(PaperHeading(code, plan.offering, level, plan.title), spec, _drawn(parts, at), by)
        for at, code in enumerate(plan.codes(len(tried.found.forms)))
    ]
    audit.record(_act(tried, papers, actor), now)
    return papers


def _check(tried: Tried, seen: str) -> None:
    if not tried.found.forms or tried.seen != seen:
        raise NotAllowed("assembly_changed")
    codes = {code for form in tried.found.forms for code in form.items}
    if {one.code: one.version for one in contents_of(codes).values()} != {
        code: tried.rows[code].version for code in codes
    }:
        raise NotAllowed("assembly_changed")
    if tried.blueprint.variants > 1:
        raise NotAllowed("variants_not_frozen")


def _spec(plan: PaperPlan, parts: tuple[PaperPart, ...]) -> TheorySpec:
    sections = tuple(
        SectionSpec(part.type, part.count, points, part.title)
        for part, points in zip(parts, plan.points, strict=True)
    )
    return TheorySpec(plan.minutes, plan.pass_mark, sections, ScoringSpec(multiple=plan.multiple))


def _drawn(parts: tuple[PaperPart, ...], at: int) -> list[list[str]]:
    return [list(part.forms[at]) for part in parts]


def _act(tried: Tried, papers: list[Paper], actor: Actor) -> audit.Act:
    """How the papers came to be, so that it can be done again, and what the independent check said."""
    details = {
        "papers": [paper.code for paper in papers],
        "blueprint_sha256": digest(tried.text),
        "seed": tried.found.seed,
        "solver": tried.found.solver,
        "checks": len(tried.found.checks),
        "held": tried.held,
    }
    return audit.Act("itembank", "papers.assembled", f"pool:{tried.pool}", str(actor), details)
