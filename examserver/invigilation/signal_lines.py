"""What pages told that made an incident, kind by kind, for its card: what, when and how often."""

from collections.abc import Iterable

from examserver.invigilation.cards import SignalLine
from examserver.invigilation.models import Signal
from examserver.kernel.clock import milliseconds


def signal_lines(rows: Iterable[Signal]) -> list[SignalLine]:
    """A line for each kind, in the order in which the kinds first began."""
    kinds: dict[str, list[Signal]] = {}
    for row in sorted(rows, key=lambda one: (one.began_at, one.pk)):
        kinds.setdefault(row.kind, []).append(row)
    return [_line(kind, told) for kind, told in kinds.items()]


def _line(kind: str, told: list[Signal]) -> SignalLine:
    return SignalLine(
        kind=kind,
        times=len(told),
        first_at=milliseconds(told[0].began_at),
        last_at=milliseconds(told[-1].began_at),
        seconds=round(sum((one.told_at - one.began_at).total_seconds() for one in told), 1),
        size=max(one.size for one in told),
    )
