"""GIFT, Moodle's text format, as its documentation describes it and its grammar is commonly written down.

How it is read, where the documentation leaves room:
- Outside [html] and [markdown] a line break of the file is a space; the escape \\n is a line break everywhere.
- An answer block inside a sentence leaves `_____` with a space on both sides.
- {T} and {F} become two choices, "true" and "false"; the first feedback belongs to the wrong choice, the second to the
  right one.
- With `=` among `~` a question is single (several `=` are each right), with `~` alone it is multiple.
- A number without tolerance has tolerance 0; a numeric `~` without a number stands for every other number: text "*".
- `[id:…]` and `[tag:…]` count in the comments directly above a question.
"""

import re

from itembank.formats.format import LIKELY, MAYBE, NO, SURE, Format, named
from itembank.formats.known.gift.reading import read
from itembank.formats.known.gift.writing import write

_SIGNS = re.compile(rb"^\s*(?:::|\$CATEGORY:|//)|\{\s*(?:[=~#}]|T(?:RUE)?\b|F(?:ALSE)?\b)", re.MULTILINE)


def recognises(data: bytes, name: str) -> int:
    """By its name, or by its marks in a text file."""
    if named(name, ".gift", ".gift.txt"):
        return SURE
    if data.lstrip()[:1] == b"<" or data[:2] == b"PK":
        return NO
    found = _SIGNS.search(data[:65536]) is not None
    return (LIKELY if named(name, ".txt") else MAYBE) if found else NO


FORMAT = Format("gift", (".gift", ".gift.txt", ".txt"), "text/plain", recognises, read, write)
