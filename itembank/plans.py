"""What a custodian says of papers about to be frozen: codes, title, time, pass mark, points. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from itembank.fields import CODE_PATTERN, points_text, whole_points
from itembank.states import MultipleScoring

MOST_CODE = 36  # a number is added to it
MOST_OFFERING = 8
MOST_TITLE = 120
MOST_MINUTES = 600
USUAL_MINUTES = 90
USUAL_PASS = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """What all papers have in common; `points` is what an item of each section is worth."""

    code: str
    offering: str
    title: str
    minutes: int
    pass_mark: Decimal
    points: tuple[Decimal, ...]
    multiple: MultipleScoring = MultipleScoring.ALL_OR_NOTHING

    def codes(self, count: int) -> list[str]:
        """The code of each of `count` papers: the plan's own for one, numbered for several."""
        return [self.code] if count == 1 else [f"{self.code}-{n}" for n in range(1, count + 1)]


class BadPlan(ValueError):
    """Fields that cannot be used: `faults` has the code of what is wrong by the name of the field."""

    code = "bad_plan"

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{name}: {code}" for name, code in faults.items()))
        self.faults = dict(faults)


def usual_fields(points: Sequence[Decimal], counts: Sequence[int]) -> dict[str, str]:
    """The form as it is first shown: the usual time, and a pass mark at 60 % of all points, in steps of a half."""
    total = sum((one * count for one, count in zip(points, counts, strict=True)), Decimal(0))
    half = max(Decimal("0.5"), (total * USUAL_PASS * 2).to_integral_value() / 2)
    fields = {f"points_{n}": points_text(one) for n, one in enumerate(points)}
    return {"minutes": str(USUAL_MINUTES), "pass_mark": points_text(half), **fields}


def read_plan(given: Mapping[str, str], counts: Sequence[int]) -> PaperPlan:
    """The plan in the fields of a form, `points_0` for the first section; `counts` are the sections' items. BadPlan."""
    faults: dict[str, str] = {}
    words = {name: given.get(name, "").strip() for name in ("code", "offering", "title")}
    for name, most in (("code", MOST_CODE), ("offering", MOST_OFFERING)):
        if len(words[name]) > most or not re.fullmatch(CODE_PATTERN, words[name]):
            faults[name] = "plan_code"
    if not 0 < len(words["title"]) <= MOST_TITLE or "\0" in words["title"]:
        faults["title"] = "plan_title"
    points = [_points(given, f"points_{n}", faults) for n in range(len(counts))]
    total = sum((one * count for one, count in zip(points, counts, strict=True)), Decimal(0))
    pass_mark = _points(given, "pass_mark", faults)
    if "pass_mark" not in faults and pass_mark > total:
        faults["pass_mark"] = "plan_pass"  # noqa: S105 - a mark, and what is wrong with it
    minutes = _minutes(given, faults)
    multiple = _multiple(given, faults)
    if faults:
        raise BadPlan(faults)
    return PaperPlan(**words, minutes=minutes, pass_mark=pass_mark, points=tuple(points), multiple=multiple)


def _points(given: Mapping[str, str], name: str, faults: dict[str, str]) -> Decimal:
    try:
        value = Decimal(given.get(name, "").strip())
    except InvalidOperation:
        value = Decimal(0)
    if not whole_points(value) or value >= 1000:
        faults[name] = "plan_points"
        return Decimal(0)
    return value


def _minutes(given: Mapping[str, str], faults: dict[str, str]) -> int:
    text = given.get("minutes", "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST_MINUTES):
        faults["minutes"] = "plan_minutes"
        return 0
    return int(text)


def _multiple(given: Mapping[str, str], faults: dict[str, str]) -> MultipleScoring:
    try:
        return MultipleScoring(given.get("multiple", MultipleScoring.ALL_OR_NOTHING.value))
    except ValueError:
        faults["multiple"] = "plan_multiple"
        return MultipleScoring.ALL_OR_NOTHING
