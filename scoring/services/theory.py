"""Scores closed theory sittings by the paper's key; of a void or terminated one the raw score is kept."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
from scoring import rules
from scoring.models import ItemScore, SubjectScore
from scoring.rubrics import total
from scoring.services.keys import frozen_keys
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


@dataclass(frozen=True, slots=True)
class PaperRules:
    """All that a paper's sittings are scored by: its keys, its policy, the hash of both."""

    keys: Mapping[str, rules.Key]
    policy: rules.Policy
    sha256: str


def score_closed_theory(*, now: datetime) -> int:
    """Score theory sittings that are closed and have no score; returns how many. Idempotent and crash-safe.

    A paper that nothing can be scored by is said loudly and holds up no other paper.
    """
    scored, broken = 0, set[int]()
    for pk, paper_id in _waiting():
        if scored >= A_ROUND:
            break
        if paper_id in broken:
            continue
        try:
            scored += _score_one(pk, now)
        except ValueError:
            broken.add(paper_id)
            log.exception("nothing can be scored by paper %s", paper_id)
    return scored


def _waiting() -> Iterator[tuple[int, int]]:
    for state in KEPT_STATES:
        begun = closed_sittings(state).filter(subject_score=None, started_at__isnull=False)
        yield from list(begun.filter(session__subject=Subject.THEORY).values_list("pk", "paper_id"))


def _score_one(pk: int, now: datetime) -> bool:
    found = sitting_by_key(pk)
    paper = read_rules(found)
    try:
        with transaction.atomic():
            _score(found, paper, now)
    except (IntegrityError, IllegalMove):
        log.info("sitting %s was scored or moved by somebody else", pk)
        return False
    except rules.BadResponse:
        log.exception("sitting %s holds a response that is none", pk)
        return False
    return True


def read_rules(sitting: "Sitting") -> PaperRules:
    """What the sitting's paper is scored by; rules.BadKey, KeyChanged."""
    keys = {item: rules.read_key(data) for item, data in frozen_keys(sitting).items()}
    return PaperRules(keys, rules.read_policy(sitting.paper.policy), sitting.paper.key.sha256)


def _score(sitting: "Sitting", paper: PaperRules, now: datetime) -> None:
    """The subject's row comes first: of two servers that score the same sitting one stops there."""
    responses = responses_of(sitting)
    outcomes = {
        item: rules.score(rules.read_response(responses.get(item)), key, paper.policy)
        for item, key in paper.keys.items()
    }
    score = SubjectScore.objects.create(
        sitting=sitting,
        points=total(outcome.points for outcome in outcomes.values()),
        of=total(outcome.max_points for outcome in outcomes.values()),
        key_sha256=paper.sha256,
        scored_at=now,
    )
    ItemScore.objects.bulk_create([_row(sitting, item, one, paper) for item, one in outcomes.items()])
    data = {
        "points": str(score.points),
        "of": str(score.of),
        "key_sha256": paper.sha256,
        "items": len(outcomes),
    }
    record(sitting, Step("theory.scored", SYSTEM, now, data))
    if sitting.state == SittingState.SUBMITTED:
        mark_scored(sitting=sitting, actor=SYSTEM, now=now)


def _row(sitting: "Sitting", item: str, outcome: rules.Outcome, paper: PaperRules) -> ItemScore:
    return ItemScore(
        sitting=sitting,
        item=item,
        points=outcome.points,
        max_points=outcome.max_points,
        policy=outcome.policy,
        key_sha256=paper.sha256,
        explanation={"key": outcome.explanation.key, "params": dict(outcome.explanation.params)},
    )
