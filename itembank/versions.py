"""What a version of an item says before it is stored: content, key, columns, hash, and the words to search. Pure."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from itembank.freezing import digest
from itembank.states import ItemType

DEFAULT_POINTS = Decimal(1)
DEFAULT_DIFFICULTY = 0.5
_SPOKEN = ("stem", "text", "prompt", "html")
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that came with an item: what candidates see of it by name, and its bytes."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A version about to be stored. `key` is `{"correct": [ids]}` or `{"grading": {...}}`; difficulty 0 (easy) to 1."""

    type: ItemType
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    explanation: str = ""
    points: Decimal = DEFAULT_POINTS
    knowledge_point: str = ""
    direction: str = ""
    difficulty: float = DEFAULT_DIFFICULTY
    attributes: Mapping[str, Any] = field(default_factory=dict)
    media: tuple[MediaFile, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash over type, content and key."""
        return version_sha256(self.type, self.content, self.key)

    @property
    def whole_sha256(self) -> str:
        """The hash over all that is stored of it, its columns, attributes and files included."""
        columns = [str(self.points), self.knowledge_point, self.direction, repr(self.difficulty)]
        attributes = json.dumps(dict(self.attributes), ensure_ascii=False, sort_keys=True)
        files = [[one.name, one.media_type, hashlib.sha256(one.data).hexdigest()] for one in self.media]
        return digest([self.sha256, self.explanation, columns, attributes, files])


def version_sha256(type: str, content: Mapping[str, Any], key: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over what a version shows and what it is scored by; NotCanonical for numbers that are not whole."""
    return digest([str(type), dict(content), dict(key)])


def search_text(content: Mapping[str, Any]) -> str:
    """All words of a content, markup left out, one a line."""
    return "\n".join(dict.fromkeys(word for word in _words(content) if word))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in _SPOKEN and isinstance(inner, str):
                yield _TAGS.sub(" ", inner).strip() if name in ("html", "prompt") else inner.strip()
            else:
                yield from _words(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _words(inner)
