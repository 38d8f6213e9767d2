"""What an applicant does, or a clerk for them: fill in, commit, confirm the form, submit, withdraw."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.clock import VENUE_ZONE
from examserver.people.identity import normalise
from examserver.people.selectors import candidate as known_person
from examserver.people.services import known_candidates
from examserver.registration.applications import submission
from examserver.registration.applications.duties import CLERKS
from examserver.registration.applications.faults import Fault, refuse, refuse_any
from examserver.registration.applications.identity import Standards
from examserver.registration.applications.states import EDITABLE, Channel, EntryChannel, Origin, Step
from examserver.registration.applications.submission import Known, Paperwork, Written
from examserver.registration.catalogue.content import Catalogue
from examserver.registration.models import Application, Institution, Offering
from examserver.registration.notice import VERSION as NOTICE_VERSION
from examserver.registration.selectors import bars_on
from examserver.registration.selectors.applications import documents, institution_of, offerings_this_month
from examserver.registration.selectors.catalogue import catalogue_in_force, catalogue_of
from examserver.registration.selectors.outcomes import warned
from examserver.registration.services.batches import recount
from examserver.registration.services.eligibility import eligibility_facts
from examserver.registration.services.histories import (
    Deed,
    Seen,
    check_own,
    check_step,
    held,
    note,
    take_step,
)
from examserver.registration.services.resit_checks import check_consent, resit_changes


@dataclass(frozen=True, slots=True)
class Form:
    """What is filled in about a person; `claims` is what the eligibility rules are asked about."""

    name: str
    id_number: str
    phone: str
    alternative: str
    claims: dict[str, Any] = field(default_factory=dict)

    @property
    def written(self) -> Written:
        """The same as the rules read it."""
        number = normalise(self.id_number)
        return Written(self.name.strip(), number, self.phone.strip(), self.alternative.strip())


@dataclass(frozen=True, slots=True)
class NewApplication:
    """What a new application is for; `institution` is the code of one where a clerk enters it for a group."""

    offering: str
    form: Form
    origin: Origin = Origin.FULL
    institution: str = ""


@dataclass(frozen=True, slots=True)
class _Way:
    """The way in by which an actor's new application comes."""

    entry: EntryChannel
    institution: Institution | None
    candidate_id: int | None


@transaction.atomic
def create_draft(*, new: NewApplication, actor: Actor, now: datetime) -> Application:
    """A draft: a candidate's own (ONLINE), an institution's (GROUP), or one that a clerk enters (DESK).

    Refused `offering_unknown`, `institution_unknown`, `too_long`, `unprintable`; NotAllowed `role_needed`.
    """
    way = _way(actor, new.institution)
    offering = Offering.objects.filter(code=new.offering).first()
    if offering is None:
        raise refuse("offering_unknown", "offering", given=new.offering[:40])
    application = Application(
        offering=offering,
        origin=new.origin,
        channel=Channel.GROUP if way.institution else Channel.INDIVIDUAL,
        entry_channel=way.entry,
        institution=way.institution,
        candidate_id=way.candidate_id,
        created_at=now,
    )
    _fill(application, new.form)
    application.save(force_insert=True)
    note(application, "created", Deed(actor, now))
    return application


def _way(actor: Actor, code: str) -> _Way:
    if actor.kind == "candidate":
        return _Way(EntryChannel.ONLINE, None, actor.id)
    if own := institution_of(actor):
        return _Way(EntryChannel.ONLINE, own, None)
    if not actor.has(*CLERKS):
        raise NotAllowed("role_needed")
    named = Institution.objects.filter(code=code).first() if code else None
    if code and named is None:
        raise refuse("institution_unknown", "institution", given=code[:40])
    return _Way(EntryChannel.DESK, named, None)


def _fill(application: Application, form: Form) -> None:
    written = form.written
    own_account = application.entry_channel == EntryChannel.ONLINE and application.institution_id is None
    if own_account and application.candidate_id is not None:
        # Who has signed in applies for themselves: name and number are those of the account.
        own = known_person(application.candidate_id)
        written = Written(own.name, own.id_number, written.phone, written.alternative)
    refuse_any(submission.draft_faults(written))
    application.name, application.phone = written.name, written.phone
    application.alternative, application.claims = written.alternative, form.claims
    application.id_number = written.id_number


FILLED = ("name", "phone", "alternative", "claims", "id_sealed", "id_digest")


@transaction.atomic
def edit_application(*, seen: Seen, form: Form, actor: Actor, now: datetime) -> Application:
    """Fill it in anew, while it is a draft or returned; what was confirmed before counts no more.

    Refused `too_long`, `unprintable`; NotAllowed `role_needed`, `changed_meanwhile`, `not_editable`.
    """
    application = _editable(seen, actor)
    before = {name: getattr(application, name) for name in FILLED if name != "id_sealed"}
    _fill(application, form)
    changed = sorted(name for name, value in before.items() if getattr(application, name) != value)
    values = {name: getattr(application, name) for name in FILLED}
    fresh = {"form_generated_at": None, "form_confirmed_at": None, "original_received_on": None}
    note(application, "edited", Deed(actor, now, facts={"fields": changed}), **values, **fresh)
    return application


def _editable(seen: Seen, actor: Actor) -> Application:
    application = held(seen, actor)
    check_own(application, actor)
    if application.state not in EDITABLE:
        raise NotAllowed("not_editable")
    return application


@transaction.atomic
def accept_commitment(*, seen: Seen, shown: str, actor: Actor, now: datetime) -> Application:
    """The applicant promises that everything is true, under the text that was `shown` (its version).

    Refused `commitment_outdated` unless that is the text in force.
    """
    application = _editable(seen, actor)
    if shown != NOTICE_VERSION:
        raise refuse("commitment_outdated", "commitment", version=NOTICE_VERSION)
    changes = {"commitment_version": shown, "commitment_at": now, "commitment_by": str(actor)}
    note(application, "committed", Deed(actor, now, facts={"version": shown}), **changes)
    return application


@transaction.atomic
def consent_to_forfeit(*, seen: Seen, actor: Actor, now: datetime) -> Application:
    """The applicant, or a clerk before them, has read what this application gives up, and it is wanted (REQ-71).

    Refused `nothing_given_up`, `no_catalogue`; NotAllowed `role_needed`, `changed_meanwhile`, `not_editable`.
    """
    application = _editable(seen, actor)
    if actor.kind != "candidate" and not actor.has(*CLERKS):
        raise NotAllowed("role_needed")
    fault = warned(application, now.astimezone(VENUE_ZONE).date())
    if fault is None:
        raise refuse("nothing_given_up", "consented")
    note(application, "consented", Deed(actor, now, facts=dict(fault.facts)), consented_at=now)
    return application


@transaction.atomic
def submit(*, seen: Seen, actor: Actor, now: datetime) -> Application:
    """Hand it in; judged by the catalogue of the day on which it was handed in first, which it remembers.

    Refused `no_catalogue`, or with every other reason at once. NotAllowed `role_needed`, `changed_meanwhile`;
    IllegalMove.
    """
    application = held(seen, actor)
    check_step(application, Step.SUBMIT, actor)
    today = now.astimezone(VENUE_ZONE).date()
    version = application.catalogue_version or catalogue_in_force(today).code
    refuse_any(_own_faults(application, catalogue_of(version), today))
    facts = eligibility_facts(application, today)
    candidate = known_candidates(people={application.id_number: application.name})[application.id_digest]
    month = application.month or today.replace(day=1)
    refuse_any(submission.person_faults(_written(application), _known(application, candidate.pk, today)))
    check_consent(application, candidate.pk, today)
    changes = {
        **resit_changes(application, candidate.pk, today),
        "candidate_id": candidate.pk,
        "submitted_at": application.submitted_at or now,
        "month": month,
        "catalogue_version": version,
    }
    try:
        with transaction.atomic():
            take_step(application, Step.SUBMIT, Deed(actor, now, facts=facts), **changes)
    except IntegrityError as error:  # another application of the same person in the same moment
        raise refuse("applied_already", "offering", offering=application.offering.code) from error
    return application


def _written(application: Application) -> Written:
    return Written(application.name, application.id_number, application.phone, application.alternative)


def _own_faults(application: Application, catalogue: Catalogue, today: date) -> Iterator[Fault]:
    origin, code = Origin(application.origin), application.offering.code
    if catalogue.offered(code) is None:
        yield Fault("not_offered", "offering", {"code": code, "day": today.isoformat()})
    standards = Standards(today, catalogue.rules.least_age, catalogue.rules.leap_birthday)
    yield from submission.writing_faults(_written(application), origin, standards)
    required = catalogue.documents.get(Channel(application.channel), ())
    committed = application.commitment_version == NOTICE_VERSION
    paperwork = Paperwork(origin, required, frozenset(documents(application)), committed)
    yield from submission.paperwork_faults(paperwork)


def _known(application: Application, candidate_id: int, today: date) -> Known:
    month = application.month or today.replace(day=1)
    bar = bars_on(candidate_id, today).order_by("-last_day").first()
    return Known(
        known_person(candidate_id).name,
        bar.last_day if bar else None,
        offerings_this_month(candidate_id, month, application.pk),
        application.offering.code,
    )


@transaction.atomic
def withdraw(*, seen: Seen, reason: str, actor: Actor, now: datetime) -> Application:
    """The applicant, their institution or a clerk for them takes it back, before anybody has a seat."""
    application = held(seen, actor)
    deed = Deed(actor, now, reason.strip())
    take_step(application, Step.WITHDRAW, deed)
    recount(application, deed)
    return application
