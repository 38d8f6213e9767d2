"""The kinds of field that bank files and specifications share, and how points are written. Pure."""

from decimal import Decimal
from typing import Annotated

from msgspec import Meta

_NO_NUL = r"\A[^\x00]*\Z"  # PostgreSQL stores no NUL in JSON or text
CODE_PATTERN = r"\A[A-Za-z0-9][A-Za-z0-9_-]*\Z"

ItemCode = Annotated[str, Meta(min_length=1, max_length=40, pattern=CODE_PATTERN)]
PartCode = Annotated[str, Meta(min_length=1, max_length=16, pattern=CODE_PATTERN)]
OptionCode = Annotated[str, Meta(min_length=1, max_length=8, pattern=CODE_PATTERN)]
ShortText = Annotated[str, Meta(min_length=1, max_length=80, pattern=_NO_NUL)]
Title = Annotated[str, Meta(min_length=1, max_length=120, pattern=_NO_NUL)]
LongText = Annotated[str, Meta(min_length=1, max_length=4000, pattern=_NO_NUL)]
OptionalText = Annotated[str, Meta(max_length=4000, pattern=_NO_NUL)]
Share = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=1, le=1000)]
Chars = Annotated[int, Meta(ge=1, le=20_000)]
Bytes = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Level = Annotated[int, Meta(ge=1, le=5)]
OfferingCode = Annotated[str, Meta(min_length=1, max_length=8, pattern=CODE_PATTERN)]
LineNumber = Annotated[str, Meta(min_length=1, max_length=16, pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z")]
FileName = Annotated[str, Meta(max_length=120, pattern=r"\A[^\x00-\x1f\x7f/\\]*[^\x00-\x1f\x7f/\\.]\Z")]
MediaType = Annotated[str, Meta(max_length=80, pattern=r"\A[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*\Z")]
Ending = Annotated[str, Meta(max_length=12, pattern=r"\A\.[a-z0-9]+\Z")]
Minutes = Annotated[int, Meta(ge=1, le=600)]
FINEST_POINTS = Decimal("0.5")


def points_text(points: Decimal) -> str:
    """`points` as the wire writes them, without trailing zeros or exponent: 40, 0.5, 100."""
    text = format(points, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_points(points: Decimal) -> bool:
    """Whether `points` is positive and a multiple of half a point, the finest step of a mark."""
    return points.is_finite() and points > 0 and points % FINEST_POINTS == 0
