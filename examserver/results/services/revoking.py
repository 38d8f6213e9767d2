"""Certificates that no longer count: revoked by a declared decision, or fallen with a result; the look-ups are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from examserver.delivery.selectors import venue_date
from examserver.invigilation.selectors import void_clauses
from examserver.kernel import audit
from examserver.kernel.access import SYSTEM, Actor, NotAllowed, Role
from examserver.kernel.transitions import IllegalMove, move
from examserver.registration.selectors.catalogue import catalogue_in_force
from examserver.results.certificates.export import Action, Row, written
from examserver.results.certificates.states import (
    CERTIFICATE_MOVES,
    ENTRY_MOVES,
    CertificateState,
    DeclaredBy,
    EntryState,
)
from examserver.results.models import Certificate, Revocation, Withdrawal
from examserver.results.selectors.certificates import certificates, fallen, open_withdrawals, to_upload
from examserver.results.services.announcing import announce_revoked
from examserver.results.services.certificates import STREAM
from examserver.results.states import ResultState

A_ROUND = 100


@dataclass(frozen=True, slots=True)
class Decision:
    """Who declared the result void, by which document of which day, and why (REQ-105)."""

    declared_by: DeclaredBy
    document: str
    decided_on: date
    reason: str


@transaction.atomic
def revoke_certificate(
    *, certificate_id: int, decision: Decision, actor: Actor, now: datetime
) -> Certificate:
    """Revoke by a declared decision, or enter the decision of one that fell with its result.

    NotAllowed `officer_only`, `decision_needed`, `decided_later` for a day to come; IllegalMove when it never was
    issued or is declared already.
    """
    _officer_only(actor)
    _check(decision, now)
    row = certificates().get(pk=certificate_id)
    if row.state != CertificateState.REVOKED:
        _fall(row, str(actor), decision.reason, now)
    told = {
        "declared_by": decision.declared_by,
        "document": decision.document.strip()[:120],
        "decided_on": decision.decided_on,
        "reason": decision.reason.strip()[:500],
    }
    if not Revocation.objects.filter(certificate=row, declared_by="").update(**told):
        raise IllegalMove("Revocation", "declared", "declared")
    _record(row, "certificate.declared", str(actor), now, {name: str(said) for name, said in told.items()})
    return row


def _check(decision: Decision, now: datetime) -> None:
    texts = (decision.declared_by, decision.document.strip(), decision.reason.strip())
    if not all(texts):
        raise NotAllowed("decision_needed")
    if decision.decided_on > venue_date(now):
        raise NotAllowed("decided_later")


def follow_results(*, now: datetime) -> int:
    """Certificates fall with their results: issued ones are revoked, others lapse. May run at any moment."""
    return sum(_follow(row, now) for row in fallen()[:A_ROUND])


def _follow(row: Certificate, now: datetime) -> bool:
    try:
        with transaction.atomic():
            if row.state == CertificateState.ELIGIBLE:
                move(row, CERTIFICATE_MOVES, CertificateState.LAPSED)
                _record(row, "certificate.lapsed", str(SYSTEM), now, {"reason": _why(row)})
            else:
                _fall(row, str(SYSTEM), _why(row), now)
    except IllegalMove:  # somebody else's act came first; the next round sees what it left
        return False
    return True


def _why(row: Certificate) -> str:
    """Which subjects fell, in words for the record: `sitting:12 VOIDED 四.4`."""
    down = [one for one in (row.theory, row.practical) if one.state != ResultState.PASSED]
    clauses = void_clauses([one.sitting_id for one in down])
    told = [f"sitting:{one.sitting_id} {one.state} {clauses.get(one.sitting_id, '')}".strip() for one in down]
    return ", ".join(told)


def _fall(row: Certificate, actor: str, reason: str, now: datetime) -> None:
    """REVOKED, undeclared yet; whatever may have left for the look-ups is called back, the rest stays here."""
    move(row, CERTIFICATE_MOVES, CertificateState.REVOKED)
    # The move holds the row: an export either came before and is seen here, or waits and leaves it out.
    row.refresh_from_db(fields=["entry", "exported_at"])
    Revocation.objects.create(certificate=row, revoked_at=now, revoked_by=actor, reason=reason.strip()[:500])
    outside = row.entry == EntryState.UPLOADED or row.exported_at is not None
    if outside:
        Withdrawal.objects.create(certificate=row, queued_at=now)
    else:
        _enter(row, EntryState.WITHDRAWN)
    facts = {"number": row.number, "reason": reason.strip()[:500], "withdrawal": outside}
    _record(row, "certificate.revoked", actor, now, facts)
    announce_revoked(row, now)


@transaction.atomic
def export_entries(*, actor: Actor, now: datetime) -> bytes:
    """The file for the official look-ups: an UPLOAD row a new certificate, a WITHDRAW row an open withdrawal.

    What was in an earlier file and is not confirmed yet is in it again. NotAllowed `officer_only`; Refused
    `no_catalogue`.
    """
    _officer_only(actor)
    issuer = catalogue_in_force(venue_date(now)).catalogue.body.name.zh
    new = list(_with_days(to_upload()).select_for_update(of=("self",)))
    gone = list(_with_days(certificates().filter(withdrawal__in=open_withdrawals())))
    rows = [_row(one, Action.UPLOAD, issuer) for one in new]
    rows += [_row(one, Action.WITHDRAW, issuer) for one in gone]
    Certificate.objects.filter(pk__in=[one.pk for one in new]).update(exported_at=now)
    Withdrawal.objects.filter(certificate__in=gone, done_at=None).update(exported_at=now)
    facts = {"upload": [one.number for one in new], "withdraw": [one.number for one in gone]}
    audit.record(audit.Act(STREAM, "certificates.exported", "certificates", str(actor), facts), now)
    return written(rows)


def _with_days(rows: QuerySet[Certificate]) -> QuerySet[Certificate]:
    return rows.select_related(
        "candidate",
        "offering",
        "theory__sitting__session__exam_day",
        "practical__sitting__session__exam_day",
    )


def _row(one: Certificate, action: Action, issuer: str) -> Row:
    return Row(
        action=action,
        number=one.number,
        holder=one.holder,
        id_number=one.candidate.id_number,
        offering=one.offering.name,
        level=one.offering.level,
        theory_on=str(one.theory.sitting.session.exam_day.date),
        practical_on=str(one.practical.sitting.session.exam_day.date),
        issued_on=str(one.issued_on),
        issuer=issuer,
    )


@transaction.atomic
def confirm_uploaded(*, certificate_id: int, actor: Actor, now: datetime) -> Certificate:
    """Somebody has seen the certificate in the official look-ups; NotAllowed `officer_only`, `not_exported`."""
    _officer_only(actor)
    row = Certificate.objects.get(pk=certificate_id)
    if row.exported_at is None:
        raise NotAllowed("not_exported")
    _enter(row, EntryState.UPLOADED)
    _record(row, "certificate.uploaded", str(actor), now, {"number": row.number})
    return row


@transaction.atomic
def confirm_withdrawn(*, certificate_id: int, actor: Actor, now: datetime) -> Certificate:
    """Somebody has seen that the official look-ups know it no more: its withdrawal is done.

    NotAllowed `officer_only`, `no_withdrawal`, `not_exported` before its row was in a file.
    """
    _officer_only(actor)
    row = Certificate.objects.get(pk=certificate_id)
    queued = Withdrawal.objects.filter(certificate=row, done_at=None)
    if not queued.exists():
        raise NotAllowed("no_withdrawal")
    if not queued.exclude(exported_at=None).update(done_at=now, done_by_id=actor.id):
        raise NotAllowed("not_exported")
    _enter(row, EntryState.WITHDRAWN)
    _record(row, "certificate.withdrawn", str(actor), now, {"number": row.number})
    return row


def _enter(row: Certificate, target: EntryState) -> None:
    """Compare and set, as `move` does for a state."""
    source = EntryState(row.entry)
    same = Certificate.objects.filter(pk=row.pk, entry=source)
    if target not in ENTRY_MOVES[source] or not same.update(entry=target):
        raise IllegalMove("EntryState", source, target)
    row.entry = target


def _officer_only(actor: Actor) -> None:
    if not actor.has(Role.OFFICER):
        raise NotAllowed("officer_only")


def _record(row: Certificate, action: str, actor: str, now: datetime, facts: Mapping[str, object]) -> None:
    audit.record(audit.Act(STREAM, action, f"certificate:{row.pk}", actor, dict(facts)), now)
