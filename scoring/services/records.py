"""What every act of scoring leaves in the audit chain: one stream for each session that was examined."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from examserver.kernel import audit
from examserver.kernel.access import Actor

if TYPE_CHECKING:
    from examserver.delivery.models import Sitting


@dataclass(frozen=True, slots=True)
class Step:
    """What was done (`mark.given`), by whom, when, and the facts worth keeping."""

    action: str
    actor: Actor
    now: datetime
    data: Mapping[str, Any]


def record(sitting: "Sitting", step: Step) -> None:
    """Append the step to the session's scoring stream, in the caller's transaction."""
    stream, subject = f"scoring:{sitting.session_id}", f"sitting:{sitting.pk}"
    audit.record(audit.Act(stream, step.action, subject, str(step.actor), step.data), step.now)
