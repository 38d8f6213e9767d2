"""Reads the manifest of a content package: its resources, what belongs to them, what they say of themselves. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from itembank.qti.faults import Place, refusal
from itembank.qti.nodes import line_of
from itembank.qti.paths import resolve
from itembank.qti.safe import Limits, parse

MANIFEST = "imsmanifest.xml"
LIMITS = Limits(size=32 * 1024 * 1024, tags=1_000_000)
"""Thousands of resources, each with its metadata, are one file."""

KINDS = ("rptemplate", "item", "test", "stimulus", "section", "passage")


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource: `kind` is item, test, stimulus, rptemplate, media or "" (the type says nothing known)."""

    identifier: str
    type: str
    kind: str
    href: str
    files: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says it holds; paths are those in the package."""

    identifier: str
    title: str
    resources: tuple[Resource, ...]


def read_manifest(data: bytes, *, path: str = MANIFEST, limits: Limits = LIMITS) -> Manifest:
    """The manifest that stands at `path` in its package; BadQti with file and line."""
    root = parse(data, name=path, limits=limits)
    if etree.QName(root).localname != "manifest":
        raise refusal(
            Place(path, line_of(root)), "wrong_root", etree.QName(root).localname, expected="manifest"
        )
    folder = _based(root, path)
    holders = list(_named(root, "resources"))
    resources = tuple(
        _resource(element, _based(holder, folder), path)
        for holder in holders
        for element in _named(holder, "resource")
    )
    _refuse_repeated(resources, path)
    return Manifest(root.get("identifier", ""), _lom(root).get("title", ""), resources)


def kind_of(resource_type: str) -> str:
    """What a resource of that type is: the words between `imsqti_` and `_xmlv…` say it."""
    lowered = resource_type.strip().lower()
    if lowered.startswith("imsqti_"):
        kind = next((one for one in KINDS if one in lowered), "")
        return "stimulus" if kind == "passage" else kind
    known = lowered.startswith(
        ("webcontent", "associatedcontent", "text/css", "css", "image/", "audio/", "video/")
    )
    return "media" if known else ""


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).localname == name:
            yield child


def _based(element: etree._Element, path: str) -> str:
    """The path that relative addresses inside `element` start from."""
    base = element.get("{http://www.w3.org/XML/1998/namespace}base", "")
    if not base:
        return path
    found = resolve(path, base.rstrip("/") + "/_")
    if found is None:
        raise refusal(Place(path, line_of(element)), "unsafe_path", base)
    return found


def _resource(element: etree._Element, folder: str, path: str) -> Resource:
    place = Place(path, line_of(element))
    base = _based(element, folder)
    identifier, kind = element.get("identifier", ""), element.get("type", "")
    if not identifier:
        raise refusal(place, "missing_attribute", "resource", attribute="identifier")
    files = tuple(_href(file, base, path) for file in _named(element, "file"))
    href = _href(element, base, path) if element.get("href") else ""
    return Resource(
        identifier=identifier,
        type=kind,
        kind=kind_of(kind),
        href=href or (files[0] if kind_of(kind) == "rptemplate" and files else ""),
        files=files,
        dependencies=tuple(one.get("identifierref", "") for one in _named(element, "dependency")),
        metadata=_lom(element),
        line=line_of(element),
    )


def _href(element: etree._Element, base: str, path: str) -> str:
    href = element.get("href", "")
    found = resolve(base, href)
    if found is None:
        raise refusal(Place(path, line_of(element)), "unsafe_path", href)
    return found


_FIRST = ("title", "description", "language", "difficulty", "learningResourceType")
_LOM_TEXTS = (*_FIRST, "keywords")


def _lom(element: etree._Element) -> dict[str, str]:
    """What the metadata says: title, description, keywords, and every single value of QTI's own metadata."""
    found: dict[str, list[str]] = {}
    for metadata in _named(element, "metadata"):
        for node in metadata.iter("{*}*"):
            name = etree.QName(node).localname
            name = "keywords" if name == "keyword" else name
            wanted = name in _LOM_TEXTS or _is_qti_metadata(node)
            text = " ".join(" ".join(str(part) for part in node.itertext()).split()) if wanted else ""
            if text and (name not in _FIRST or name not in found):
                found.setdefault(name, []).append(text)
    return {name: ("\n" if name == "keywords" else " ").join(texts) for name, texts in found.items()}


def _is_qti_metadata(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and etree.QName(parent).localname.lower() in ("qtimetadata", "qti-metadata")


def _refuse_repeated(resources: tuple[Resource, ...], path: str) -> None:
    seen: set[str] = set()
    for resource in resources:
        if resource.identifier in seen:
            raise refusal(Place(path, resource.line), "duplicate_identifier", resource.identifier)
        seen.add(resource.identifier)
    if not resources:
        raise refusal(Place(path), "empty_manifest", "resources")
