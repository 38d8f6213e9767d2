"""What kinds of subject, item, deliverable and scoring there are: closed lists. Pure."""

from enum import StrEnum


class Subject(StrEnum):
    """The two subjects of every offering; the values are those of the wire."""

    THEORY = "theory"
    PRACTICAL = "practical"


class ItemType(StrEnum):
    """The three kinds of theory item."""

    TRUE_FALSE = "true_false"
    SINGLE = "single"
    MULTIPLE = "multiple"


class DeliverableKind(StrEnum):
    """How a candidate hands in a piece of practical work."""

    TEXT = "text"
    TABLE = "table"
    FILE = "file"


class RubricKind(StrEnum):
    """How a rubric line is marked: against a nominal value, or by judgement."""

    MEASURED = "MEASURED"
    JUDGED = "JUDGED"


class MultipleScoring(StrEnum):
    """What a multiple item gives for a part of its key; the official rule for partial marks is not public."""

    ALL_OR_NOTHING = "all_or_nothing"
    PARTIAL = "partial"


class Equipment(StrEnum):
    """What a practical paper itself may ask for that is otherwise forbidden at a seat."""

    PHONE = "PHONE"
    LAPTOP_TABLET = "LAPTOP_TABLET"
    BOOK_NOTES = "BOOK_NOTES"
