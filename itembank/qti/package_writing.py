"""Writes a content package as a zip: the same parts give the same bytes. Pure."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from itembank.qti.faults import Place, refusal
from itembank.qti.manifests import MANIFEST
from itembank.qti.model import Item, Node, Test
from itembank.qti.packages import Package
from itembank.qti.paths import resolve, safe_path
from itembank.qti.writing import WRITTEN, write_item, write_stimulus, write_test

_SPACES = {
    "2.2": "http://www.imsglobal.org/xsd/imscp_v1p1",
    "3.0": "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
}
_LOM = {"2.2": "http://ltsc.ieee.org/xsd/LOM", "3.0": "http://ltsc.ieee.org/xsd/LOM"}
_SCHEMAS = {"2.2": ("QTIv2.2 Package", "1.0.0"), "3.0": ("QTI Package", "3.0.0")}
_SUFFIX = {"2.2": "v2p2", "3.0": "v3p0"}
_REFERENCES = ("src", "data", "href", "poster")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_NOT_NAME = re.compile(r"[^\w.-]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One resource to write: its kind, path, bytes, title, and the paths it needs."""

    kind: str
    path: str
    data: bytes
    title: str
    needs: frozenset[str]


def write_package(package: Package, version: str = "3.0") -> bytes:
    """The zip of a package. BadQti where a part cannot be said in that version or a path leaves the package."""
    if version not in WRITTEN:
        raise refusal(Place(package.identifier), "unknown_version", version=version)
    entries = list(_entries(package, version))
    files = {entry.path: entry.data for entry in entries} | dict(package.media)
    for path in (*files, *package.media):
        if safe_path(path) != path or path == MANIFEST:
            raise refusal(Place(package.identifier), "unsafe_path", path)
    manifest = _manifest(package, entries, version)
    return _zipped({MANIFEST: manifest, **files})


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            info = zipfile.ZipInfo(path, _FIRST_DAY)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def _entries(package: Package, version: str) -> Iterator[_Entry]:
    for path, item in package.items.items():
        needs = _needs(path, _nodes_of(item))
        yield _Entry("item", path, write_item(item, version), item.title, needs)
    for path, stimulus in package.stimuli.items():
        needs = _needs(path, (stimulus.body, *stimulus.stylesheets))
        yield _Entry("stimulus", path, write_stimulus(stimulus, version), stimulus.title, needs)
    for path, test in package.tests.items():
        needs = _needs(path, _nodes_of(test))
        yield _Entry("test", path, write_test(test, version), test.title, needs)


def _nodes_of(thing: Item | Test) -> Iterable[Node]:
    if isinstance(thing, Item):
        extra = (thing.companion, thing.catalogs)
        nodes = (thing.body, *thing.modal_feedback, *thing.stylesheets, *thing.stimulus_refs)
        return (*nodes, *(node for node in extra if node))
    return (*thing.parts, *thing.feedback, *thing.stylesheets, *thing.rubric_blocks)


def _needs(path: str, nodes: Iterable[Node]) -> frozenset[str]:
    """The paths that the attributes of a document refer to."""
    hrefs = (node.get(key) for top in nodes for node in top.walk() for key in _REFERENCES)
    return frozenset(found for href in hrefs if href and (found := _resolved(path, href)))


def _resolved(path: str, href: str) -> str | None:
    try:
        return resolve(path, href)
    except ValueError:
        return None


def _manifest(package: Package, entries: list[_Entry], version: str) -> bytes:
    space = _SPACES[version]
    root = etree.Element(f"{{{space}}}manifest", nsmap={None: space, "imsmd": _LOM[version]})
    root.set("identifier", _name(package.identifier or "package"))
    schema, schema_version = _SCHEMAS[version]
    metadata = _child(root, "metadata")
    _child(metadata, "schema").text = schema
    _child(metadata, "schemaversion").text = schema_version
    if package.title:
        _title(metadata, package.title, version)
    _child(root, "organizations")
    resources = _child(root, "resources")
    _fill(resources, package, entries, version)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _fill(resources: etree._Element, package: Package, entries: list[_Entry], version: str) -> None:
    """One resource for each document and for each file; documents depend on what they refer to."""
    paths = [entry.path for entry in entries] + sorted(package.media)
    names = {path: f"r{place}-{_name(path)}" for place, path in enumerate(paths, 1)}
    for entry in entries:
        kind = f"imsqti_{entry.kind}_xml{_SUFFIX[version]}"
        resource = _resource(resources, names[entry.path], kind, entry.path)
        if entry.title:
            _title(_child(resource, "metadata"), entry.title, version)
        _child(resource, "file").set("href", entry.path)
        for path in sorted(entry.needs & names.keys()):
            _child(resource, "dependency").set("identifierref", names[path])
    for path in sorted(package.media):
        resource = _resource(resources, names[path], "webcontent", path)
        _child(resource, "file").set("href", path)


def _resource(parent: etree._Element, identifier: str, kind: str, path: str) -> etree._Element:
    resource = _child(parent, "resource")
    for key, value in (("identifier", identifier), ("type", kind), ("href", path)):
        resource.set(key, value)
    return resource


def _child(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")


def _title(parent: etree._Element, title: str, version: str) -> None:
    node = parent
    for name in ("lom", "general", "title", "string"):
        node = etree.SubElement(node, f"{{{_LOM[version]}}}{name}")
    node.text = title


def _name(text: str) -> str:
    """A text as an XML name: letters, digits, dots and hyphens."""
    name = _NOT_NAME.sub("-", text)
    return name if name[:1].isalpha() or name[:1] == "_" else f"p-{name}"
