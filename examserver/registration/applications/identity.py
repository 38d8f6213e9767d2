"""What is wrong with an ID number on an application: its length, its check character, its birth date. Pure."""

from collections.abc import Iterator
from datetime import date

from examserver.people.identity import is_id_number
from examserver.registration.applications.faults import Fault

LENGTH = 18


def birth_date(number: str) -> date | None:
    """The birth date in a normalised number; None where there is no such day."""
    digits = number[6:14]
    if not (len(digits) == 8 and digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def number_faults(number: str, today: date) -> Iterator[Fault]:
    """The first thing wrong with a normalised ID number; the number itself is in no fault."""
    if not number:
        yield Fault("id_missing", "id_number")
    elif "E+" in number:
        yield Fault("id_as_number", "id_number")
    elif len(number) != LENGTH:
        yield Fault("id_length", "id_number", {"length": len(number)})
    elif not is_id_number(number):
        yield Fault("id_check", "id_number")
    else:
        born = birth_date(number)
        if born is None or born > today:
            yield Fault("id_birth_date", "id_number")
