"""Reads frozen papers for their custodian."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itembank.models import Paper
from itembank.selectors import item_count


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A frozen paper in the list."""

    paper: Paper
    items: int


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A frozen paper looked into: its sections or tasks as they are frozen, never its keys."""

    paper: Paper
    sections: Sequence[Mapping[str, Any]]
    tasks: Sequence[Mapping[str, Any]]
    codes: Sequence[str]


def paper_list() -> list[PaperRow]:
    """Every paper, the newest first."""
    return [PaperRow(paper, item_count(paper)) for paper in Paper.objects.order_by("-frozen_at", "code")]


def paper_page(paper: Paper, content: Mapping[str, Any]) -> PaperPage:
    """The paper with all that candidates will see of it; `content` is what its custodian was let see."""
    sections, tasks = content.get("sections", ()), content.get("tasks", ())
    return PaperPage(
        paper, sections, tasks, [item["id"] for section in sections for item in section["items"]]
    )


def offerings() -> list[str]:
    """The offerings that papers have been frozen for, to choose from."""
    return list(Paper.objects.order_by("offering").values_list("offering", flat=True).distinct())
