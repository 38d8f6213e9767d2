"""What kinds of subject, item, deliverable and scoring there are: closed lists. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Subject(StrEnum):
    """The two subjects of every offering; the values are those of the wire."""

    THEORY = "theory"
    PRACTICAL = "practical"


class ItemType(StrEnum):
    """The kinds of theory item; `interactive` is what came as QTI and has interactions of its own."""

    TRUE_FALSE = "true_false"
    SINGLE = "single"
    MULTIPLE = "multiple"
    SHORT = "short"
    NUMERIC = "numeric"
    MATCH = "match"
    ORDER = "order"
    ESSAY = "essay"
    CLOZE = "cloze"
    INTERACTIVE = "interactive"


CHOICE_TYPES = frozenset({ItemType.TRUE_FALSE, ItemType.SINGLE, ItemType.MULTIPLE})


class VersionState(StrEnum):
    """How far a version of an item has come on its way into papers."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


# A version that came back may be handed in again as it is. A newer version takes the place of every older one,
# but of an approved one only when it is approved itself.
_LEFT = VersionState.SUPERSEDED, VersionState.WITHDRAWN
VERSION_MOVES: Mapping[VersionState, frozenset[VersionState]] = {
    VersionState.DRAFT: frozenset({VersionState.IN_REVIEW, *_LEFT}),
    VersionState.IN_REVIEW: frozenset({VersionState.RETURNED, VersionState.APPROVED, *_LEFT}),
    VersionState.RETURNED: frozenset({VersionState.IN_REVIEW, *_LEFT}),
    VersionState.APPROVED: frozenset(_LEFT),
    VersionState.WITHDRAWN: frozenset({VersionState.IN_REVIEW, VersionState.SUPERSEDED}),
}


class ItemState(StrEnum):
    """Whether an item may still come into new papers."""

    ACTIVE = "active"
    RETIRED = "retired"


ITEM_MOVES: Mapping[ItemState, frozenset[ItemState]] = {
    ItemState.ACTIVE: frozenset({ItemState.RETIRED}),
    ItemState.RETIRED: frozenset({ItemState.ACTIVE}),
}


class Decision(StrEnum):
    """What a reviewer says of a version."""

    APPROVE = "approve"
    RETURN = "return"


class ImportState(StrEnum):
    """What became of a file that was handed in."""

    OFFERED = "offered"
    AGREED = "agreed"
    DISCARDED = "discarded"


IMPORT_MOVES: Mapping[ImportState, frozenset[ImportState]] = {
    ImportState.OFFERED: frozenset({ImportState.AGREED, ImportState.DISCARDED}),
}


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
