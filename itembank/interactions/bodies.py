"""The body of a QTI item as safe HTML: places for its interactions, its files by their ids. Pure.

Left out: feedback, rubrics for others than candidates, style sheets, printed outcomes. A printed template
variable and a template block need the values that were drawn for this version of the item.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from itembank.interactions.markup import ATTRIBUTES, MEDIA, TAGS, escaped
from itembank.interactions.media import MediaFile
from itembank.qti.model import Node

VOID = frozenset(["br", "hr", "img", "source", "col"])
SILENT = frozenset(
    """feedback-inline feedback-block modal-feedback stylesheet prompt template-inline template-block catalog-info
    companion-materials-info test-feedback""".split()  # noqa: SIM905
)
INLINE = frozenset(["inline-choice-interaction", "text-entry-interaction", "end-attempt-interaction"])
STAGE = "position-object-stage"
SHOWN = ("img", "object", "audio", "video", "source")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a part of an item cannot be shown: a code, the element's name and its line."""

    code: str
    name: str
    line: int


@dataclass(slots=True)
class Body:
    """Writes nodes as HTML and keeps what it met: `interactions` in their order, `refusals`.

    `files` has each file of the item by its address as the item writes it, `codes` its id among the item's media,
    `values` what was drawn for the template variables.
    """

    files: Mapping[str, MediaFile]
    codes: Mapping[str, str]
    values: Mapping[str, str]
    templates: frozenset[str] = frozenset()
    interactions: list[tuple[Node, Node | None]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, code: str, node: Node) -> str:
        """Note that `node` cannot be shown."""
        self.refusals.append(Refusal(code, node.name, node.line))
        return ""

    def inner(self, children: Iterable[Node | str]) -> str:
        """Nodes and text, one after the other, as HTML."""
        return "".join(escaped(one) if isinstance(one, str) else self.html(one) for one in children)

    def html(self, node: Node) -> str:
        """One node as HTML."""
        if node.name.endswith("-interaction"):
            return self.place(node, None)
        write = _WRITERS.get(node.name, _element)
        return write(self, node)

    def place(self, node: Node, stage: Node | None) -> str:
        """Where an interaction stands; `stage` is the picture around it, for objects that are put on one."""
        self.interactions.append((node, stage))
        tag = "span" if node.name in INLINE else "div"
        return f'<{tag} data-interaction="{escaped(node.get("response-identifier"))}"></{tag}>'

    def picture(self, node: Node | None) -> tuple[str, MediaFile] | None:
        """The id and file of the first picture in `node`, which may be it itself; None where there is none."""
        for one in node.walk() if node else ():
            address = one.get("src") or one.get("data")
            if one.name in SHOWN and address in self.files and self.files[address].is_picture:
                return self.codes[address], self.files[address]
        return None


def _element(body: Body, node: Node) -> str:
    name = node.name.removeprefix("mathml:")
    inner = body.inner(node.children)
    if node.name.startswith(("svg:", "ssml:")):
        return inner if node.name.startswith("ssml:") else body.refuse("not_shown", node)
    if name not in TAGS:
        return f"<div>{inner}</div>" if name in ("rubric-block", "item-body") else inner
    return _tag(name, _kept(name, node.attributes), inner)


def _tag(name: str, attributes: Mapping[str, str], inner: str) -> str:
    written = "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>" if name in VOID else f"<{name}{written}>{inner}</{name}>"


def _kept(name: str, attributes: Mapping[str, str]) -> dict[str, str]:
    allowed = (ATTRIBUTES["*"] | ATTRIBUTES.get(name, set())) - {"src"}
    found = {key: value for key, value in attributes.items() if key in allowed}
    return found | ({"lang": attributes["xml:lang"]} if "xml:lang" in attributes else {})


def _silent(_body: Body, _node: Node) -> str:
    return ""


def _rubric(body: Body, node: Node) -> str:
    """Rubrics are for whom they name; only the candidate's are shown."""
    return _element(body, node) if "candidate" in node.get("view").split() else ""


def _printed(body: Body, node: Node) -> str:
    identifier = node.get("identifier")
    if identifier in body.values:
        return escaped(body.values[identifier])
    return body.refuse("needs_template_values", node) if identifier in body.templates else ""


def _template(body: Body, node: Node) -> str:
    """Shown, or hidden, where the template's variable has its value."""
    variable = node.get("template-identifier")
    if variable not in body.values:
        return body.refuse("needs_template_values", node)
    same = node.get("identifier") in body.values[variable].split()
    return body.inner(node.children) if same == (node.get("show-hide", "show") == "show") else ""


def _gap(_body: Body, node: Node) -> str:
    return f'<span data-gap="{escaped(node.get("identifier"))}"></span>'


def _hot(body: Body, node: Node) -> str:
    return f'<span data-hot="{escaped(node.get("identifier"))}">{body.inner(node.children)}</span>'


def _stage(body: Body, node: Node) -> str:
    return "".join(body.place(one, node) for one in node.elements if one.name.endswith("-interaction"))


def _shown(body: Body, node: Node) -> str:
    """A picture, sound or film; what stands inside an object instead where the file is none that a page shows."""
    address = node.get("src") or node.get("data")
    file = body.files.get(address)
    if file is None:
        inner = body.inner(node.children)
        return inner if inner.strip() or not address else body.refuse("missing_media", node)
    words = node.get("alt") or (node.text.strip() if node.name == "object" else "") or node.get("aria-label")
    source = {"src": MEDIA + body.codes[address]}
    if file.is_picture:
        return _tag("img", {**source, **_kept("img", node.attributes), "alt": words}, "")
    tag = "video" if file.media_type.startswith("video/") else "audio"
    return _tag(tag, {**source, **_kept(tag, node.attributes)}, "")


def _player(body: Body, node: Node) -> str:
    """An audio or video element: its own file, or the sources in it."""
    if node.get("src"):
        return _shown(body, node)
    known = [one for one in node.elements if one.name == "source" and one.get("src") in body.files]
    if not known:
        return body.refuse("missing_media", node)
    sources = [_tag("source", {"src": MEDIA + body.codes[one.get("src")]}, "") for one in known]
    return _tag(node.name, _kept(node.name, node.attributes), "".join(sources))


_WRITERS: dict[str, Callable[[Body, Node], str]] = {
    **dict.fromkeys(SILENT, _silent),
    "rubric-block": _rubric,
    "printed-variable": _printed,
    "template-inline": _template,
    "template-block": _template,
    "gap": _gap,
    "hottext": _hot,
    STAGE: _stage,
    "img": _shown,
    "object": _shown,
    "audio": _player,
    "video": _player,
    "mathml:annotation": _silent,
    "mathml:annotation-xml": _silent,
}
