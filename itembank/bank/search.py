"""Searches the bank for its list: words, type, point, difficulty, state and pool; counted, sorted, in pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from examserver.kernel.access import Actor, Role
from itembank.models import Item, Pool
from itembank.states import ItemState, ItemType, VersionState

PAGE = 25
SORTS: Mapping[str, Sequence[str]] = {
    "code": ("code",),
    "type": ("latest__type", "code"),
    "point": ("latest__knowledge_point", "code"),
    "difficulty": ("latest__difficulty", "code"),
    "newest": ("-latest__created_at", "code"),
}
DIFFICULTIES: Mapping[str, tuple[float, float]] = {
    "easy": (0, 0.35),
    "middle": (0.35, 0.65),
    "hard": (0.65, 1.01),
}
RETIRED = "retired"
IN_USE = "in_use"


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty fields look for anything."""

    words: str = ""
    type: str = ""
    point: str = ""
    difficulty: str = ""
    state: str = ""
    pool: str = ""
    sort: str = "code"
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but order and page is asked for."""
        return any((self.words, self.type, self.point, self.difficulty, self.state, self.pool))


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, and how many items there are of each state and type in all of it."""

    page: Page[Item]
    states: Sequence[tuple[str, int]]
    types: Sequence[tuple[str, int]]
    points: Sequence[str]
    pools: Sequence[Pool]
    total: int


def visible(actor: Actor) -> QuerySet[Item]:
    """The items that `actor` may know of: another author's first draft is nobody else's yet."""
    rows = Item.objects.filter(latest__isnull=False)
    hidden = Q(latest__standing__state__in=[VersionState.DRAFT, VersionState.WITHDRAWN], latest__number=1)
    if actor.has(Role.ITEM_REVIEWER):
        return rows.exclude(
            hidden & Q(latest__standing__state=VersionState.DRAFT) & ~Q(latest__author=str(actor))
        )
    return rows.exclude(hidden & ~Q(latest__author=str(actor)))


def search(asked: Search, actor: Actor) -> Found:
    """The page of items that are `asked` for, among those that `actor` may know of."""
    everything = visible(actor)
    rows = _narrowed(everything, asked)
    ordered = rows.select_related("latest__standing", "approved", "pool").order_by(
        *SORTS.get(asked.sort, SORTS["code"])
    )
    return Found(
        page=Paginator(ordered, PAGE).get_page(asked.page),
        states=_states(everything),
        types=_counted(everything, "latest__type", ItemType),
        points=[
            point
            for point in everything.order_by("latest__knowledge_point")
            .values_list("latest__knowledge_point", flat=True)
            .distinct()
            if point
        ],
        pools=list(Pool.objects.order_by("code")),
        total=everything.count(),
    )


def _narrowed(rows: QuerySet[Item], asked: Search) -> QuerySet[Item]:
    for word in asked.words.split():
        rows = rows.filter(Q(latest__text__icontains=word) | Q(code__icontains=word))
    exact = {"latest__type": asked.type, "latest__knowledge_point": asked.point, "pool__code": asked.pool}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if asked.difficulty in DIFFICULTIES:
        lowest, below = DIFFICULTIES[asked.difficulty]
        rows = rows.filter(latest__difficulty__gte=lowest, latest__difficulty__lt=below)
    return _in_state(rows, asked.state) if asked.state else rows


def _in_state(rows: QuerySet[Item], state: str) -> QuerySet[Item]:
    if state == RETIRED:
        return rows.filter(state=ItemState.RETIRED)
    rows = rows.filter(state=ItemState.ACTIVE)
    if state == IN_USE:
        return rows.filter(approved__isnull=False)
    return rows.filter(latest__standing__state=state)


def _counted(
    rows: QuerySet[Item], field: str, order: Sequence[str] | type[ItemType]
) -> list[tuple[str, int]]:
    counted = dict(rows.order_by().values_list(field).annotate(n=Count("pk")))
    return [(str(name), counted[name]) for name in order if counted.get(name)]


def _states(rows: QuerySet[Item]) -> list[tuple[str, int]]:
    active = rows.filter(state=ItemState.ACTIVE)
    open_states = [VersionState.DRAFT, VersionState.IN_REVIEW, VersionState.RETURNED, VersionState.WITHDRAWN]
    found = [(IN_USE, active.filter(approved__isnull=False).count())]
    found += _counted(active, "latest__standing__state", open_states)
    return [*found, (RETIRED, rows.filter(state=ItemState.RETIRED).count())]
