"""The only reader of the wall clock; everything else is given `now`."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

VENUE_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def milliseconds(moment: datetime) -> int:
    """`moment` as milliseconds since the epoch, the unit of every time on the wire."""
    return round(moment.timestamp() * 1000)


def wire(moment: datetime | None) -> int | None:
    """`moment` for the wire, or None where there is none."""
    return None if moment is None else milliseconds(moment)
