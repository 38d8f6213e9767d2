"""The locale files as they lie, and the keys that pages, views and scripts ask for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.architecture.tree import PRODUCT, ROOT, files, text_of

LANGUAGES = ("zh_Hans", "en")
# A tag of a template or a call asks for a key; what ends in a point is the head of a computed key.
ASKED = re.compile(
    r"""(?:\{%\s*trans(?:late)?\s+|\b\w*gettext\w*\(\s*f?|\b_\(\s*f?)["'`]([a-z][\w-]*(?:\.[\w-]+)*\.?)["'`{$]"""
)
NAMED = re.compile(r"""["'`]([a-z][\w-]*(?:\.[\w-]+)*)["'`]""")
HEAD = re.compile(r"""["'`]([a-z][\w-]*(?:\.[\w-]+)*\.)(?:["'`{]|\$\{)""")
SPEAKING = (".py", ".js", ".html", ".json", ".toml")


@dataclass(frozen=True, slots=True)
class Book:
    """The locale file of one application, domain and language."""

    application: str
    domain: str
    language: str
    path: Path
    catalogue: Catalog

    def messages(self) -> Iterator[Message]:
        """Every message but the header."""
        yield from (message for message in self.catalogue if message.id)

    def all_keys(self) -> set[str]:
        return {key_of(message) for message in self.messages()}

    def texts(self) -> dict[str, object]:
        return {key_of(message): message.string for message in self.messages()}


def key_of(message: Message) -> str:
    """The key of a message; of its singular where it counts."""
    key: str = message.id if isinstance(message.id, str) else message.id[0]
    return key


@cache
def books() -> tuple[Book, ...]:
    return tuple(book_of(path) for path in files() if path.suffix == ".po")


def book_of(path: Path) -> Book:
    language = path.parent.parent.name
    with (ROOT / path).open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    return Book(str(Path(*path.parts[: path.parts.index("locale")])), path.stem, language, path, catalogue)


def all_keys() -> set[str]:
    return {key for book in books() for key in book.all_keys()}


@cache
def speaking_files() -> tuple[tuple[Path, str], ...]:
    """What may name a key, and its text: code, pages, scripts, data; not the locale files."""
    chosen = [path for path in files() if path.suffix in SPEAKING and path.parts[0] in (*PRODUCT, "static")]
    return tuple((path, text_of(path) or "") for path in chosen)


def asked() -> Iterator[tuple[Path, str]]:
    """Every key, or head of a computed key, that something asks for, and where."""
    for path, text in speaking_files():
        for found in ASKED.finditer(text):
            yield path, found[1]


def named() -> set[str]:
    """Every quoted word that may be a key."""
    return {word for _, text in speaking_files() for word in NAMED.findall(text)}


def heads() -> tuple[str, ...]:
    """Every quoted head of a word that is computed."""
    return tuple({head for _, text in speaking_files() for head in HEAD.findall(text)})
