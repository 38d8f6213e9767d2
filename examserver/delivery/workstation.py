"""The cookie that binds a browser to the seat it stands at."""

import secrets

from django.core import signing
from django.http import HttpRequest

from examserver.delivery.models import Seat
from examserver.delivery.selectors import seat_of_workstation
from examserver.delivery.services.scheduling import key_hash

COOKIE = "workstation"
SALT = "examserver.workstation"
YEAR_SECONDS = 366 * 24 * 3600


def cookie_value(seat: Seat) -> str:
    """What the browser keeps."""
    return signing.dumps(seat.workstation, salt=SALT)


def bound_seat(request: HttpRequest) -> Seat | None:
    """The seat of the browser that asks; None when it is bound to none or the cookie is forged."""
    try:
        return seat_of_workstation(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT))
    except signing.BadSignature:
        return None


def opens(seat: Seat | None, key: str) -> bool:
    """Whether `key` is the seat's binding key."""
    return seat is not None and secrets.compare_digest(seat.key_hash, key_hash(key))
