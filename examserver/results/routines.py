"""The periodic work of results, run by the server every second."""

from collections.abc import Callable
from datetime import datetime

from examserver.results.services import compiling


def compile_results(now: datetime) -> None:
    """Bring every result in line with its sitting and score. Idempotent and crash-safe."""
    compiling.compile_results(now=now)


ROUTINES: tuple[Callable[[datetime], None], ...] = (compile_results,)
