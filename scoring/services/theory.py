"""Scores closed theory sittings by the paper's key; of a void or terminated one the raw score is kept."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from examserver.delivery.selectors import closed_sittings, responses_of
from examserver.delivery.selectors import sitting as sitting_by_key
from examserver.delivery.services.sittings import mark_scored
from examserver.delivery.states import SittingState
from examserver.kernel.access import SYSTEM
from examserver.kernel.transitions import IllegalMove
from itembank.states import Subject
from scoring import papers, rules
from scoring.models import ItemScore, SubjectScore
from scoring.outcomes import Outcome
from scoring.services.keys import corrections_of, key_version, rules_of
from scoring.services.records import Step, record

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting

log = logging.getLogger(__name__)

KEPT_STATES = (
    SittingState.SUBMITTED,
    SittingState.TERMINATED,
    SittingState.VOID_SUBJECT,
    SittingState.VOID_ALL,
)
# A round of work stays short, so that answers that are still being saved never wait behind it.
A_ROUND = 20


class KeyMoved(Exception):
    """The key was corrected while a sitting was being scored by the former one; the next round scores it."""


def score_closed_theory(*, now: datetime) -> int:
    """Score theory sittings that are closed and have no score; returns how many. Idempotent and crash-safe.

    A paper that nothing can be scored by is said loudly and holds up no other paper.
    """
    scored, broken = 0, set[int]()
    known: dict[int, papers.PaperRules] = {}
    for pk, paper_id in _waiting():
        if scored >= A_ROUND:
            break
        if paper_id in broken:
            continue
        try:
            scored += _score_one(pk, now, known)
        except ValueError:
            broken.add(paper_id)
            log.exception("nothing can be scored by paper %s", paper_id)
    return scored


def _waiting() -> Iterator[tuple[int, int]]:
    for state in KEPT_STATES:
        begun = closed_sittings(state).filter(subject_score=None, started_at__isnull=False)
        yield from list(begun.filter(session__subject=Subject.THEORY).values_list("pk", "paper_id"))


def _score_one(pk: int, now: datetime, known: dict[int, papers.PaperRules]) -> bool:
    found = sitting_by_key(pk)
    paper = known.setdefault(found.paper_id, known.get(found.paper_id) or rules_of(found.paper))
    try:
        with transaction.atomic():
            _score(found, paper, now)
    except (IntegrityError, IllegalMove, KeyMoved):
        log.info("sitting %s was scored or moved by somebody else", pk)
        return False
    except rules.BadResponse:
        log.exception("sitting %s holds a response that is none", pk)
        return False
    return True


def _score(sitting: "Sitting", paper: papers.PaperRules, now: datetime) -> None:
    """The subject's row comes first: of two servers that score the same sitting one stops there.

    The record holds the session's stream until the end, so a correction is either seen behind it or comes later.
    """
    outcomes = papers.outcomes(paper, responses_of(sitting))
    score = SubjectScore.objects.create(
        sitting=sitting,
        points=papers.subject_points(paper, outcomes),
        of=papers.subject_of(paper),
        key_sha256=paper.sha256,
        scored_at=now,
    )
    rows = [item_row(sitting, item, one, paper.sha256) for item, one in outcomes.items()]
    ItemScore.objects.bulk_create(rows)
    data = {
        "points": str(score.points),
        "of": str(score.of),
        "key_sha256": paper.sha256,
        "items": len(outcomes),
    }
    record(sitting, Step("theory.scored", SYSTEM, now, data))
    if key_version(sitting.paper, corrections_of(sitting.paper)) != paper.sha256:
        raise KeyMoved(sitting.paper.code)
    if sitting.state == SittingState.SUBMITTED:
        mark_scored(sitting=sitting, actor=SYSTEM, now=now)


def item_row(sitting: "Sitting", item: str, outcome: Outcome, sha256: str) -> ItemScore:
    """The row of one item's outcome, not stored yet."""
    return ItemScore(
        sitting=sitting,
        item=item,
        points=outcome.points,
        max_points=outcome.max_points,
        policy=outcome.policy,
        key_sha256=sha256,
        explanation=outcome.explanation.as_data(),
        trail=dict(outcome.trail),
    )
