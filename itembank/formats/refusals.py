"""What QTI refuses, as errors of a file: the code and the words of each fault, said in the reader's language."""

from collections.abc import Iterable, Iterator

from itembank.faults import Fault
from itembank.formats.problems import shortened
from itembank.formats.question import Error
from itembank.qti.faults import QtiFault

CODE = "qti_refused"
UNSAID = "cannot_score"


def refusals(faults: Iterable[Fault]) -> Iterator[Error]:
    """Every fault at its file and line; those that only the compiling of a key knows say their cause as it is."""
    for one in faults:
        yield Error(where=one.where, code=CODE, params=_params(one), line=line_of(one))


def line_of(one: Fault) -> int:
    """The line that a fault names, 0 for none."""
    number = one.where.rpartition(":")[2] if ":" in one.where else ""
    return int(number) if number.isascii() and number.isdigit() else 0


def _params(one: Fault) -> dict[str, str]:
    """The end of the sentence's key as `fault`, and what the sentence fills in."""
    if isinstance(one, QtiFault):
        return {"fault": one.code, **{name: shortened(value) for name, value in one.words.items()}}
    return {"fault": UNSAID, "name": one.field, "cause": shortened(one.cause, 200)}
