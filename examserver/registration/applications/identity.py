"""What is wrong with an ID number on an application: its length, check character, birth date, the age. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from examserver.people.identity import is_id_number
from examserver.registration.applications.faults import Fault
from examserver.registration.dates.ages import birthday
from examserver.registration.dates.years import LeapDay

LENGTH = 18


@dataclass(frozen=True, slots=True)
class Standards:
    """The day on which an application is judged, and how old one must be then by the catalogue in force."""

    today: date
    least_age: int
    leap: LeapDay


def birth_date(number: str) -> date | None:
    """The birth date in a normalised number; None where there is no such day."""
    digits = number[6:14]
    if not (len(digits) == 8 and digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def number_faults(number: str, standards: Standards) -> Iterator[Fault]:
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
        yield from _birth_faults(birth_date(number), standards)


def _birth_faults(born: date | None, standards: Standards) -> Iterator[Fault]:
    if born is None or born > standards.today:
        yield Fault("id_birth_date", "id_number")
    elif (grown := birthday(born, standards.least_age, standards.leap)) > standards.today:
        facts: dict[str, str | int] = {"age": standards.least_age, "day": grown.isoformat()}
        yield Fault("age_under", "id_number", facts)
