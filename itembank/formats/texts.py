"""Small things about texts that several formats need."""

import html
import re

from itembank.formats.question import TextFormat

_TAG = re.compile(r"<[^<>]{0,5000}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_MARKUP = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,5000}|!--)|&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")
_SPACES = re.compile(r"[ \t\f\v\u00a0]+")


def one_line(text: str) -> str:
    """Runs of white space as one space, none at the ends."""
    return " ".join(text.split())


def looks_like_html(text: str) -> bool:
    """Whether there is a tag or an entity in it."""
    return _MARKUP.search(text) is not None


def plain(text: str) -> str:
    """HTML as the text a person reads: tags gone, entities told, a line for each block."""
    broken = _BREAK.sub("\n", text)
    told = html.unescape(_TAG.sub("", broken))
    lines = (_SPACES.sub(" ", line).strip() for line in told.split("\n"))
    return "\n".join(line for line in lines if line)


def as_plain(text: str, format: TextFormat | str) -> str:
    """`text` without markup where its format has markup."""
    return plain(text) if format in ("html", "moodle") and looks_like_html(text) else text.strip()


def escaped(text: str) -> str:
    """Plain text as HTML."""
    return html.escape(text, quote=False).replace("\n", "<br>")
