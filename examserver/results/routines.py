"""The periodic work of results, run by the server every second."""

from collections.abc import Callable
from datetime import datetime

from examserver.results.services import certificates, compiling, revoking, telling


def compile_results(now: datetime) -> None:
    """Bring every result in line with its sitting and score. Idempotent and crash-safe."""
    compiling.compile_results(now=now)


def follow_results(now: datetime) -> None:
    """Tell what was released, note whose offering is passed, let certificates fall. Idempotent and crash-safe."""
    telling.tell_outcomes(now=now)
    certificates.note_eligible(now=now)
    revoking.follow_results(now=now)


ROUTINES: tuple[Callable[[datetime], None], ...] = (compile_results, follow_results)
