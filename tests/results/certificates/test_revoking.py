"""After the event: a certificate is revoked, the look-ups are told, and somebody sees to it until it is done."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from examserver.kernel.access import NotAllowed
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from examserver.results.certificates.export import Action, Row, written
from examserver.results.certificates.states import CertificateState, DeclaredBy, EntryState
from examserver.results.models import Certificate, Revocation, SubjectResult
from examserver.results.routines import follow_results
from examserver.results.selectors.certificates import open_withdrawals, undeclared
from examserver.results.services.certificates import collect_in_person, issue_certificate, note_eligible
from examserver.results.services.revoking import (
    Decision,
    confirm_uploaded,
    confirm_withdrawn,
    export_entries,
    revoke_certificate,
)
from examserver.results.states import ResultState
from tests.results.certificates.bureau import NOW, Bureau, F, P, stored

DECISION = Decision(DeclaredBy.SUPERVISOR, "沪人社决〔2026〕1号", date(2026, 6, 20), "冒名顶替")


def rows_of(bureau: Bureau) -> list[list[str]]:
    file = export_entries(actor=bureau.officer, now=NOW).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(file)))[1:]


def uploaded(bureau: Bureau) -> Certificate:
    row = bureau.issued()
    rows_of(bureau)
    return confirm_uploaded(certificate_id=row.pk, actor=bureau.officer, now=NOW)


def void(result: SubjectResult) -> None:
    SubjectResult.objects.filter(pk=result.pk).update(state=ResultState.VOIDED)
    follow_results(NOW)


@pytest.mark.requirement("REQ-66")
def test_the_file_lists_a_certificate_until_the_look_ups_know_it(bureau: Bureau) -> None:
    row = bureau.issued()
    with pytest.raises(NotAllowed, match="not_exported"):
        confirm_uploaded(certificate_id=row.pk, actor=bureau.officer, now=NOW)
    first = rows_of(bureau)
    assert [line[:4] for line in first] == [
        ["UPLOAD", row.number, "张三丰", row.candidate.id_number],
    ]
    assert rows_of(bureau) == first
    confirm_uploaded(certificate_id=row.pk, actor=bureau.officer, now=NOW)
    assert (rows_of(bureau), stored(row).entry) == ([], EntryState.UPLOADED)


@pytest.mark.requirement("REQ-105", "REQ-106")
@pytest.mark.requirement("S54", partly=True)
def test_a_collected_and_uploaded_one_is_revoked_and_called_back_until_it_is_done(bureau: Bureau) -> None:
    row = uploaded(bureau)
    tail = row.candidate.id_number[-6:]
    collect_in_person(certificate_id=row.pk, id_tail=tail, actor=bureau.clerk, now=NOW)
    revoke_certificate(certificate_id=row.pk, decision=DECISION, actor=bureau.officer, now=NOW)
    told = Revocation.objects.get()
    assert (told.declared_by, told.document, told.decided_on) == (
        "SUPERVISOR",
        DECISION.document,
        DECISION.decided_on,
    )
    with pytest.raises(NotAllowed, match="not_exported"):
        confirm_withdrawn(certificate_id=row.pk, actor=bureau.officer, now=NOW)
    assert [line[:2] for line in rows_of(bureau)] == [["WITHDRAW", row.number]]
    confirm_withdrawn(certificate_id=row.pk, actor=bureau.officer, now=NOW)
    assert (stored(row).state, stored(row).entry) == (CertificateState.REVOKED, EntryState.WITHDRAWN)
    assert (rows_of(bureau), open_withdrawals().count()) == ([], 0)


@pytest.mark.requirement("S54", "REQ-104", partly=True)
def test_a_certificate_falls_with_its_result_and_waits_for_the_decision(bureau: Bureau) -> None:
    row = uploaded(bureau)
    void(row.practical)
    assert (stored(row).state, [one.pk for one in undeclared()]) == (CertificateState.REVOKED, [row.pk])
    assert [line[:2] for line in rows_of(bureau)] == [["WITHDRAW", row.number]]
    revoke_certificate(certificate_id=row.pk, decision=DECISION, actor=bureau.officer, now=NOW)
    assert undeclared().count() == 0
    with pytest.raises(IllegalMove):
        revoke_certificate(certificate_id=row.pk, decision=DECISION, actor=bureau.officer, now=NOW)


@pytest.mark.requirement("S55")
def test_the_void_of_a_resit_alone_is_enough_and_the_kept_pass_stays(bureau: Bureau) -> None:
    who = bureau.person()
    (theory, _) = bureau.sat(who, theory=P, practical=F)
    (resit,) = bureau.sat(who, date(2026, 6, 20), full=False, practical=P)
    note_eligible(now=NOW)
    row = Certificate.objects.get()
    issue_certificate(certificate_id=row.pk, actor=bureau.officer, now=NOW)
    void(resit)
    theory.refresh_from_db()
    assert (stored(row).state, theory.state) == (CertificateState.REVOKED, P)


def test_one_that_was_not_issued_yet_lapses_without_a_number(bureau: Bureau) -> None:
    row = bureau.eligible()
    void(row.theory)
    assert (stored(row).state, stored(row).number) == (CertificateState.LAPSED, "")


def test_what_never_left_the_office_needs_no_withdrawal(bureau: Bureau) -> None:
    row = bureau.issued()
    void(row.theory)
    assert (stored(row).entry, open_withdrawals().count(), rows_of(bureau)) == (EntryState.WITHDRAWN, 0, [])
    with pytest.raises(NotAllowed, match="no_withdrawal"):
        confirm_withdrawn(certificate_id=row.pk, actor=bureau.officer, now=NOW)


@pytest.mark.requirement("REQ-106", partly=True)
def test_what_was_in_a_file_is_called_back_even_if_nobody_confirmed_it(bureau: Bureau) -> None:
    row = bureau.issued()
    rows_of(bureau)
    void(row.theory)
    assert [line[:2] for line in rows_of(bureau)] == [["WITHDRAW", row.number]]


@pytest.mark.requirement("REQ-105")
@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (replace(DECISION, declared_by=DeclaredBy.UNDECLARED), "decision_needed"),
        (replace(DECISION, document=" "), "decision_needed"),
        (replace(DECISION, reason=""), "decision_needed"),
        (replace(DECISION, decided_on=date(2026, 6, 26)), "decided_later"),
    ],
)
def test_nothing_is_revoked_without_who_declared_it_and_by_what(
    bureau: Bureau, decision: Decision, code: str
) -> None:
    row = bureau.issued()
    with pytest.raises(NotAllowed, match=code):
        revoke_certificate(certificate_id=row.pk, decision=decision, actor=bureau.officer, now=NOW)
    assert stored(row).state == CertificateState.ISSUED


def test_following_again_changes_nothing_and_a_new_pass_earns_a_new_certificate(bureau: Bureau) -> None:
    row = bureau.issued()
    void(row.theory)
    entries = LogEntry.objects.count()
    follow_results(NOW)
    assert LogEntry.objects.count() == entries
    bureau.sat(row.candidate, date(2026, 6, 20), theory=P, practical=P)
    assert (note_eligible(now=NOW), Certificate.objects.count()) == (1, 2)


def test_only_officers_revoke_and_export(bureau: Bureau) -> None:
    row = bureau.issued()
    with pytest.raises(NotAllowed, match="officer_only"):
        revoke_certificate(certificate_id=row.pk, decision=DECISION, actor=bureau.clerk, now=NOW)
    with pytest.raises(NotAllowed, match="officer_only"):
        export_entries(actor=bureau.clerk, now=NOW)


def test_a_cell_that_a_spreadsheet_would_run_is_text() -> None:
    row = Row(Action.UPLOAD, "S", "=1+1", "1", "O", 3, "", "", "", "咪咕")
    assert "'=1+1" in written([row]).decode("utf-8-sig")
