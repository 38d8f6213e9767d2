"""Writes questions as a QTI package."""

from collections.abc import Iterator, Sequence

from itembank.formats.known.qti.items import can_say, identifier_of, item_of
from itembank.formats.known.qti.markup import MEDIA
from itembank.formats.losses import losses, lost, not_written
from itembank.formats.question import Error, Question, Written
from itembank.qti.faults import BadQti
from itembank.qti.model import Item
from itembank.qti.package_writing import write_package
from itembank.qti.packages import Package
from itembank.qti.writing import write_item

_CARRIED = frozenset(
    ("type", "prompt", "title", "code", "choices", "answers", "pairs", "parts", "points", "shuffle", "files")
) | {"case_sensitive"}


def write(questions: Sequence[Question], version: str) -> Written:
    """A zip with one item a question; what cannot be said in QTI is left out and listed."""
    items: dict[str, Item] = {}
    media: dict[str, bytes] = {}
    left: list[Error] = []
    for number, question in enumerate(questions, 1):
        item = _item(question, number, version)
        if item is None:
            left.append(not_written(question, number))
            continue
        items[f"items/{_free(identifier_of(question, number), items)}.xml"] = item
        media |= {f"items/{MEDIA}{file.name}": file.data for file in question.files}
        left += _losses(question, number)
    package = Package("package", "", items, {}, {}, media)
    return Written(data=write_package(package, version), losses=tuple(left))


def _item(question: Question, number: int, version: str) -> Item | None:
    if not can_say(question):
        return None
    item = item_of(question, number)
    try:
        write_item(item, version)
    except BadQti:
        return None
    return item


def _free(name: str, items: dict[str, Item]) -> str:
    number, chosen = 1, name
    while f"items/{chosen}.xml" in items:
        number += 1
        chosen = f"{name}-{number}"
    return chosen


def _losses(question: Question, number: int) -> Iterator[Error]:
    carried = _CARRIED | ({"format"} if question.format != "markdown" else frozenset())
    yield from losses(question, number, carried)
    told = [one.feedback for one in question.choices] + [one.feedback for one in question.answers]
    if any(told):
        yield lost(question, number, "feedback")
