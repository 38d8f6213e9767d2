"""Short ways to read a text as a file of a format, for tests."""

from itembank.formats.question import Question, Reading
from itembank.formats.registry import read


def read_text(text: str, name: str) -> Reading:
    """A UTF-8 file of that name."""
    return read(text.encode(), name)


def only(text: str, name: str) -> Question:
    """The one question of a file without faults."""
    reading = read_text(text, name)
    assert reading.errors == ()
    assert len(reading.questions) == 1
    return reading.questions[0]


def codes(text: str, name: str) -> list[str]:
    """The codes of what is wrong with a file."""
    return [error.code for error in read_text(text, name).errors]
