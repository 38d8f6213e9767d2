"""Applicants' accounts: one a person, never over somebody's history, and shut where the exam is."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from examserver.demo.invented import id_number
from examserver.kernel.access import ANONYMOUS, Actor, NotAllowed, Role
from examserver.people.cookies import APPLICANT_COOKIE, applicant_cookie, read_applicant_cookie
from examserver.people.models import Account, Candidate
from examserver.people.selectors import email_of
from examserver.people.services import add_candidate
from examserver.people.services.accounts import (
    AccountRefused,
    SignUp,
    open_account_for,
    open_own_account,
    sign_in,
    sign_out_everywhere,
)

NOW = datetime(2026, 2, 3, 1, 0, tzinfo=UTC)
NUMBER = "11010519491231002X"
FORM = SignUp("张三", NUMBER, "Zhang@Example.org", "long-enough-2026")
CLERK = Actor("staff", 1, frozenset({Role.CLERK}))
FIELDS = {"name": "张三", "id_number": NUMBER, "email": "zhang@example.org", "password": "long-enough-2026"}

pytestmark = pytest.mark.django_db


def test_an_account_is_opened_and_signs_in_with_either_case() -> None:
    account = open_own_account(form=FORM, now=NOW)
    assert sign_in(email=" zhang@EXAMPLE.org", password=FORM.password) == account
    assert sign_in(email=FORM.email, password="another-password") is None
    assert sign_in(email="nobody@example.org", password=FORM.password) is None
    assert email_of(account.candidate_id) == "zhang@example.org"


def test_every_wrong_field_is_named_at_once_and_nothing_is_written() -> None:
    with pytest.raises(AccountRefused) as refused:
        open_own_account(form=SignUp(" ", "110105194912310021", "no address", "short"), now=NOW)
    assert refused.value.problems == {
        "name": "name_wrong",
        "id_number": "number_wrong",
        "email": "email_wrong",
        "password": "password_weak",
    }
    assert not Candidate.objects.exists()


def test_nobody_opens_an_account_over_the_history_of_a_person_who_is_known() -> None:
    known = add_candidate(name="张三", id_number=NUMBER)
    with pytest.raises(AccountRefused) as refused:
        open_own_account(form=FORM, now=NOW)
    assert refused.value.problems == {"id_number": "number_known"}
    opened = open_account_for(
        candidate_id=known.pk, email=FORM.email, password=FORM.password, actor=CLERK, now=NOW
    )
    assert opened.candidate_id == known.pk


def test_only_a_clerk_opens_it_for_another_and_once() -> None:
    known = add_candidate(name="张三", id_number=NUMBER)
    wanted = {"candidate_id": known.pk, "email": FORM.email, "password": FORM.password, "now": NOW}
    with pytest.raises(NotAllowed, match="role_needed"):
        open_account_for(**wanted, actor=Actor("staff", 2, frozenset({Role.GRADER})))
    open_account_for(**wanted, actor=CLERK)
    with pytest.raises(AccountRefused, match="account_there"):
        open_account_for(**wanted, actor=CLERK)


def test_an_address_belongs_to_one_account() -> None:
    open_own_account(form=FORM, now=NOW)
    with pytest.raises(AccountRefused, match="email_used"):
        open_own_account(form=SignUp("李四", id_number(7), FORM.email, FORM.password), now=NOW)
    assert Candidate.objects.count() == 1


def test_an_applicant_is_no_candidate_at_a_workstation() -> None:
    account = open_own_account(form=FORM, now=NOW)
    actor = read_applicant_cookie(applicant_cookie(account.pk, account.stamp))
    assert (actor.kind, actor.id, actor.session) == ("candidate", account.candidate_id, 0)
    assert actor.roles == {Role.APPLICANT}


def test_signing_out_ends_every_cookie_and_a_forged_one_is_nobody() -> None:
    account = open_own_account(form=FORM, now=NOW)
    cookie = applicant_cookie(account.pk, account.stamp)
    sign_out_everywhere(candidate_id=account.candidate_id, now=NOW)
    assert read_applicant_cookie(cookie) == ANONYMOUS
    assert read_applicant_cookie("forged") == ANONYMOUS


def test_the_page_signs_up_and_goes_on_only_within_the_site(client: Client) -> None:
    answer = client.post("/my/sign-up/", {**FIELDS, "next": "https://elsewhere.example/"})
    assert answer.status_code == 302
    assert answer["Location"] == "/my/"
    assert answer.cookies[APPLICANT_COOKIE]["httponly"]
    assert Account.objects.count() == 1


def test_the_page_says_what_is_wrong_beside_the_field_and_keeps_what_was_written(client: Client) -> None:
    answer = client.post("/my/sign-up/", {**FIELDS, "id_number": "110105194912310021"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="zhang@example.org"' in page
    assert "long-enough-2026" not in page


def test_signing_in_is_counted_by_the_address_that_is_tried(client: Client) -> None:
    answers = [
        client.post("/my/sign-in/", {"email": "a@example.org", "password": "wrong"}).status_code
        for _ in range(11)
    ]
    assert answers == [422] * 10 + [429]
