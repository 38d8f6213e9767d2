"""Reads all that the page of an item shows: its versions, reviews, enemies, uses, figures and who has seen it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from examserver.kernel.access import Actor, Role
from examserver.kernel.models import LogEntry
from itembank.authoring.forms import is_editable
from itembank.authoring.parts import BadDraft
from itembank.authoring.questions import question_of
from itembank.bank.people import names
from itembank.bank.reviews import Waiting
from itembank.bank.versions import draft_of
from itembank.differences import key_text
from itembank.formats.question import Question
from itembank.models import EnemyGroup, Item, ItemVersion, Review, VersionFigures
from itembank.services.looking import STREAM
from itembank.states import VersionState

SEEN = 12


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody looked at the item."""

    who: str
    at: datetime
    what: str
    version: int


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item, one of its versions looked at, and everything beside it; `names` are those of all actors."""

    item: Item
    version: ItemVersion
    versions: Sequence[ItemVersion]
    key_text: str
    answers: Sequence[tuple[str, str, bool]]
    reviews: Sequence[Review]
    enemies: Sequence[EnemyGroup]
    papers: Sequence[tuple[str, int, int]]
    figures: Sequence[VersionFigures]
    seen: Sequence[Sight]
    names: dict[str, str]


def item_page(item: Item, version: ItemVersion) -> ItemPage:
    """Everything about `item`, with `version` looked at."""
    versions = list(item.versions.select_related("standing", "key").order_by("-number"))
    reviews = list(
        Review.objects.filter(version__item=item).select_related("version").order_by("-decided_at")
    )
    seen = _seen(item.code)
    people = {one.author for one in versions} | {one.reviewer for one in reviews} | {one.who for one in seen}
    return ItemPage(
        item=item,
        version=version,
        versions=versions,
        key_text=key_text(version.key.key),
        answers=_answers(version),
        reviews=reviews,
        enemies=list(item.enemy_groups.prefetch_related("items")),
        papers=_papers(item),
        figures=list(
            VersionFigures.objects.filter(use__version__item=item)
            .select_related("use__version", "use__paper")
            .order_by("-computed_at")[:SEEN]
        ),
        seen=seen,
        names=names(people),
    )


@dataclass(frozen=True, slots=True)
class Acts:
    """What somebody may do with the version that is looked at."""

    submit: bool
    withdraw: bool
    edit: bool
    decide: bool
    retire: bool


_TO_SUBMIT = (VersionState.DRAFT, VersionState.RETURNED, VersionState.WITHDRAWN)
_GONE = (VersionState.SUPERSEDED, VersionState.WITHDRAWN)


def acts_on(item: Item, version: ItemVersion, actor: Actor, waiting: Waiting | None) -> Acts:
    """The acts that the page offers; services check each again."""
    newest, own = item.latest_id == version.pk, version.author == str(actor)
    reviewer, state = actor.has(Role.ITEM_REVIEWER), version.standing.state
    return Acts(
        submit=newest and own and state in _TO_SUBMIT,
        withdraw=newest and (own or reviewer) and state not in _GONE,
        edit=newest and actor.has(Role.ITEM_AUTHOR) and editable_question(item.code, version) is not None,
        decide=reviewer and waiting is not None and waiting.open,
        retire=reviewer,
    )


def editable_question(code: str, version: ItemVersion) -> Question | None:
    """The version as a question that the editor's form can show all of; None where it cannot."""
    try:
        question = question_of(code, draft_of(version))
    except BadDraft:
        return None
    return question if is_editable(question) and not version.content.get("media") else None


def _answers(version: ItemVersion) -> list[tuple[str, str, bool]]:
    """The options of a plain choice with whether they are right: id, text, right."""
    correct = version.key.key.get("correct", ())
    return [(one["id"], one["text"], one["id"] in correct) for one in version.content.get("options", ())]


def _papers(item: Item) -> list[tuple[str, int, int]]:
    """Code of the paper, number of the version in it, candidates who saw it."""
    found: list[tuple[str, int, int]] = []
    for version in item.versions.prefetch_related("uses__paper", "uses__exposures"):
        for use in version.uses.all():
            seen = sum(one.candidates for one in use.exposures.all())
            found.append((use.paper.code, version.number, seen))
    return sorted(found)


def _seen(code: str) -> list[Sight]:
    rows = LogEntry.objects.filter(stream=STREAM, subject=f"item:{code}").order_by("-number")[:SEEN]
    return [_sight(row.actor, row.at, row.data) for row in rows]


def _sight(who: str, at: datetime, data: dict[str, Any]) -> Sight:
    return Sight(who, at, data["what"], data["version"])
