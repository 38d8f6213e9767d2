"""The accounts with which candidates sign in from home: opened once a person, and never over somebody's history."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from examserver.kernel import audit
from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.people.identity import is_id_number, normalise
from examserver.people.models import Account, Candidate
from examserver.people.numbers import number_digest
from examserver.people.selectors import account_actor
from examserver.people.services import add_candidate

# Compared where no account is, so that an answer takes as long for an address that nobody has.
_NOBODY = make_password(None)
LONGEST_NAME, LONGEST_EMAIL = 80, 120


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody fills in to get an account."""

    name: str
    id_number: str
    email: str
    password: str


class AccountRefused(Exception):
    """An account was not opened; `problems` are keys by field, each the end of a locale key `account.problem.…`."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {key}" for field, key in problems.items()))
        self.problems = problems


@transaction.atomic
def open_own_account(*, form: SignUp, now: datetime) -> Account:
    """A new candidate with an account of their own.

    AccountRefused: every field that is wrong at once; `number_known` for a person whom the body knows already, so that
    nobody reaches another's results by knowing a number: a clerk opens that account for who shows the card.
    """
    email = form.email.strip().lower()
    problems = _problems(form, email)
    if problems:
        raise AccountRefused(problems)
    if Candidate.objects.filter(id_digest=number_digest(form.id_number)).exists():
        raise AccountRefused({"id_number": "number_known"})
    try:
        with transaction.atomic():
            candidate = add_candidate(name=form.name.strip(), id_number=form.id_number)
    except IntegrityError as error:  # the same person in the same moment
        raise AccountRefused({"id_number": "number_known"}) from error
    account = _open(candidate, email, form.password, now)
    _record("account.opened", account, account_actor(account), now)
    return account


@transaction.atomic
def open_account_for(*, candidate_id: int, email: str, password: str, actor: Actor, now: datetime) -> Account:
    """A clerk, who has seen the ID card, opens the account of a person whom the body knows already.

    AccountRefused; NotAllowed `role_needed`.
    """
    if not actor.has(Role.CLERK):
        raise NotAllowed("role_needed")
    address = email.strip().lower()
    problems = {**_email_problem(address), **_password_problem(password)}
    if problems:
        raise AccountRefused(problems)
    account = _open(Candidate.objects.get(pk=candidate_id), address, password, now)
    _record("account.opened", account, actor, now)
    return account


def sign_in(*, email: str, password: str) -> Account | None:
    """The account with this address and password."""
    account = Account.objects.filter(email=email.strip().lower()).first()
    right = check_password(password, account.password if account else _NOBODY)
    return account if right else None


@transaction.atomic
def sign_out_everywhere(*, candidate_id: int, now: datetime) -> None:
    """Whatever was signed in to the account acts no more."""
    account = Account.objects.select_for_update().filter(candidate_id=candidate_id).first()
    if account is not None:
        account.stamp += 1
        account.save(update_fields=["stamp"])
        _record("account.signed_out", account, account_actor(account), now)


def choose_language(*, candidate_id: int, language: str) -> None:
    """The language of the candidate's mails, empty for both; NotAllowed `language_unknown`."""
    if language and language not in dict(settings.LANGUAGES):
        raise NotAllowed("language_unknown")
    Account.objects.filter(candidate_id=candidate_id).update(language=language)


def _problems(form: SignUp, email: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if not form.name.strip() or len(form.name.strip()) > LONGEST_NAME or not form.name.isprintable():
        found["name"] = "name_wrong"
    if not is_id_number(normalise(form.id_number)):
        found["id_number"] = "number_wrong"
    return {**found, **_email_problem(email), **_password_problem(form.password)}


def _email_problem(email: str) -> dict[str, str]:
    try:
        validate_email(email)
    except ValidationError:
        return {"email": "email_wrong"}
    return {"email": "email_wrong"} if len(email) > LONGEST_EMAIL else {}


def _password_problem(password: str) -> dict[str, str]:
    try:
        validate_password(password)
    except ValidationError:
        return {"password": "password_weak"}
    return {}


def _open(candidate: Candidate, email: str, password: str, now: datetime) -> Account:
    try:
        with transaction.atomic():
            return Account.objects.create(
                candidate=candidate, email=email, password=make_password(password), opened_at=now
            )
    except IntegrityError as error:
        known = Account.objects.filter(candidate=candidate).exists()
        raise AccountRefused({"id_number": "account_there"} if known else {"email": "email_used"}) from error


def _record(action: str, account: Account, actor: Actor, now: datetime) -> None:
    audit.record(audit.Act("people", action, f"candidate:{account.candidate_id}", str(actor), {}), now)
