"""Everything about one paper: figures, flags, options, curves, distribution, Rasch."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from scoring.statistics.flags import FEW, Flag, item_flags
from scoring.statistics.groups import Extremes, Point, curve, distribution, extremes, score_groups
from scoring.statistics.items import ItemFigures, item_figures
from scoring.statistics.options import Choices, OptionFigures, option_figures, unanswered
from scoring.statistics.papers import PaperFigures, paper_figures
from scoring.statistics.rasch import Rasch, RaschItem, rasch
from scoring.statistics.sheet import Sheet


@dataclass(frozen=True, slots=True)
class ItemReport:
    """All that is said of one item; `unanswered` is None where nobody was asked to choose."""

    figures: ItemFigures
    options: tuple[OptionFigures, ...]
    unanswered: int | None
    curve: tuple[Point, ...]
    flags: tuple[Flag, ...]
    rasch: RaschItem | None


@dataclass(frozen=True, slots=True)
class Report:
    """All that is said of one paper, items in its order."""

    paper: PaperFigures
    items: tuple[ItemReport, ...]
    distribution: tuple[int, ...]
    rasch: Rasch

    @property
    def few(self) -> bool:
        """Whether so few sat the paper that its figures are only hints."""
        return self.paper.s < FEW


def report(sheet: Sheet, choices: Mapping[str, Choices], voided: Collection[str] = ()) -> Report:
    """The report; `choices` by slot for items with options; `voided` slots have no flags: they are dealt with."""
    figures = item_figures(sheet)
    paper = paper_figures(sheet, figures)
    slots = {one.slot: one for one in figures if one.subqname is None and one.variant is None}
    ends, groups, scale = extremes(sheet.totals), score_groups(sheet.totals), rasch(sheet)
    logits = {one.slot: one for one in scale.items}
    items = []
    for column, slot in enumerate(sheet.slots):
        asked = choices.get(slot)
        options = _options(sheet, column, asked, ends) if asked else ()
        items.append(
            ItemReport(
                slots[slot],
                options,
                unanswered(asked) if asked else None,
                curve(sheet, column, groups),
                () if slot in voided else item_flags(slots[slot], options),
                logits.get(slot),
            )
        )
    return Report(paper, tuple(items), distribution(sheet.totals, paper.maxmark), scale)


def _options(sheet: Sheet, column: int, asked: Choices, ends: Extremes) -> tuple[OptionFigures, ...]:
    return option_figures(asked, sheet.totals - np.nan_to_num(sheet.marks[:, column]), ends)
