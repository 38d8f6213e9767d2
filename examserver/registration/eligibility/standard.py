"""The conditions of the national occupational standard as data: alternatives of needs, related names, lists. Pure."""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

Years = Annotated[int, Meta(ge=1, le=50)]
LEVELS = Meta(ge=1, le=5)


class Closed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Data in which nothing stands that nobody reads."""


class School(StrEnum):
    """What kind of school a diploma is from, from the least to the highest education."""

    TECHNICIAN = "TECHNICIAN"
    SECONDARY_VOCATIONAL = "SECONDARY_VOCATIONAL"
    TECHNICIAN_SENIOR = "TECHNICIAN_SENIOR"
    HIGHER_VOCATIONAL = "HIGHER_VOCATIONAL"
    COLLEGE = "COLLEGE"


class After(StrEnum):
    """From which day on work counts."""

    CERTIFICATE = "certificate"
    TITLE = "title"


class Work(Closed, frozen=True, tag_field="kind", tag="work"):
    """Years of work in this or a related occupation, all of them or those after a certificate or a title."""

    years: Years
    after: After | None = None


class Certificate(Closed, frozen=True, tag_field="kind", tag="certificate"):
    """A certificate of `level` in a related occupation, and in this one only where the standard says so (AMB-24)."""

    level: Annotated[int, LEVELS]
    own_occupation: bool


class Title(Closed, frozen=True, tag_field="kind", tag="title"):
    """A junior professional title in a corresponding speciality."""


class Diploma(Closed, frozen=True, tag_field="kind", tag="diploma"):
    """A diploma of one of `schools` in this or a related major; `validated` asks for a school of that list."""

    schools: Annotated[tuple[School, ...], Meta(min_length=1)]
    validated: bool = False


Need = Work | Certificate | Title | Diploma


class Alternative(Closed, frozen=True):
    """One way to be eligible: all of its needs together; `text` is the standard's own sentence."""

    code: Annotated[str, Meta(min_length=1, max_length=12)]
    text: str
    needs: Annotated[tuple[Need, ...], Meta(min_length=1)]


class LevelConditions(Closed, frozen=True):
    """The alternatives of a level, in the standard's order."""

    level: Annotated[int, LEVELS]
    alternatives: Annotated[tuple[Alternative, ...], Meta(min_length=1)]


class Standard(Closed, frozen=True):
    """A version of the standard. Without `minimum_education` a person confirms it (AMB-5).

    An empty list decides nothing.
    """

    version: str
    occupation: str
    minimum_education: School | None
    levels: tuple[LevelConditions, ...]
    related_occupations: tuple[str, ...]
    related_majors: tuple[str, ...]
    validated_schools: tuple[str, ...]
    title_specialities: tuple[str, ...]

    def alternatives(self, level: int) -> tuple[Alternative, ...]:
        """The alternatives of `level`; none for a level that the standard does not know."""
        return next((one.alternatives for one in self.levels if one.level == level), ())


def read_standard(data: bytes) -> Standard:
    """The standard in a file; msgspec.ValidationError names the field."""
    return msgspec.json.decode(data, type=Standard)


@cache
def shipped_standard() -> Standard:
    """GZB 4-13-01-05/2023, which the notice of 2026 names."""
    return read_standard((Path(__file__).parent / "gzb_4-13-01-05_2023.json").read_bytes())
