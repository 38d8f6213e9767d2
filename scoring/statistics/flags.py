"""What a person should look at: items whose key may be wrong, or that do not tell candidates apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import atanh, sqrt, tanh

from scoring.statistics.items import ItemFigures
from scoring.statistics.options import OptionFigures

# Below it a correlation of .3 cannot be told from none; flags are shown all the same, with this warning.
FEW = 30
# Below it even a flag says nothing but how one person had a bad day.
LEAST = 10
TOO_HARD, TOO_EASY = 0.2, 0.95
WEAK = 10.0
RARE = 0.02
CLEAR = 1.96


class Severity(StrEnum):
    """How soon to look: before results are released, or when the item is revised."""

    ACT = "act_now"
    LOOK = "attention"


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to look at: `code` is a sentence of the locale (`statistics.flag.<code>`), `params` what it needs."""

    code: str
    severity: Severity
    params: Mapping[str, str | int | float] = field(default_factory=dict)


def item_flags(item: ItemFigures, options: Sequence[OptionFigures]) -> tuple[Flag, ...]:
    """The flags of one item, the most pressing first; none below LEAST candidates."""
    if item.s < LEAST or item.facility is None:
        return ()
    found = [*_discrimination(item), *_distractors(item, options), *_facility(item)]
    return tuple(sorted(found, key=lambda flag: flag.severity is not Severity.ACT))


def upper_bound(percent: float, candidates: int) -> float:
    """The upper end of the 95 % interval of a correlation given in percent, by Fisher's z."""
    if candidates <= 3:
        return 100.0
    bounded = min(max(percent / 100, -0.999999), 0.999999)
    return 100 * tanh(atanh(bounded) + CLEAR / sqrt(candidates - 3))


def _discrimination(item: ItemFigures) -> Iterator[Flag]:
    value = item.discriminationindex
    if value is None:
        return
    if value < 0:
        clear = upper_bound(value, item.s) < 0
        yield Flag("negative", Severity.ACT if clear else Severity.LOOK, {"value": round(value)})
    elif value < WEAK and (item.facility or 0) < TOO_EASY:
        yield Flag("weak", Severity.LOOK, {"value": round(value)})


def _facility(item: ItemFigures) -> Iterator[Flag]:
    percent = {"value": round(100 * (item.facility or 0))}
    if item.facility is not None and item.facility < TOO_HARD:
        yield Flag("too_hard", Severity.LOOK, percent)
    if item.facility is not None and item.facility > TOO_EASY:
        yield Flag("too_easy", Severity.LOOK, percent)


def _distractors(item: ItemFigures, options: Sequence[OptionFigures]) -> Iterator[Flag]:
    """Against the weakest right option: where several are right, one of them may be the mistake."""
    keyed = [one.pointbiserial for one in options if one.key and one.pointbiserial is not None]
    others = [one for one in options if not one.key]
    enough = max(3, round(0.05 * item.s))
    for one in others if keyed else ():
        if one.count >= enough and one.pointbiserial is not None and one.pointbiserial > max(0.0, min(keyed)):
            yield Flag("better_distractor", Severity.ACT, {"option": one.id, "count": one.count})
    unused = [one.id for one in others if item.s >= FEW and one.share < RARE]
    if unused and any(one.key for one in options):
        yield Flag("unused", Severity.LOOK, {"options": "、".join(unused)})
