"""Which page belongs on a candidate's screen, and the `state` object of the protocol. Reads only."""

from datetime import datetime
from typing import Any

from django.conf import settings

from examserver.delivery import selectors
from examserver.delivery.models import Sitting
from examserver.delivery.states import OPEN_STATES, SittingState
from examserver.delivery.timing import hand_in_opens
from examserver.kernel.access import Actor
from examserver.kernel.clock import wire
from itembank.selectors import answer_sheet, item_count, kinds, paper_for_candidate, takes_files
from itembank.states import Subject

_STAGES = {
    SittingState.EXPECTED: "not_admitted",
    SittingState.NOT_ADMITTED: "not_admitted",
    SittingState.CHECKED_IN: "confirm",
    SittingState.ABSENT: "absent",
    SittingState.SUBMITTED: "submitted",
    SittingState.SCORED: "submitted",
    SittingState.RELEASED: "submitted",
}


def sitting_of(actor: Actor) -> Sitting | None:
    """The sitting that the signed-in candidate's page is about; None for anybody else."""
    return selectors.sitting_of_session(actor.session) if actor.kind == "candidate" else None


def stage(sitting: Sitting) -> str:
    """The page that belongs on the screen, as docs/protocol.md lists them."""
    state = SittingState(sitting.state)
    if state in OPEN_STATES:
        return "working"
    if state is SittingState.SEATED:
        return _preparation(sitting)
    return _STAGES.get(state, "ended")


def _preparation(sitting: Sitting) -> str:
    if sitting.rules_accepted_at is None:
        return "rules"
    if sitting.camera_checked_at is None and not sitting.camera_waived:
        return "camera"
    return "waiting"


def state(sitting: Sitting, now: datetime) -> dict[str, Any]:
    """The protocol's whole `state` message."""
    started = sitting.started_at
    opens = hand_in_opens(started, settings.HAND_IN_AFTER_MINUTES) if started else None
    return {
        "type": "state",
        "now": wire(now),
        "sitting": sitting.pk,
        "subject": sitting.session.subject,
        "stage": stage(sitting),
        "session_state": sitting.session.state,
        "state": sitting.state,
        "started_at": wire(started),
        "ends_at": wire(_end(sitting, now)),
        "accepts_until": wire(sitting.accepts_until),
        "paused": sitting.state == SittingState.PAUSED,
        "hand_in_from": wire(opens),
        "paper_sha256": sitting.paper.sha256,
        "kinds": kinds(sitting.paper) if stage(sitting) == "waiting" else [],
        "camera_required": not sitting.camera_waived,
        "hand_raised": sitting.hand_raised_at is not None,
        "notices": [_notice(one) for one in sitting.notices.filter(withdrawn_at=None).order_by("issued_at")],
        "receipt": _receipt(sitting),
    }


def _end(sitting: Sitting, now: datetime) -> datetime | None:
    """Only an open pause makes the stored end older than the ledger's."""
    return selectors.ends_at(sitting, now) if sitting.state == SittingState.PAUSED else sitting.ends_at


def _notice(notice: Any) -> dict[str, Any]:
    return {
        "id": notice.pk,
        "kind": notice.kind,
        "clause": notice.clause,
        "body": notice.body,
        "issued_at": wire(notice.issued_at),
        "read_at": wire(notice.read_at),
    }


def _receipt(sitting: Sitting) -> dict[str, Any] | None:
    if sitting.submitted_at is None:
        return None
    return {
        "answered": sitting.receipt_count,
        "of": item_count(sitting.paper),
        "sha256": sitting.receipt_sha256,
        "submitted_at": wire(sitting.submitted_at),
        "submitted_by": sitting.submitted_by,
    }


def paper(sitting: Sitting) -> dict[str, Any]:
    """The candidate's own paper with the answers given so far; keys are in another table."""
    content = paper_for_candidate(sitting.paper, sitting.seed)
    result = {**content, "responses": _responses(sitting)}
    if sitting.session.subject == Subject.PRACTICAL:
        result["tasks"] = [_with_urls(task) for task in content["tasks"]]
    if sitting.session.subject == Subject.PRACTICAL or takes_files(sitting.paper):
        result["files"] = files(sitting)
    return result


def _responses(sitting: Sitting) -> dict[str, dict[str, Any]]:
    """The answers given so far, as this candidate's paper names things."""
    aliases, rows = answer_sheet(sitting.paper, sitting.seed).aliases, selectors.response_rows(sitting)
    return {
        item: {**row, "value": aliases[item].shown(row["value"])} if item in aliases else row
        for item, row in rows.items()
    }


def _with_urls(task: dict[str, Any]) -> dict[str, Any]:
    linked = [{**m, "url": f"/api/exam/materials/{task['id']}/{m['id']}/"} for m in task["materials"]]
    return {**task, "materials": linked}


def files(sitting: Sitting) -> dict[str, list[dict[str, Any]]]:
    """Every version of every file, and which one counts."""
    counting = {one.pk for one in selectors.confirmed_files(sitting).values()}
    found: dict[str, list[dict[str, Any]]] = {}
    for one in sitting.files.order_by("deliverable", "version"):
        found.setdefault(one.deliverable, []).append(file(one, counts=one.pk in counting))
    return found


def file(one: Any, *, counts: bool) -> dict[str, Any]:
    """One version of a work file as the protocol shows it."""
    return {
        "id": one.pk,
        "version": one.version,
        "name": one.name,
        "size": one.size,
        "received": one.received,
        "sha256": one.sha256,
        "state": one.state,
        "counts": counts,
        "confirmed_at": wire(one.confirmed_at),
    }
