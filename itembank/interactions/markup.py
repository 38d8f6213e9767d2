"""The only door for HTML of items: an allow-list of tags and attributes, MathML, tables and ruby included. Pure.

What comes out loads nothing by itself: no address, no script, no style, no form. A picture, sound or film is
`src="media:ID"`, and what shows the item puts the address of that file of its media there.
"""

import html
import re
from collections.abc import Mapping

import nh3

MEDIA = "media:"

_TEXT = """
    p div span br hr em strong b i u s sub sup small code pre kbd samp var q cite abbr dfn blockquote
    h1 h2 h3 h4 h5 h6 ul ol li dl dt dd figure figcaption section article
    table caption colgroup col thead tbody tfoot tr th td ruby rb rt rp rtc bdo bdi
"""
_MATHML = """
    math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover
    mmultiscripts mprescripts none mtable mtr mtd mstyle mpadded mphantom menclose mfenced merror
"""
TEXT = frozenset(_TEXT.split())
SEEN = frozenset(["img", "audio", "video", "source"])
MATHML = frozenset(_MATHML.split())
TAGS = TEXT | SEEN | MATHML
GONE = frozenset(
    ["script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "title", "head"]
)

_CELL = {"colspan", "rowspan", "scope", "headers"}
_SPOKEN = {"lang", "dir", "title"}
_MATH = {
    "mathvariant",
    "displaystyle",
    "scriptlevel",
    "linethickness",
    "stretchy",
    "fence",
    "separator",
    "notation",
}
_MATH |= {
    "columnalign",
    "rowspan",
    "columnspan",
    "width",
    "open",
    "close",
    "separators",
    "accent",
    "accentunder",
    "form",
}
ATTRIBUTES: dict[str, set[str]] = {
    "*": _SPOKEN,
    "img": {"src", "alt", "width", "height"},
    "audio": {"src", "controls"},
    "video": {"src", "controls", "width", "height"},
    "source": {"src", "type"},
    "td": _CELL,
    "th": _CELL,
    "ol": {"start", "type"},
    "math": {"display"},
    **dict.fromkeys(MATHML - {"math"}, _MATH),
}
PLACES = {"data-interaction", "data-gap", "data-hot"}
_SPACE = re.compile(r"\s+")
_BREAKS = re.compile(
    r"<(?:/?(?:p|div|li|tr|td|th|h\d|blockquote|table|ul|ol|dt|dd)|br)\b[^>]*>", re.IGNORECASE
)


def safe_html(text: str, media: Mapping[str, str] | None = None) -> str:
    """An author's HTML made safe. `media` gives the id for each address in it (`src`) that is a file of the item's;
    any other picture keeps only its words.
    """
    return _clean(text, media or {}, None)


def placed_html(text: str, ids: frozenset[str]) -> str:
    """HTML that this package itself wrote, made safe once more: places of interactions and `media:` of `ids` stay."""
    return _clean(text, {}, ids)


def _clean(text: str, media: Mapping[str, str], ids: frozenset[str] | None) -> str:
    def kept(tag: str, name: str, value: str) -> str | None:
        if name != "src":
            return value
        if value in media:
            return MEDIA + media[value]
        ours = ids is not None and value.startswith(MEDIA) and value.removeprefix(MEDIA) in ids
        return value if ours else None

    attributes = ATTRIBUTES | {"span": PLACES, "div": PLACES} if ids is not None else ATTRIBUTES
    return nh3.clean(
        text,
        tags=set(TAGS),
        clean_content_tags=set(GONE),
        attributes=attributes,
        attribute_filter=kept,
        url_schemes={MEDIA.rstrip(":")},
    )


def escaped(text: str) -> str:
    """Plain text as HTML."""
    return html.escape(text, quote=True)


def plain_text(markup: str) -> str:
    """What safe HTML says, on one line: for lists, and for those who hear it."""
    spaced = _BREAKS.sub(" ", markup)
    bare = nh3.clean(spaced, tags=set(), clean_content_tags=set(GONE))
    return _SPACE.sub(" ", html.unescape(bare)).strip()
