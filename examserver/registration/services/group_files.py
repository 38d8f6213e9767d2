"""Takes an institution's file: good rows are stored together, the others named; handed in again it changes nothing."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed
from examserver.kernel.clock import VENUE_ZONE
from examserver.people.numbers import number_digest
from examserver.people.services import known_candidates
from examserver.registration.applications.duties import CLERKS
from examserver.registration.applications.faults import Fault, refuse
from examserver.registration.applications.group_rows import Choice, GroupRow, RowFault, read_group, row_fault
from examserver.registration.applications.identity import Standards
from examserver.registration.applications.states import ApplicationState, Channel, EntryChannel
from examserver.registration.applications.submission import Known, person_faults
from examserver.registration.catalogue.content import Catalogue
from examserver.registration.models import Application, ApplicationEvent, GroupFile, Institution, Offering
from examserver.registration.notice import VERSION as NOTICE_VERSION
from examserver.registration.selectors.applications import institution_of
from examserver.registration.selectors.catalogue import InForce, catalogue_in_force
from examserver.registration.selectors.group_files import Standing, applications_by_reference, standing_of
from examserver.registration.services.histories import STREAM

CHUNK = 500
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was handed in; `institution` is the code of one where a clerk hands it in for them."""

    name: str
    data: bytes
    institution: str = ""


@dataclass(frozen=True, slots=True)
class _Intake:
    """One file on its way in."""

    institution: Institution
    in_force: InForce
    offerings: dict[str, int]
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The day at the venue."""
        return self.now.astimezone(VENUE_ZONE).date()

    @property
    def standards(self) -> Standards:
        """By what its people are judged."""
        rules = self.in_force.catalogue.rules
        return Standards(self.today, rules.least_age, rules.leap_birthday)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A row that can be stored, and whose it is."""

    row: GroupRow
    candidate_id: int


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of some rows."""

    stored: int
    unchanged: int
    faults: tuple[RowFault, ...]


def _silent(_done: int, _all: int) -> None:
    """Nobody is told how far it is."""


@transaction.atomic
def import_group_file(*, file: NewFile, actor: Actor, now: datetime, told: Told = _silent) -> GroupFile:
    """Store the good rows as SUBMITTED applications of the institution; `told(done, all)` after each part of them.

    A row that is there already by its reference is left as it is; where it says something else, it is named. Refused
    `no_catalogue`, and for what is wrong with the file as a whole; NotAllowed `role_needed`.
    """
    institution = _institution(file, actor)
    in_force = catalogue_in_force(now.astimezone(VENUE_ZONE).date())
    intake = _Intake(institution, in_force, dict(Offering.objects.values_list("code", "pk")), actor, now)
    sheet = read_group(file.data, file.name, _choices(in_force.catalogue), intake.standards)
    parts: list[_Taken] = []
    for start in range(0, len(sheet.rows), CHUNK):
        parts.append(_take(sheet.rows[start : start + CHUNK], intake))
        told(min(start + CHUNK, len(sheet.rows)), len(sheet.rows))
    faults = [*sheet.faults, *(fault for part in parts for fault in part.faults)]
    return _written(file, intake, parts, faults)


def _choices(catalogue: Catalogue) -> tuple[Choice, ...]:
    """What may be applied for, under the names that the notice and its fee table write."""
    names = ((one, name) for one in catalogue.offerings for name in (one.name.zh, one.fee_name, one.name.en))
    return tuple(Choice(one.code, name, one.level) for one, name in names)


def _institution(file: NewFile, actor: Actor) -> Institution:
    """Held until the end: of two files of an institution at once, the second sees what the first has stored."""
    own = institution_of(actor)
    if own is None and not actor.has(*CLERKS):
        raise NotAllowed("role_needed")
    held = Institution.objects.select_for_update()
    named = held.filter(code=own.code if own else file.institution).first()
    if named is None:
        raise refuse("institution_unknown", "institution", given=file.institution[:40])
    return named


def _take(rows: Sequence[GroupRow], intake: _Intake) -> _Taken:
    there = applications_by_reference(intake.institution, [row.reference for row in rows])
    new = [row for row in rows if row.reference not in there]
    different = [
        row_fault(row.number, fault)
        for row in rows
        if row.reference in there
        for fault in _differences(row, there[row.reference])
    ]
    unchanged = len(rows) - len(new) - len({fault.row for fault in different})
    good, refused = _judged(new, intake)
    _store(good, intake)
    return _Taken(len(good), unchanged, (*different, *refused))


def _differences(row: GroupRow, there: Application) -> Iterator[Fault]:
    """Where a row says something else than what is stored: it is put right in the application, where its history is."""
    pairs = {
        "name": (row.written.name, there.name),
        "id_number": (number_digest(row.written.id_number), there.id_digest),
        "offering": (row.offering, there.offering.code),
        "phone": (row.written.phone, there.phone),
    }
    for column, (given, stored) in pairs.items():
        if given != stored:
            yield Fault("row_differs", column, {"application": there.pk})


def _judged(rows: Sequence[GroupRow], intake: _Intake) -> tuple[list[_Judged], list[RowFault]]:
    people = known_candidates(people={row.written.id_number: row.written.name for row in rows})
    standing = standing_of([one.pk for one in people.values()], intake.today)
    good: list[_Judged] = []
    faults: list[RowFault] = []
    for row in rows:
        candidate = people[number_digest(row.written.id_number)]
        found = standing.get(candidate.pk, Standing())
        known = Known(candidate.name, found.barred_until, found.offerings, row.offering)
        against = [row_fault(row.number, fault) for fault in person_faults(row.written, known)]
        faults += against
        if not against:
            good.append(_Judged(row, candidate.pk))
    return good, faults


def _store(rows: Sequence[_Judged], intake: _Intake) -> None:
    made = Application.objects.bulk_create([_application(one, intake) for one in rows])
    events = [
        ApplicationEvent(
            application=application,
            number=1,
            at=intake.now,
            actor=str(intake.actor),
            deed="imported",
            target=ApplicationState.SUBMITTED,
            data={"row": one.row.number, "reference": one.row.reference},
        )
        for one, application in zip(rows, made, strict=True)
    ]
    ApplicationEvent.objects.bulk_create(events)


def _application(one: _Judged, intake: _Intake) -> Application:
    written = one.row.written
    application = Application(
        offering_id=intake.offerings[one.row.offering],
        channel=Channel.GROUP,
        entry_channel=EntryChannel.FILE,
        institution=intake.institution,
        external_reference=one.row.reference,
        candidate_id=one.candidate_id,
        name=written.name,
        phone=written.phone,
        alternative=written.alternative,
        catalogue_version=intake.in_force.code,
        commitment_version=NOTICE_VERSION,
        commitment_at=intake.now,
        commitment_by=str(intake.actor),
        state=ApplicationState.SUBMITTED,
        version=1,
        created_at=intake.now,
        submitted_at=intake.now,
        month=intake.today.replace(day=1),
    )
    application.id_number = written.id_number
    return application


def _written(file: NewFile, intake: _Intake, parts: Sequence[_Taken], faults: list[RowFault]) -> GroupFile:
    faults.sort(key=lambda one: one.row)
    told = [
        {"row": one.row, "column": one.column, "key": one.fault.key, "facts": dict(one.fault.facts)}
        for one in faults
    ]
    row = GroupFile.objects.create(
        institution=intake.institution,
        name=file.name[:200],
        sha256=hashlib.sha256(file.data).hexdigest(),
        stored=sum(part.stored for part in parts),
        unchanged=sum(part.unchanged for part in parts),
        faults=told,
        handed_in_by=str(intake.actor),
        handed_in_at=intake.now,
    )
    counts = {"stored": row.stored, "unchanged": row.unchanged, "faults": len(told), "sha256": row.sha256}
    subject = f"institution:{intake.institution.pk}"
    audit.record(audit.Act(STREAM, "group_file.imported", subject, str(intake.actor), counts), intake.now)
    return row
