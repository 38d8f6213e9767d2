"""Handing in: refused with every reason at once, and once for a person, an offering and a month."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from examserver.demo.invented import id_number
from examserver.kernel.access import NotAllowed, Role
from examserver.kernel.transitions import IllegalMove
from examserver.people.services import add_candidate
from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.faults import Refused
from examserver.registration.applications.states import ApplicationState, EntryChannel
from examserver.registration.models import Application
from examserver.registration.notice import VERSION
from examserver.registration.selectors.applications import by_id_number, events
from examserver.registration.services import BarTerm, forms, reviewing, set_bar
from examserver.registration.services import applications as services
from examserver.registration.services.applications import Form, NewApplication
from examserver.registration.services.reviewing import Decision
from tests.registration.applications.people import (
    NOW,
    NUMBER,
    Office,
    born,
    candidate_actor,
    form,
    person,
    seen,
    staff,
    stored,
)
from tests.registration.catalogue.notices import follow, without


def keys_of_refusal(application: Application, office: Office, now: datetime = NOW) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        services.submit(seen=seen(application), actor=office.clerk, now=now)
    assert stored(application).state == ApplicationState.DRAFT
    return refused.value.keys


@pytest.mark.requirement("REQ-34", "REQ-36")
def test_every_missing_document_and_the_commitment_are_named_at_once(office: Office) -> None:
    application = office.draft()
    with pytest.raises(Refused) as refused:
        services.submit(seen=seen(application), actor=office.clerk, now=NOW)
    missing = [fault.facts["kind"] for fault in refused.value.faults if fault.key == "document_missing"]
    assert missing == ["CANDIDATE_NOTICE", "ID_COPY", "EVIDENCE"]
    assert "commitment_missing" in refused.value.keys


@pytest.mark.requirement("REQ-34")
@pytest.mark.parametrize("left_out", ["CANDIDATE_NOTICE", "ID_COPY", "EVIDENCE"])
def test_one_missing_document_is_enough_to_be_refused(office: Office, left_out: str) -> None:
    application = office.draft()
    for kind in {"CANDIDATE_NOTICE", "ID_COPY", "EVIDENCE"} - {left_out}:
        office.add(application, DocumentKind(kind))
    services.accept_commitment(seen=seen(application), shown=VERSION, actor=office.clerk, now=NOW)
    assert keys_of_refusal(application, office) == ("document_missing",)


@pytest.mark.requirement("REQ-36")
def test_the_commitment_keeps_its_text_time_and_signer(office: Office) -> None:
    application = office.draft()
    with pytest.raises(Refused, match="commitment_outdated"):
        services.accept_commitment(seen=seen(application), shown="2019", actor=office.clerk, now=NOW)
    services.accept_commitment(seen=seen(application), shown=VERSION, actor=office.clerk, now=NOW)
    row = stored(application)
    assert (row.commitment_version, row.commitment_at) == (VERSION, NOW)
    assert row.commitment_by == str(office.clerk)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", "id_missing"),
        ("1101051949123100", "id_length"),
        ("110105194912310021", "id_check"),
        ("1.10105E+17", "id_as_number"),
    ],
)
def test_a_wrong_id_number_is_named_by_what_is_wrong_with_it(office: Office, number: str, fault: str) -> None:
    application = office.draft(number=number)
    office.complete(application)
    assert keys_of_refusal(application, office) == (fault,)


@pytest.mark.requirement("REQ-32", "REQ-33", partly=True)
def test_the_way_in_is_kept(office: Office) -> None:
    assert office.draft().entry_channel == EntryChannel.DESK
    assert office.draft(person()).entry_channel == EntryChannel.ONLINE


def test_who_has_signed_in_applies_for_themselves(office: Office) -> None:
    own = office.draft(person(3), number=NUMBER)
    assert (own.name, own.id_number) == ("考生3", id_number(3))


@pytest.mark.requirement("REQ-89", "S27", partly=True)
def test_who_is_barred_is_refused_until_the_last_day(office: Office) -> None:
    act, year_end = date(2026, 3, 28), date(2026, 12, 31)
    candidate = add_candidate(name="张三", id_number=NUMBER)
    set_bar(candidate_id=candidate.pk, term=BarTerm(act, year_end, "三.1", 1), actor="staff:1", now=NOW)
    application = office.draft()
    office.complete(application)
    last = datetime.fromisoformat("2026-12-31T23:59:59+08:00")
    assert keys_of_refusal(application, office, last) == ("barred",)


def test_the_same_person_applies_once_for_an_offering_in_a_month(office: Office) -> None:
    office.submitted()
    again = office.draft()
    office.complete(again)
    assert keys_of_refusal(again, office) == ("applied_already",)


def test_the_same_person_applies_for_one_offering_in_a_month_by_any_way_in(office: Office) -> None:
    first = office.submitted()
    candidate = stored(first).candidate
    assert candidate is not None
    second = office.draft(candidate_actor(candidate), offering="O3")
    office.complete(second)
    assert keys_of_refusal(second, office) == ("applied_for_another",)
    services.withdraw(seen=seen(first), reason="", actor=office.clerk, now=NOW)
    services.submit(seen=seen(second), actor=office.clerk, now=NOW)


def test_the_next_month_is_another_one_by_the_clock_of_the_venue(office: Office) -> None:
    office.submitted()
    again = office.draft()
    office.complete(again)
    services.submit(
        seen=seen(again), actor=office.clerk, now=datetime.fromisoformat("2026-02-28T16:00:00+00:00")
    )
    assert stored(again).month == date(2026, 3, 1)


def test_an_id_number_that_belongs_to_another_name_is_told_without_the_name(office: Office) -> None:
    add_candidate(name="李四", id_number=NUMBER)
    application = office.draft()
    office.complete(application)
    with pytest.raises(Refused) as refused:
        services.submit(seen=seen(application), actor=office.clerk, now=NOW)
    assert refused.value.keys == ("name_differs",)
    assert "李四" not in repr(refused.value.faults)


def test_what_was_handed_in_is_not_handed_in_again(office: Office) -> None:
    application = office.submitted()
    with pytest.raises(IllegalMove):
        services.submit(seen=seen(application), actor=office.clerk, now=NOW)
    with pytest.raises(NotAllowed, match="not_editable"):
        services.edit_application(seen=seen(application), form=form(), actor=office.clerk, now=NOW)


def test_an_edit_undoes_what_was_confirmed_of_the_form(office: Office) -> None:
    application = office.draft()
    office.sign_form(application)
    services.edit_application(
        seen=seen(application), form=Form("张三", NUMBER, "1", "L3-2"), actor=office.clerk, now=NOW
    )
    row = stored(application)
    assert row.form_generated_at is row.form_confirmed_at is row.original_received_on is None
    assert events(row)[-1].data == {"fields": ["alternative", "phone"]}


def test_of_two_who_edit_the_same_version_the_second_is_refused(office: Office) -> None:
    application = office.draft()
    both = seen(application)
    services.edit_application(seen=both, form=form(), actor=office.clerk, now=NOW)
    with pytest.raises(NotAllowed, match="changed_meanwhile"):
        services.edit_application(seen=both, form=form(), actor=office.other_clerk, now=NOW)


@pytest.mark.requirement("REQ-37", partly=True)
def test_the_form_is_made_then_confirmed_then_received(office: Office) -> None:
    application = office.draft()
    with pytest.raises(Refused, match="form_missing"):
        forms.confirm_form(seen=seen(application), actor=office.clerk, now=NOW)
    forms.generate_form(seen=seen(application), actor=office.clerk, now=NOW)
    with pytest.raises(Refused, match="form_unconfirmed"):
        forms.receive_original(seen=seen(application), day=NOW.date(), actor=office.clerk, now=NOW)
    forms.confirm_form(seen=seen(application), actor=office.clerk, now=NOW)
    tomorrow = NOW.date() + timedelta(days=1)
    with pytest.raises(Refused, match="day_in_future"):
        forms.receive_original(seen=seen(application), day=tomorrow, actor=office.clerk, now=NOW)


@pytest.mark.requirement("S2", partly=True)
def test_an_offering_that_is_none_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="offering_unknown"):
        services.create_draft(new=NewApplication("视听运营 L4", form()), actor=office.clerk, now=NOW)


def test_who_has_nothing_to_do_with_it_makes_no_application(office: Office) -> None:
    with pytest.raises(NotAllowed, match="role_needed"):
        services.create_draft(new=NewApplication("O5", form()), actor=staff(Role.GRADER), now=NOW)


def test_an_id_number_is_sealed_and_found_only_by_the_whole_of_it(office: Office) -> None:
    application = office.draft()
    assert NUMBER not in stored(application).id_sealed
    assert by_id_number("11010519491231002x", office.clerk).get() == application
    assert not by_id_number(NUMBER[:-1], office.clerk).exists()
    assert not by_id_number("", office.clerk).exists()


@pytest.mark.requirement("S1")
@pytest.mark.requirement("REQ-11", partly=True)
def test_who_turns_sixteen_applies_on_the_birthday_and_not_the_day_before(office: Office) -> None:
    application = office.draft(number=born("20100302"))
    office.complete(application)
    before = datetime.fromisoformat("2026-03-01T23:59:59+08:00")
    assert keys_of_refusal(application, office, before) == ("age_under",)
    birthday = datetime.fromisoformat("2026-03-02T00:00:00+08:00")
    services.submit(seen=seen(application), actor=office.clerk, now=birthday)


REFERENCE = datetime.fromisoformat("2026-02-10T09:00:00+08:00")
EXPERIENCED = {"work": [{"occupation": "全媒体运营师", "first": "2005-01-01"}]}
BEGINNER = {"work": [{"occupation": "全媒体运营师", "first": "2025-12-01"}]}


def judged(office: Office, number: str, claims: dict[str, Any]) -> tuple[Application, str]:
    """Handed in on the day of reference, and how the claims were found to stand for the clerk."""
    filled = replace(form(number), claims=claims)
    application = services.create_draft(new=NewApplication("O5", filled), actor=office.clerk, now=REFERENCE)
    office.complete(application)
    services.submit(seen=seen(application), actor=office.clerk, now=REFERENCE)
    [told] = [one.data["eligibility"] for one in events(application) if "eligibility" in one.data]
    return application, str(told["verdict"])


@pytest.mark.requirement("REQ-11")
def test_of_age_and_a_condition_of_the_level_are_both_needed(office: Office) -> None:
    young = office.draft(number=born("20100211"))
    office.complete(young)
    assert keys_of_refusal(young, office, REFERENCE) == ("age_under",)
    beginner, verdict = judged(office, born("20100210"), BEGINNER)
    assert (stored(beginner).state, verdict) == ("SUBMITTED", "FAIL")
    experienced, verdict = judged(office, born("19850101"), EXPERIENCED)
    assert verdict == "PASS"
    for one in (beginner, experienced):
        office.sign_form(one)
        reviewing.take_under_review(seen=seen(one), actor=office.clerk, now=NOW)
    refused = Decision("年限不足")
    reviewing.reject(seen=seen(beginner), decision=refused, actor=office.clerk, now=NOW)
    reviewing.approve(seen=seen(experienced), decision=Decision(), actor=office.clerk, now=NOW)
    assert [stored(one).state for one in (beginner, experienced)] == ["REJECTED", "APPROVED"]


def test_a_birth_date_that_is_none_is_refused_though_the_check_character_holds(office: Office) -> None:
    application = office.draft(number=born("19900230"))
    office.complete(application)
    assert keys_of_refusal(application, office) == ("id_birth_date",)


@pytest.mark.requirement("REQ-1")
def test_an_application_of_a_year_without_a_notice_is_refused(office: Office) -> None:
    application = office.draft()
    office.complete(application)
    over = datetime.fromisoformat("2027-01-05T09:00:00+08:00")
    assert keys_of_refusal(application, office, over) == ("no_catalogue",)


@pytest.mark.requirement("REQ-9", partly=True)
def test_an_offering_that_was_closed_is_refused_and_who_applied_before_keeps_the_version(
    office: Office,
) -> None:
    before = office.submitted()
    follow(without("O5"), date(2026, 6, 1))
    again = office.draft(number=born("19900101"))
    office.complete(again)
    later = datetime.fromisoformat("2026-06-01T09:00:00+08:00")
    assert keys_of_refusal(again, office, later) == ("not_offered",)
    assert stored(before).catalogue_version == "2026-1"


def test_finance_and_the_supervisor_see_everything_and_edit_nothing(office: Office) -> None:
    application = office.draft()
    for actor in (staff(Role.FINANCE), staff(Role.SUPERVISOR)):
        assert by_id_number(NUMBER, actor).get() == application
        with pytest.raises(NotAllowed, match="role_needed"):
            services.edit_application(seen=seen(application), form=form(), actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (Form("三" * 81, NUMBER, "1", "L3-1"), "too_long"),
        (Form("张三", "1" * 41, "1", "L3-1"), "too_long"),
        (Form("张\x00三", NUMBER, "1", "L3-1"), "unprintable"),
    ],
)
def test_not_even_a_draft_holds_what_no_field_has_room_for(office: Office, changed: Form, fault: str) -> None:
    application = office.draft()
    with pytest.raises(Refused, match=fault):
        services.edit_application(seen=seen(application), form=changed, actor=office.clerk, now=NOW)
    with pytest.raises(Refused, match=fault):
        services.create_draft(new=NewApplication("O5", changed), actor=office.clerk, now=NOW)
    assert (stored(application).name, Application.objects.count()) == ("张三", 1)


@pytest.mark.requirement("S60", partly=True)
@pytest.mark.parametrize(("number", "shown"), [(NUMBER, "110*************2X"), ("12345", "*****"), ("", "")])
def test_a_screen_shows_a_number_masked(office: Office, number: str, shown: str) -> None:
    assert stored(office.draft(number=number)).masked_id == shown
