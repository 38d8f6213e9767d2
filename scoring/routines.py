"""The periodic work of scoring, run by the server every second."""

from collections.abc import Callable
from datetime import datetime

from scoring.services.tasks import open_grading_tasks
from scoring.services.theory import score_closed_theory


def score_closed_sittings(now: datetime) -> None:
    """Score closed theory sittings, open the grading tasks of practical ones; idempotent, crash-safe."""
    score_closed_theory(now=now)
    open_grading_tasks(now=now)


ROUTINES: tuple[Callable[[datetime], None], ...] = (score_closed_sittings,)
