"""Makes the report of a paper after its day, and gives what it says of items back to the bank."""

from dataclasses import asdict, dataclass
from datetime import datetime

from examserver.kernel.access import Actor, NotAllowed
from itembank.services.uses import DayOfPaper, ItemFigures, record_statistics
from scoring.papers import corrected_keys, voided_items
from scoring.selectors.statistics import Asked, SatPaper, day_marks, paper_of, still_sat
from scoring.services.keys import corrections_of, keys_of
from scoring.statistics.report import ItemReport, Report, report


@dataclass(frozen=True, slots=True)
class DayReport:
    """A paper's day: what was asked and what the marks say, item by item in the same order."""

    sat: SatPaper
    asked: tuple[Asked, ...]
    report: Report
    voided: frozenset[str]


def day_report(sat: SatPaper) -> DayReport:
    """The report by the keys as they are corrected now; NotAllowed while the paper is still sat, KeyChanged."""
    if still_sat(sat):
        raise NotAllowed("statistics_still_sat")
    paper = paper_of(sat)
    corrections = corrections_of(paper)
    marks = day_marks(sat, paper.content, corrected_keys(keys_of(paper), corrections))
    voided = frozenset(voided_items(corrections))
    return DayReport(sat, marks.asked, report(marks.sheet, marks.choices, voided), voided)


def record_day_statistics(*, sat: SatPaper, actor: Actor, now: datetime) -> int:
    """Give facility, discrimination, flags and exposure of every item back to the bank; returns how many it knows."""
    found = day_report(sat)
    rows = [_row(asked, one) for asked, one in zip(found.asked, found.report.items, strict=True)]
    unknown = record_statistics(sat=DayOfPaper(sat.paper_id, sat.day), rows=rows, actor=actor, now=now)
    return len(rows) - len(unknown)


def _row(asked: Asked, one: ItemReport) -> ItemFigures:
    """Discrimination as a correlation, -1 to 1."""
    index = one.figures.discriminationindex
    return ItemFigures(
        code=asked.id,
        candidates=one.figures.s,
        facility=one.figures.facility,
        discrimination=None if index is None else index / 100,
        flags=tuple(flag.code for flag in one.flags),
        figures={
            "sd": one.figures.sd,
            "efficiency": one.figures.discriminativeefficiency,
            "options": {option.id: option.count for option in one.options},
            "rasch": asdict(one.rasch) if one.rasch else None,
        },
    )
