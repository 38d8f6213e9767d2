"""Reads payment orders: what each asks for, what is still due, and the words that its transfer is to carry."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet, Sum

from examserver.kernel.access import Actor, Role
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.duties import BODY
from examserver.registration.applications.faults import refuse
from examserver.registration.applications.states import FINAL, ApplicationState
from examserver.registration.catalogue.content import Payee
from examserver.registration.models import Application, Credit, Document, PaymentLine, PaymentOrder
from examserver.registration.money import mail_subject
from examserver.registration.selectors.applications import visible_to
from examserver.registration.selectors.catalogue import catalogue_of
from itembank.states import Subject

PAGE = 50
WAITING = Q(lines__application__state=ApplicationState.AWAITING_PAYMENT)
STANDINGS = ("open", "late", "done")


@dataclass(frozen=True, slots=True)
class OrderSeen:
    """An order as a page shows it; `due` is what is still awaited, `remarks` one mail subject an offering."""

    order: PaymentOrder
    lines: tuple[PaymentLine, ...]
    total: int
    due: int
    last_day: date | None
    remarks: tuple[str, ...]
    payee: Payee
    credits: tuple[Credit, ...]
    slips: tuple[Document, ...]


def visible_orders(actor: Actor) -> QuerySet[PaymentOrder]:
    """The orders that the actor may see: the body all, an institution its own, a person what they pay themselves."""
    every = PaymentOrder.objects.all()
    if actor.kind == "system" or (actor.kind == "staff" and actor.has(*BODY)):
        return every
    if actor.kind == "candidate":
        return every.filter(institution=None, lines__application__candidate_id=actor.id)
    if actor.kind != "staff" or not actor.has(Role.INSTITUTION):
        return every.none()
    return every.filter(institution__members__staff_id=actor.id)


def prices_of(application: Application) -> Mapping[str, int]:
    """The price of each subject that is applied for, by the application's own notice; Refused `price_missing`."""
    version = application.catalogue_version
    offered = catalogue_of(version).offered(application.offering.code) if version else None
    if offered is None:
        raise refuse("price_missing", "amount", offering=application.offering.code)
    wanted = application.subject_set
    return {subject.value: offered.fee.of(subject) for subject in Subject if subject in wanted}


def order_seen(order_id: int, actor: Actor) -> OrderSeen:
    """One order with all that its page tells; PaymentOrder.DoesNotExist when the actor may not see it."""
    order = visible_orders(actor).select_related("institution").get(pk=order_id)
    rows = order.lines.select_related("application__offering", "application__credit").order_by("pk")
    lines = tuple(rows)
    waiting = [one for one in lines if one.application.state == ApplicationState.AWAITING_PAYMENT]
    came = {one.application.credit for one in lines if one.application.credit is not None}
    return OrderSeen(
        order=order,
        lines=lines,
        total=sum(one.amount for one in lines),
        due=sum(one.amount for one in waiting),
        last_day=min((one.application.pay_by for one in waiting if one.application.pay_by), default=None),
        remarks=remarks_of(order.payer, [one.application for one in lines]),
        payee=catalogue_of(lines[-1].catalogue_version).payee,
        credits=tuple(sorted(came, key=lambda one: one.pk)),
        slips=slips_of(order),
    )


def slips_of(order: PaymentOrder) -> tuple[Document, ...]:
    """The slips that were handed in for the order, the oldest first."""
    rows = Document.objects.filter(kind=DocumentKind.PAYMENT_SLIP, application__order_line__order_id=order.pk)
    return tuple(rows.order_by("pk"))


def remarks_of(payer: str, applications: list[Application]) -> tuple[str, ...]:
    """The notice's mail subject for each offering, for as many as still take part; Refused as `mail_subject` says."""
    living = [one for one in applications if one.state not in FINAL]
    counted = Counter((one.catalogue_version, one.offering.code) for one in living)
    return tuple(_remark(payer, version, code, count) for (version, code), count in sorted(counted.items()))


def _remark(payer: str, version: str, code: str, count: int) -> str:
    catalogue = catalogue_of(version)
    offered = catalogue.offered(code)
    level = offered and catalogue.level(offered.level)
    if not offered or not level:
        raise refuse("price_missing", "amount", offering=code)
    return mail_subject(payer, offered.fee_name, level.name.zh, count)


@dataclass(frozen=True, slots=True)
class OrdersWanted:
    """What the list shows: a standing (`open`, `late`, `done`, or all), typed words, the last row before it."""

    standing: str = ""
    text: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class OrdersListed:
    """A page of orders, the oldest first, and the key after which the next begins, 0 on the last."""

    rows: tuple[PaymentOrder, ...]
    after: int


def order_counts(actor: Actor, today: date) -> Mapping[str, int]:
    """How many orders wait for money, are late, and wait for nothing; the late wait too."""
    return {one: _standing(visible_orders(actor), one, today).count() for one in STANDINGS}


def orders_listed(actor: Actor, wanted: OrdersWanted, today: date) -> OrdersListed:
    """One page of what is wanted, each row with `people`, `total`, `due` and `pay_by`."""
    rows = _standing(visible_orders(actor), wanted.standing, today).filter(_typed(wanted.text))
    keys = list(rows.filter(pk__gt=wanted.after).order_by("pk").values_list("pk", flat=True)[: PAGE + 1])
    found = PaymentOrder.objects.filter(pk__in=keys[:PAGE]).annotate(
        people=Count("lines"),
        total=Sum("lines__amount"),
        due=Sum("lines__amount", filter=WAITING),
        pay_by=Min("lines__application__pay_by", filter=WAITING),
    )
    return OrdersListed(tuple(found.order_by("pk")), keys[PAGE - 1] if len(keys) > PAGE else 0)


def _standing(rows: QuerySet[PaymentOrder], standing: str, today: date) -> QuerySet[PaymentOrder]:
    if standing not in STANDINGS:
        return rows.distinct()
    awaited = PaymentLine.objects.filter(application__state=ApplicationState.AWAITING_PAYMENT)
    if standing == "late":
        awaited = awaited.filter(application__pay_by__lt=today)
    found = awaited.values("order_id")
    kept = rows.exclude(pk__in=found) if standing == "done" else rows.filter(pk__in=found)
    return kept.distinct()


def _typed(text: str) -> Q:
    """An order's number, the beginning of its payer, or a bank's reference; everything where nothing is typed."""
    typed = text.strip()
    if not typed:
        return Q()
    match = Q(payer__startswith=typed) | Q(lines__application__credit__reference=typed)
    digits = typed.upper().removeprefix("F")
    if digits.isascii() and digits.isdecimal() and len(digits) < 10:
        match |= Q(pk=int(digits))
    return match


@dataclass(frozen=True, slots=True)
class Unordered:
    """Approved applications that one order may cover: those of an institution, or one person's."""

    payer: str
    applications: tuple[Application, ...]


def unordered(actor: Actor) -> tuple[Unordered, ...]:
    """Who may be asked for money next, the oldest first; of very many the first are shown."""
    rows = visible_to(actor).filter(state=ApplicationState.APPROVED).select_related("institution", "offering")
    groups: dict[object, list[Application]] = {}
    for one in rows.order_by("pk")[:500]:
        groups.setdefault(one.institution or one.pk, []).append(one)
    return tuple(Unordered(payer_of(found), tuple(found)) for found in groups.values())[:PAGE]


def payer_of(applications: list[Application]) -> str:
    """Who pays: the institution, or the person."""
    first = applications[0]
    return first.institution.name if first.institution else first.name
