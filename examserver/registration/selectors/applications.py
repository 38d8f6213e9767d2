"""Reads applications: only those that the actor may see, so that another's is as if it were not there."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from examserver.kernel.access import Actor, Role
from examserver.people.numbers import number_digest
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.duties import BODY
from examserver.registration.applications.states import DEAD, ApplicationState
from examserver.registration.models import (
    Application,
    ApplicationEvent,
    Document,
    Institution,
    InstitutionMember,
)


def visible_to(actor: Actor) -> QuerySet[Application]:
    """The applications that the actor may see: the body all, an institution and a candidate their own."""
    every = Application.objects.all()
    if actor.kind == "system" or (actor.kind == "staff" and actor.has(*BODY)):
        return every
    if actor.kind == "candidate":
        return every.filter(candidate_id=actor.id)
    if actor.kind != "staff" or not actor.has(Role.INSTITUTION):
        return every.none()
    return every.filter(institution__members__staff_id=actor.id)


def application(application_id: int, actor: Actor) -> Application:
    """One application; Application.DoesNotExist when the actor may not see it."""
    return visible_to(actor).select_related("offering", "institution", "candidate").get(pk=application_id)


def by_id_number(typed: str, actor: Actor) -> QuerySet[Application]:
    """The applications with exactly this ID number, of those that the actor may see; none for a part of a number."""
    digest = number_digest(typed)
    return visible_to(actor).filter(id_digest=digest) if digest else Application.objects.none()


def institution_of(actor: Actor) -> Institution | None:
    """The institution that the actor acts for."""
    if actor.kind != "staff" or not actor.has(Role.INSTITUTION):
        return None
    member = InstitutionMember.objects.select_related("institution").filter(staff_id=actor.id).first()
    return member.institution if member else None


def is_member(actor: Actor, institution_id: int | None) -> bool:
    """Whether the actor acts for that institution."""
    own = institution_of(actor)
    return own is not None and own.pk == institution_id


def events(application: Application) -> list[ApplicationEvent]:
    """What was done to the application, in order."""
    return list(application.events.order_by("number"))


def documents(application: Application) -> dict[DocumentKind, Document]:
    """The documents that count: of each kind the last; the earlier ones are kept behind it."""
    rows: Iterable[Document] = application.documents.order_by("pk")
    return {DocumentKind(one.kind): one for one in rows}


def duplicates(document: Document) -> QuerySet[Application]:
    """Applications of other people that hold the same file: a lead for a person, and no finding."""
    same = Application.objects.filter(documents__sha256=document.sha256).distinct()
    return same.exclude(id_digest=document.application.id_digest).order_by("pk")


def offerings_this_month(candidate_id: int, month: date, besides: int) -> frozenset[str]:
    """Codes of what the person applied for in the month and what still counts, without the application `besides`."""
    live = [state for state in ApplicationState if state not in DEAD]
    rows = Application.objects.filter(candidate_id=candidate_id, month=month, state__in=live)
    return frozenset(rows.exclude(pk=besides).values_list("offering__code", flat=True))
