"""Every call that changes an application, with arguments that would do, for sequences that nobody thought of."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from examserver.kernel.access import Actor
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.duties import PLANNED
from examserver.registration.applications.states import CancelledAs, Step
from examserver.registration.models import Application
from examserver.registration.notice import VERSION
from examserver.registration.services import applications as services
from examserver.registration.services import forms, payments, planning, reviewing
from examserver.registration.services.documents import NewDocument, add_document
from examserver.registration.services.histories import Seen
from examserver.registration.services.payments import Due, NewCredit
from examserver.registration.services.reviewing import Decision
from tests.registration.applications.people import form, pdf

Call = Callable[[Seen, Actor, datetime], object]
DUE = Due(500, date(2026, 3, 10))
WORDS = Decision("说明")


def _document(kind: DocumentKind) -> Call:
    def call(seen: Seen, actor: Actor, now: datetime) -> object:
        new = NewDocument(kind, "a.pdf", pdf(f"{kind} {seen.application_id} {seen.version % 3}"))
        return add_document(seen=seen, new=new, actor=actor, now=now)

    return call


def _credit(seen: Seen, actor: Actor, now: datetime) -> object:
    due = Application.objects.values_list("fee_due", flat=True).get(pk=seen.application_id)
    new = NewCredit(f"CMB-{seen.application_id}", now.date(), due or 500)
    return payments.enter_credit(seen=[seen], new=new, actor=actor, now=now)


def _planned(step: Step) -> Call:
    return lambda seen, actor, now: planning.advance(seen=seen, step=step, reason="", actor=actor, now=now)


def _cancel(seen: Seen, actor: Actor, now: datetime) -> object:
    return reviewing.cancel_qualification(
        seen=seen, found=CancelledAs.FRAUD, reason="伪造", actor=actor, now=now
    )


CALLS: Mapping[str, Call] = {
    "edit": lambda seen, actor, now: services.edit_application(seen=seen, form=form(), actor=actor, now=now),
    "commit": lambda seen, actor, now: services.accept_commitment(
        seen=seen, shown=VERSION, actor=actor, now=now
    ),
    "make_form": lambda seen, actor, now: forms.generate_form(seen=seen, actor=actor, now=now),
    "confirm_form": lambda seen, actor, now: forms.confirm_form(seen=seen, actor=actor, now=now),
    "receive": lambda seen, actor, now: forms.receive_original(
        seen=seen, day=date(2026, 2, 10), actor=actor, now=now
    ),
    "submit": lambda seen, actor, now: services.submit(seen=seen, actor=actor, now=now),
    "withdraw": lambda seen, actor, now: services.withdraw(seen=seen, reason="", actor=actor, now=now),
    "precheck": lambda seen, actor, now: reviewing.precheck(seen=seen, actor=actor, now=now),
    "take": lambda seen, actor, now: reviewing.take_under_review(seen=seen, actor=actor, now=now),
    "approve": lambda seen, actor, now: reviewing.approve(seen=seen, decision=WORDS, actor=actor, now=now),
    "reject": lambda seen, actor, now: reviewing.reject(seen=seen, decision=WORDS, actor=actor, now=now),
    "return": lambda seen, actor, now: reviewing.return_for_material(
        seen=seen, decision=WORDS, actor=actor, now=now
    ),
    "cancel": _cancel,
    "ask": lambda seen, actor, now: payments.ask_payment(seen=seen, due=DUE, actor=actor, now=now),
    "credit": _credit,
    "expire": lambda seen, actor, now: payments.expire_payment(seen=seen, actor=actor, now=now),
    "reopen": lambda seen, actor, now: payments.reopen_payment(seen=seen, due=DUE, actor=actor, now=now),
    **{f"add {kind}": _document(kind) for kind in DocumentKind},
    **{step.value: _planned(step) for step in PLANNED},
}
# The straight way to a ticket; what does not apply where an application stands is refused and changes nothing.
ONWARD = (
    *(f"add {kind}" for kind in ("CANDIDATE_NOTICE", "ID_COPY", "EVIDENCE")),
    *("commit", "make_form", "confirm_form", "receive", "submit", "precheck", "take", "approve", "ask"),
    *("credit", "queue", "batch", "schedule", "ticket", "complete"),
)
