"""Reads a content package: what of it can be used, and what cannot, each with its place and reason. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from posixpath import basename
from typing import TypeVar

from itembank.qti.archives import ZIP_LIMITS, Archive, ZipLimits
from itembank.qti.assessments import read_stimulus, read_test
from itembank.qti.faults import BadQti, Place, QtiFault, fault, refusal
from itembank.qti.items import read_item
from itembank.qti.manifests import MANIFEST, Manifest, Resource, read_manifest
from itembank.qti.model import Item, Stimulus, Test
from itembank.qti.paths import resolve

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was read: its good parts by path, and the faults of those that were refused."""

    identifier: str
    title: str
    items: Mapping[str, Item]
    tests: Mapping[str, Test]
    stimuli: Mapping[str, Stimulus]
    media: Mapping[str, bytes]
    resources: tuple[Resource, ...] = ()
    faults: tuple[QtiFault, ...] = field(default=(), compare=False)


def read_package(data: bytes, *, name: str, limits: ZipLimits = ZIP_LIMITS) -> Package:
    """The package in the zip `data`. BadQti where the zip or its manifest cannot be used at all.

    A resource that cannot be read is left out and stands in `faults`; everything else is offered.
    """
    archive = Archive(data, name=name, limits=limits)
    manifest = read_manifest(archive[path], path=path) if (path := _manifest_path(archive)) else None
    if manifest is None:
        raise refusal(Place(name), "no_manifest", MANIFEST)
    return _Resources(archive, manifest).package()


def _manifest_path(archive: Archive) -> str | None:
    """The manifest at the root, or the only one in a folder (packages zipped together with their folder)."""
    if MANIFEST in archive:
        return MANIFEST
    inside = [path for path in archive if basename(path) == MANIFEST]
    return inside[0] if len(inside) == 1 else None


class _Resources:
    """The resources of one package while they are read."""

    def __init__(self, archive: Archive, manifest: Manifest) -> None:
        self.archive, self.manifest = archive, manifest
        self.file = next((path for path in archive if basename(path) == MANIFEST), MANIFEST)
        brought = (one for one in manifest.resources if one.kind == "rptemplate")
        paths = (path for one in brought for path in (*one.files, one.href) if path in archive)
        self.templates = {basename(path).removesuffix(".xml"): path for path in paths}
        self.faults: list[QtiFault] = []

    def package(self) -> Package:
        items = self._read("item", lambda data, path: read_item(data, name=path, templates=self._template))
        tests = self._read("test", lambda data, path: read_test(data, name=path))
        stimuli = self._read("stimulus", lambda data, path: read_stimulus(data, name=path))
        self._refuse_unknown()
        self._check_references(items, tests, stimuli)
        title = self.manifest.title
        media = self._media({*items, *tests, *stimuli})
        found = self.manifest.resources, tuple(self.faults)
        return Package(self.manifest.identifier, title, items, tests, stimuli, media, *found)

    def _read(self, kind: str, read: Callable[[bytes, str], T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for resource in self.manifest.resources:
            if resource.kind != kind:
                continue
            if resource.href not in self.archive:
                self._fault(resource, "missing_file", resource.href or resource.identifier)
                continue
            try:
                found[resource.href] = read(self.archive[resource.href], resource.href)
            except BadQti as error:
                self.faults += error.faults
        return found

    def _template(self, address: str) -> bytes | None:
        """The document of a processing template that the package brings, by the last part of its address."""
        path = self.templates.get(basename(address).removesuffix(".xml"))
        return self.archive[path] if path else None

    def _media(self, documents: set[str]) -> dict[str, bytes]:
        """The files that belong to what was read: pictures, sounds, style sheets; each path once."""
        owners = {one.identifier: one for one in self.manifest.resources}
        wanted: set[str] = set()
        for resource in self.manifest.resources:
            if resource.kind == "media" or resource.href in documents:
                belonging = [owners[one] for one in resource.dependencies if one in owners]
                for one in (resource, *(other for other in belonging if other.kind == "media")):
                    wanted.update(path for path in one.files if path not in documents)
        found: dict[str, bytes] = {}
        for path in sorted(wanted - self._other_documents()):
            try:
                found[path] = self.archive[path]
            except KeyError:
                self.faults.append(fault(Place(self.file), "missing_file", path))
            except BadQti as error:
                self.faults += error.faults
        return found

    def _other_documents(self) -> set[str]:
        return {one.href for one in self.manifest.resources if one.kind != "media" and one.href}

    def _refuse_unknown(self) -> None:
        known = {one.identifier for one in self.manifest.resources}
        for resource in self.manifest.resources:
            if resource.kind in ("", "section"):
                self._fault(resource, "unsupported_resource", resource.identifier, type=resource.type or "-")
            for missing in sorted(set(resource.dependencies) - known):
                self._fault(resource, "missing_resource", missing)

    def _check_references(
        self, items: Mapping[str, Item], tests: Mapping[str, Test], stimuli: Mapping[str, Stimulus]
    ) -> None:
        """Every item of a test and every stimulus of an item is in the package and could be read."""
        for path, test in tests.items():
            for node in (node for part in test.parts for node in part.walk()):
                if node.name == "assessment-item-ref" and resolve(path, node.get("href")) not in items:
                    self.faults.append(fault(Place(path, node.line), "missing_item", node.get("href")))
                if node.name == "assessment-section-ref":
                    self.faults.append(
                        fault(Place(path, node.line), "unsupported_reference", node.get("href"))
                    )
        for path, item in items.items():
            for ref in item.stimulus_refs:
                if resolve(path, ref.get("href")) not in stimuli:
                    self.faults.append(fault(Place(path, ref.line), "missing_stimulus", ref.get("href")))

    def _fault(self, resource: Resource, code: str, name: str, **params: object) -> None:
        self.faults.append(fault(Place(self.file, resource.line), code, name, **params))
