"""What keeps an application from being submitted or approved: every reason at once, each with its field. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from examserver.registration.applications.documents import DocumentKind, missing
from examserver.registration.applications.faults import Fault
from examserver.registration.applications.identity import Standards, number_faults
from examserver.registration.applications.states import EntryChannel, Origin

# As the tables take them; an ID number that long is none, but is told as one that has the wrong length.
LONGEST: Mapping[str, int] = {"name": 80, "id_number": 40, "phone": 24, "alternative": 12}


@dataclass(frozen=True, slots=True)
class Written:
    """What an application says of its person; the ID number normalised."""

    name: str
    id_number: str
    phone: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Paperwork:
    """What an application is for, which documents the catalogue asks of it, and what lies with it."""

    origin: Origin
    required: tuple[DocumentKind, ...]
    documents: frozenset[DocumentKind]
    committed: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the person elsewhere: the name at this ID number, a bar's last day, this month's applications.

    `offerings` are the codes of those that still count, `offering` is the one that is applied for.
    """

    name: str = ""
    barred_until: date | None = None
    offerings: frozenset[str] = frozenset()
    offering: str = ""


def cell_faults(cells: Mapping[str, str], longest: Mapping[str, int]) -> Iterator[Fault]:
    """What no field may hold, also of a draft: more characters than there is room for, or some that cannot be seen."""
    for name, text in cells.items():
        if len(text) > longest.get(name, len(text)):
            yield Fault("too_long", name, {"most": longest[name]})
        if not text.isprintable():
            yield Fault("unprintable", name)


def draft_faults(written: Written) -> Iterator[Fault]:
    """What not even a draft may say."""
    cells = {name: str(getattr(written, name)) for name in LONGEST}
    yield from cell_faults(cells, LONGEST)


def writing_faults(written: Written, origin: Origin, standards: Standards) -> Iterator[Fault]:
    """What is missing or wrong in what was filled in."""
    if not written.name:
        yield Fault("name_missing", "name")
    yield from number_faults(written.id_number, standards)
    if not written.phone:
        yield Fault("phone_missing", "phone")
    if not written.alternative and origin is not Origin.RESIT:
        yield Fault("alternative_missing", "alternative")


def paperwork_faults(paperwork: Paperwork) -> Iterator[Fault]:
    """Which documents are missing, and the commitment."""
    yield from missing(paperwork.required, paperwork.documents)
    if not paperwork.committed:
        yield Fault("commitment_missing", "commitment")


def person_faults(written: Written, known: Known) -> Iterator[Fault]:
    """What stands against this person in this month; a name that differs is not told, only that it does."""
    if known.name and known.name != written.name:
        yield Fault("name_differs", "name")
    if known.barred_until is not None:
        yield Fault("barred", "", {"until": known.barred_until.isoformat()})
    if known.offering in known.offerings:
        yield Fault("applied_already", "offering", {"offering": known.offering})
    elif known.offerings:
        others = "、".join(sorted(known.offerings))
        yield Fault("applied_for_another", "offering", {"offering": others})


def approval_faults(entry: EntryChannel, original_received: bool, waived: frozenset[str]) -> Iterator[Fault]:
    """The signed original of the registration form must be here, but for the ways in that are waived."""
    if not original_received and entry not in waived:
        yield Fault("original_missing", "original_received_on")
