"""Invented people: names from a list, ID numbers of a region that does not exist with a right check character."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from examserver.people.identity import CHECK_CHARACTERS, WEIGHTS

REGION = "990000"
PEOPLE = json.loads((Path(__file__).parent / "people.json").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Invented:
    """A person who does not exist."""

    name: str
    id_number: str


def id_number(index: int) -> str:
    """A well-formed number: region, a birth date in the nineties, a serial, the check character."""
    body = f"{REGION}{1990 + index % 10}{1 + index % 12:02d}{1 + index % 28:02d}{index % 1000:03d}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return body + CHECK_CHARACTERS[total % 11]


def people() -> Iterator[Invented]:
    """Invented people without end."""
    surnames, given = PEOPLE["surnames"], PEOPLE["given"]
    index = 0
    while True:
        name = surnames[index % len(surnames)] + given[(index * 7) % len(given)]
        yield Invented(name, id_number(index))
        index += 1
