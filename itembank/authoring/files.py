"""All that a file of questions brings, as drafts: neutral questions, and of QTI also what they cannot say. Pure."""

from itembank.authoring.drafts import Drafted, Drafts, drafts
from itembank.authoring.interactive import KeyOf, interactive_drafts
from itembank.formats.question import Error, Question, Reading


def file_drafts(reading: Reading, data: bytes, name: str, key_of: KeyOf) -> Drafts:
    """The drafts of what `reading` found in the file `data`, and what the bank cannot take; nothing is left out."""
    whole = [one for one in reading.questions if _only_whole(one, reading.format)]
    made = drafts(one for one in reading.questions if not _only_whole(one, reading.format))
    if not whole:
        return made
    paths = [one.where.rpartition(":")[0] for one in whole]
    return _together(made, interactive_drafts(data, name, paths, key_of))


def _only_whole(question: Question, format: str) -> bool:
    return format == "qti" and question.type == "other"


def _together(first: Drafts, second: Drafts) -> Drafts:
    taken = {one.code for one in first.good}
    free = tuple(one for one in second.good if one.code not in taken)
    twice = tuple(_twice(one) for one in second.good if one.code in taken)
    return Drafts((*first.good, *free), (*first.refused, *second.refused, *twice))


def _twice(drafted: Drafted) -> Error:
    return Error(where=drafted.source, code="code_twice", params={"given": drafted.code})
