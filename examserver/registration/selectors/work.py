"""The work lists of applications: how many stand where, and the rows of one list, with a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from examserver.kernel.access import Actor
from examserver.people.numbers import number_digest
from examserver.registration.applications.states import ApplicationState
from examserver.registration.models import Application
from examserver.registration.selectors.applications import visible_to

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows: a state, an offering's code, words that were typed, the last row of the page before."""

    state: str = ""
    offering: str = ""
    text: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of applications, the oldest first, and the key after which the next page begins, 0 on the last."""

    rows: tuple[Application, ...]
    after: int


def counts(actor: Actor) -> Mapping[str, int]:
    """How many of the applications that the actor may see stand at each state, in the order of the states."""
    rows = visible_to(actor).values_list("state").annotate(n=Count("pk")).order_by()
    found = dict(rows)
    return {state.value: found[state] for state in ApplicationState if state in found}


def listed(actor: Actor, wanted: Wanted) -> Listed:
    """One page of what is wanted, of what the actor may see."""
    rows = _narrowed(visible_to(actor), wanted).filter(pk__gt=wanted.after)
    page = list(rows.select_related("offering", "institution").order_by("pk")[: PAGE + 1])
    more = len(page) > PAGE
    return Listed(tuple(page[:PAGE]), page[PAGE - 1].pk if more else 0)


def _narrowed(rows: QuerySet[Application], wanted: Wanted) -> QuerySet[Application]:
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.offering:
        rows = rows.filter(offering__code=wanted.offering)
    text = wanted.text.strip()
    if not text:
        return rows
    match = Q(name__startswith=text) | Q(id_digest=number_digest(text)) | Q(external_reference=text)
    if text.isascii() and text.isdecimal() and len(text) < 10:
        match |= Q(pk=int(text))
    return rows.filter(match)
