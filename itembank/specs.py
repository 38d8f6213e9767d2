"""What papers are made from: specifications of theory and practical, read strictly from a file. Pure.

The file: `{"offerings": [{"id", "name", "direction", "level", "theory": {}, "practical": {}}], "notice"}`.
Points are decimals in steps of a half, minutes whole, sizes in bytes. `rules` checks what no single field
can say.
"""

from decimal import Decimal

import msgspec
from msgspec import Struct

from itembank.blueprints.specification import Blueprint
from itembank.faults import BadSpec, Fault
from itembank.fields import (
    Bytes,
    Chars,
    Count,
    Ending,
    FileName,
    Level,
    LineNumber,
    LongText,
    MediaType,
    Minutes,
    OfferingCode,
    OptionalText,
    PartCode,
    Percent,
    ShortText,
    Title,
)
from itembank.scoringspecs import ScoringSpec
from itembank.states import Equipment, ItemType, RubricKind


class SectionSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """How many items of a type, and what each is worth; without a title the type's own stands above it."""

    type: ItemType
    count: Count
    points: Decimal
    title: OptionalText = ""
    title_en: OptionalText = ""


class TheorySpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A theory paper to be assembled; `bank` names the file its items come from, `blueprint` what else must hold."""

    minutes: Minutes
    pass_mark: Decimal
    sections: tuple[SectionSpec, ...]
    scoring: ScoringSpec = ScoringSpec()
    bank: str = ""
    blueprint: Blueprint | None = None


class MaterialSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that a task hands out: `file` is its path below the materials folder, `name` what is shown."""

    id: PartCode
    name: FileName
    media_type: MediaType
    file: ShortText
    title: Title


class TextSpec(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="text"):
    """A deliverable that is written into the page."""

    id: PartCode
    title: Title
    max_chars: Chars
    title_en: OptionalText = ""


class TableSpec(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="table"):
    """A deliverable that is filled into a table with named columns."""

    id: PartCode
    title: Title
    columns: tuple[ShortText, ...]
    max_rows: Count
    min_rows: Count = 1
    title_en: OptionalText = ""


class FileSpec(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="file"):
    """A deliverable that is uploaded; `accept` lists endings in lower case with their dot."""

    id: PartCode
    title: Title
    accept: tuple[Ending, ...]
    max_bytes: Bytes
    title_en: OptionalText = ""


DeliverableSpec = TextSpec | TableSpec | FileSpec


class RubricLineSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """One line by which a task is marked; `deliverable` may be empty when it looks at the whole task."""

    no: LineNumber
    points: Decimal
    kind: RubricKind
    description: LongText
    nominal: OptionalText = ""
    deliverable: str = ""


class TaskSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A task sheet with what it hands out, what it asks for, and how it is marked."""

    id: PartCode
    title: Title
    minutes: Minutes
    points: Decimal
    brief: tuple[LongText, ...]
    deliverables: tuple[DeliverableSpec, ...]
    rubric: tuple[RubricLineSpec, ...]
    materials: tuple[MaterialSpec, ...] = ()
    title_en: OptionalText = ""
    site: OptionalText = ""


class PracticalSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """A practical paper to be frozen, the policy of its grading, and what candidates may have for it at their seats."""

    minutes: Minutes
    pass_mark: Decimal
    tasks: tuple[TaskSpec, ...]
    graders: int = 2
    max_gap_percent: Percent = 10
    equipment: tuple[Equipment, ...] = ()


class OfferingPapers(Struct, frozen=True, forbid_unknown_fields=True):
    """Both papers of one offering."""

    id: OfferingCode
    name: ShortText
    level: Level
    theory: TheorySpec
    practical: PracticalSpec
    direction: str = ""


class PapersFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole papers file."""

    offerings: tuple[OfferingPapers, ...]
    notice: str = ""


def read_papers(data: bytes | str) -> tuple[OfferingPapers, ...]:
    """The offerings of a papers file (JSON, UTF-8); BadSpec naming the place of what is wrong."""
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        return msgspec.json.decode(text, type=PapersFile).offerings
    except (UnicodeError, msgspec.DecodeError) as error:
        raise BadSpec([Fault("", "", str(error))]) from error
