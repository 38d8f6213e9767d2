"""The signed cookies of candidates: one for a workstation's session, one for an account at home."""

from django.core import signing

from examserver.kernel.access import ANONYMOUS, Actor
from examserver.people.selectors import applicant_actor, candidate_actor

COOKIE = "candidate"
SALT = "examserver.candidate"
APPLICANT_COOKIE = "applicant"
APPLICANT_SALT = "examserver.applicant"
APPLICANT_SECONDS = 8 * 60 * 60


def session_cookie(session_id: int) -> str:
    """The cookie's value for a workstation session."""
    return signing.dumps(session_id, salt=SALT)


def read_cookie(value: str) -> Actor:
    """The candidate behind a cookie; the anonymous actor when it is forged, or its session closed."""
    try:
        return candidate_actor(int(signing.loads(value, salt=SALT)))
    except (signing.BadSignature, ValueError, TypeError):
        return ANONYMOUS


def applicant_cookie(account_id: int, stamp: int) -> str:
    """The cookie's value for an account that has signed in."""
    return signing.dumps([account_id, stamp], salt=APPLICANT_SALT)


def read_applicant_cookie(value: str) -> Actor:
    """The applicant behind a cookie; the anonymous actor when it is forged, too old, or signed out since."""
    try:
        account_id, stamp = signing.loads(value, salt=APPLICANT_SALT, max_age=APPLICANT_SECONDS)
        return applicant_actor(int(account_id), int(stamp))
    except (signing.BadSignature, ValueError, TypeError):
        return ANONYMOUS
