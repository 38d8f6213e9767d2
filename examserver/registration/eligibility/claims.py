"""What an applicant says of their work, certificates, titles and diplomas, read row by row. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from examserver.registration.applications.faults import Fault, refuse, refuse_any
from examserver.registration.eligibility.standard import LEVELS, School

MOST_ROWS = 30
Name = Annotated[str, Meta(min_length=1, max_length=80)]


class Employment(Struct, frozen=True, forbid_unknown_fields=True):
    """Work in an occupation from a day until before another; without an end it goes on."""

    occupation: Name
    first: date
    until: date | None = None


class HeldCertificate(Struct, frozen=True, forbid_unknown_fields=True):
    """A vocational certificate and the day it was issued."""

    occupation: Name
    level: Annotated[int, LEVELS]
    day: date


class HeldTitle(Struct, frozen=True, forbid_unknown_fields=True):
    """A junior professional title and the day it was conferred."""

    speciality: Name
    day: date


class HeldDiploma(Struct, frozen=True, forbid_unknown_fields=True):
    """A diploma, or the one that is expected in the year in which somebody graduates."""

    school: School
    major: Name
    year: Annotated[int, Meta(ge=1900, le=2999)]
    school_name: Annotated[str, Meta(max_length=80)] = ""


class Claims(Struct, frozen=True, forbid_unknown_fields=True):
    """All that is claimed; each may be empty."""

    work: tuple[Employment, ...] = ()
    certificates: tuple[HeldCertificate, ...] = ()
    titles: tuple[HeldTitle, ...] = ()
    diplomas: tuple[HeldDiploma, ...] = ()


_ROWS: Mapping[str, type[Struct]] = {
    "work": Employment,
    "certificates": HeldCertificate,
    "titles": HeldTitle,
    "diplomas": HeldDiploma,
}


def read_claims(given: object, today: date) -> Claims:
    """What was filled in, as claims; Refused with every row that cannot be read or cannot be, named `work.2`.

    `claims_wrong`, `claims_many`, `claim_unreadable`, `period_reversed`, `claim_in_future`.
    """
    if not isinstance(given, Mapping) or not given.keys() <= _ROWS.keys():
        raise refuse("claims_wrong", "claims")
    faults: list[Fault] = []
    found: dict[str, Any] = {name: tuple(_rows(name, given.get(name, ()), today, faults)) for name in _ROWS}
    refuse_any(faults)
    return Claims(**found)


def _rows(name: str, given: Any, today: date, faults: list[Fault]) -> Iterator[Struct]:
    if not isinstance(given, list | tuple):
        faults.append(Fault("claims_wrong", name))
        return
    if len(given) > MOST_ROWS:
        faults.append(Fault("claims_many", name, {"most": MOST_ROWS}))
        return
    for number, one in enumerate(given, 1):
        try:
            row = msgspec.convert(one, _ROWS[name])
        except msgspec.ValidationError as error:
            faults.append(Fault("claim_unreadable", f"{name}.{number}", {"cause": _field(str(error))}))
            continue
        faults.extend(_impossible(row, f"{name}.{number}", today))
        yield row


def _field(error: str) -> str:
    """The field that msgspec names at the end of its sentence, or the one that it quotes."""
    return error.rsplit("`", 2)[-2].removeprefix("$.") if "`" in error else ""


def _impossible(row: Struct, where: str, today: date) -> Iterator[Fault]:
    match row:
        case Employment(first=first, until=until):
            if until is not None and until <= first:
                yield Fault("period_reversed", where, {"first": str(first), "until": str(until)})
            if first > today or (until is not None and until > today):
                yield Fault("claim_in_future", where)
        case HeldCertificate(day=day) | HeldTitle(day=day) if day > today:
            yield Fault("claim_in_future", where)
