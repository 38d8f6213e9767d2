"""HTML of questions to nodes of QTI bodies, and back."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree
from lxml import html as parsed

from itembank.formats.media import MARK
from itembank.formats.question import TextFormat
from itembank.formats.texts import looks_like_html
from itembank.qti.model import Node
from itembank.qti.words import words

MEDIA = "media/"
KEPT = words(
    """p div span br hr b i em strong u small sub sup pre code blockquote q ul ol li dl dt dd table thead tbody tr th td
    caption img a h1 h2 h3 h4 h5 h6 audio video"""
)
_EMPTY = frozenset(("br", "hr", "img"))
_ATTRIBUTES = words("class src alt href width height colspan rowspan controls title lang")
# In QTI 2.2 these are written otherwise, or mean nothing that a question needs.
_OTHER_NAMES = {"b": "strong", "i": "em", "u": "em"}
_BLOCKS = words("p div hr pre blockquote ul ol dl table h1 h2 h3 h4 h5 h6")
_ONE_PARAGRAPH = re.compile(r"<p>([^<]*(?:<br/?>[^<]*)*)</p>")
_BREAK = re.compile(r"<br/?>")


def nodes(text: str, format: TextFormat | str) -> tuple[Node | str, ...]:
    """A text of that format as children of a body; what QTI has no word for gives way to what stands in it."""
    if format == "html" or (format == "moodle" and looks_like_html(text)):
        return tuple(_of_html(text))
    lines = text.split("\n")
    broken = [part for line in lines for part in (Node("br"), line)][1:]
    return tuple(part for part in broken if part)


def _of_html(text: str) -> Iterator[Node | str]:
    try:
        found = parsed.fragments_fromstring(text)
    except (etree.ParserError, ValueError):
        return
    for one in found:
        if isinstance(one, str):
            yield one
        else:
            yield from _of_element(one)
            if one.tail:
                yield one.tail


def _of_element(element: etree._Element) -> Iterator[Node | str]:
    if not isinstance(element.tag, str):
        return
    inside: list[Node | str] = [element.text] if element.text else []
    for child in element:
        inside += _of_element(child)
        inside += [child.tail] if child.tail else []
    if element.tag in ("script", "style"):
        return
    if element.tag not in KEPT:
        yield from inside
        return
    attributes = {key: value for key, value in element.attrib.items() if key in _ATTRIBUTES}
    for key in ("src", "href"):
        if attributes.get(key, "").startswith(MARK):
            attributes[key] = MEDIA + attributes[key].removeprefix(MARK)
    if element.tag == "img":
        attributes.setdefault("alt", "")
    yield Node(_OTHER_NAMES.get(element.tag, element.tag), attributes, tuple(inside))


def blocks(children: Sequence[Node | str]) -> tuple[Node | str, ...]:
    """Children of a body: text that stands between blocks goes into paragraphs of its own."""
    made: list[Node | str] = []
    loose: list[Node | str] = []
    for child in (*children, None):
        if child is not None and (isinstance(child, str) or child.name not in _BLOCKS):
            loose.append(child)
            continue
        if any(isinstance(one, Node) or one.strip() for one in loose):
            made.append(Node("p", {}, tuple(loose)))
        loose = []
        if child is not None:
            made.append(child)
    return tuple(made)


def markup(children: Iterable[Node | str]) -> str:
    """The nodes as HTML; interactions and other words of QTI are left out."""
    return "".join(_written(child) for child in children)


def _written(child: Node | str) -> str:
    if isinstance(child, str):
        return html.escape(child, quote=False)
    inside = markup(child.children)
    if child.name not in KEPT:
        return inside
    attributes = "".join(
        f' {key}="{html.escape(_source(key, value))}"' for key, value in child.attributes.items()
    )
    if child.name in _EMPTY:
        return f"<{child.name}{attributes}>"
    return f"<{child.name}{attributes}>{inside}</{child.name}>"


def _source(key: str, value: str) -> str:
    return MARK + value.removeprefix(MEDIA) if key in ("src", "href") and value.startswith(MEDIA) else value


def simplest(written: str) -> tuple[str, TextFormat]:
    """HTML as plain text where it is one paragraph or none, without markup."""
    text = written.strip()
    found = _ONE_PARAGRAPH.fullmatch(text)
    bare = found[1] if found else text
    if "<" in _BREAK.sub("", bare):
        return text, "html"
    return html.unescape(_BREAK.sub("\n", bare)).strip(), "plain"
