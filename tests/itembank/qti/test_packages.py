"""Zips are opened within limits; packages offer what is good and name what is not."""

import zipfile

import pytest

from itembank.qti.archives import Archive, ZipLimits, entry_name
from itembank.qti.faults import BadQti, QtiFault
from itembank.qti.packages import Package, read_package
from itembank.qti.paths import resolve, safe_path
from tests.itembank.qti.samples import MANIFEST, NS2, TEST3, item2, item3, resource, rules2, zipped

ITEM, TEST, MEDIA = "imsqti_item_xmlv3p0", "imsqti_test_xmlv3p0", "webcontent"


def packed(resources: str, files: dict[str, bytes]) -> Package:
    return read_package(zipped({"imsmanifest.xml": MANIFEST.format(resources), **files}), name="p.zip")


def refused(data: bytes, limits: ZipLimits = ZipLimits()) -> QtiFault:  # noqa: B008 - frozen
    with pytest.raises(BadQti) as caught:
        dict(Archive(data, name="p.zip", limits=limits))
    return caught.value.faults[0]


def test_items_tests_and_media_are_read() -> None:
    inside = '<file href="items/a.xml"/><file href="img/%E5%9B%BE.png"/>'
    resources = (
        resource("a", ITEM, "items/a.xml", inside)
        + resource("b", ITEM, "items/b.xml")
        + resource("t", TEST, "t.xml")
    )
    package = packed(
        resources, {"items/a.xml": item2(), "items/b.xml": item3(), "t.xml": TEST3, "img/图.png": b"png"}
    )
    assert set(package.items) == {"items/a.xml", "items/b.xml"}
    assert (list(package.tests), package.media, package.faults) == (["t.xml"], {"img/图.png": b"png"}, ())


def test_a_bad_item_is_named_and_the_good_one_offered() -> None:
    bad = rules2("<customOperator/>")
    package = packed(
        resource("a", ITEM, "a.xml") + resource("b", ITEM, "b.xml"), {"a.xml": bad, "b.xml": item2()}
    )
    assert list(package.items) == ["b.xml"]
    assert [(fault.where, fault.code) for fault in package.faults] == [("a.xml:4", "refused_element")]


def test_what_is_missing_is_named() -> None:
    resources = (
        resource("a", ITEM, "a.xml", '<dependency identifierref="none"/>') + resource("t", TEST, "t.xml")
        + resource("l", "imslti_xmlv1p1", "l.xml")
    )  # fmt: skip
    package = packed(resources, {"t.xml": TEST3, "l.xml": b"<x/>"})
    assert {fault.code for fault in package.faults} == {
        "missing_file", "missing_resource", "unsupported_resource", "missing_item",
    }  # fmt: skip


def test_a_template_of_the_package_serves_its_items() -> None:
    template = f'<responseProcessing xmlns="{NS2}"><exitResponse/></responseProcessing>'.encode()
    item = rules2("").replace(
        b"<responseProcessing>", b'<responseProcessing template="http://x.test/rp/own">'
    )
    rp = '<resource identifier="rp" type="imsqti_rptemplate_xmlv2p2"><file href="rp/own.xml"/></resource>'
    package = packed(resource("a", ITEM, "a.xml") + rp, {"a.xml": item, "rp/own.xml": template})
    processing = package.items["a.xml"].response_processing
    assert processing
    assert processing.elements[0].name == "exit-response"


def test_a_package_zipped_with_its_folder_is_read() -> None:
    files: dict[str, bytes | str] = {
        "题库/imsmanifest.xml": MANIFEST.format(resource("a", ITEM, "a.xml")),
        "题库/a.xml": item2(),
    }
    assert list(read_package(zipped(files), name="p.zip").items) == ["题库/a.xml"]


@pytest.mark.parametrize(
    ("manifest", "code"),
    [
        (MANIFEST.format(""), "empty_manifest"),
        (MANIFEST.format(resource("a", ITEM, "../a.xml")), "unsafe_path"),
        (MANIFEST.format(resource("a", ITEM, "file:///etc/hosts")), "unsafe_path"),
        (MANIFEST.format(resource("a", ITEM, "a.xml") * 2), "duplicate_identifier"),
        ("<x/>", "wrong_root"),
        ('<!DOCTYPE m [<!ENTITY a "b">]><m/>', "entities"),
    ],
)
def test_manifests_that_cannot_be_used_are_refused(manifest: str, code: str) -> None:
    with pytest.raises(BadQti) as caught:
        read_package(zipped({"imsmanifest.xml": manifest}), name="p.zip")
    assert caught.value.faults[0].code == code


def test_a_zip_without_manifest_and_what_is_no_zip_are_refused() -> None:
    with pytest.raises(BadQti) as caught:
        read_package(zipped({"a.xml": item2()}), name="p.zip")
    assert caught.value.faults[0].code == "no_manifest"
    assert refused(b"PK no zip").code == "not_a_zip"


@pytest.mark.parametrize("path", ["../a.xml", "/a.xml", "a/../../b", "c:/x", "a\\b", "..", "a\0b"])
def test_paths_that_leave_the_package_are_refused(path: str) -> None:
    assert safe_path(path) is None


def test_addresses_resolve_inside_the_package_only() -> None:
    assert resolve("items/a.xml", "../img/b%20c.png#x") == "img/b c.png"
    assert resolve("a.xml", "../b.png") is None
    assert resolve("a.xml", "https://x.test/b.png") is None
    assert resolve("a.xml", "/b.png") is None


def test_zips_are_unpacked_within_limits() -> None:
    data = zipped({"a": b"0" * 3000, "b": b"1"})
    assert dict(Archive(data, name="p.zip")) == {"a": b"0" * 3000, "b": b"1"}
    assert refused(data, ZipLimits(entries=1)).code == "too_many_files"
    assert refused(data, ZipLimits(total_size=3000)).code == "zip_bomb"
    assert refused(data, ZipLimits(entry_size=2999)).code == "zip_bomb"
    assert refused(data, ZipLimits(ratio=10, ratio_from=100)).code == "zip_bomb"
    assert refused(data, ZipLimits(size=10)).code == "too_large"


def test_an_entry_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped({"a": b"0" * 3000}))
    for size in (3000,):
        old, new = size.to_bytes(4, "little"), (10).to_bytes(4, "little")
        data = bytearray(bytes(data).replace(old, new))
    assert refused(bytes(data)).code in ("zip_bomb", "unreadable_entry")


def test_links_and_doubled_files_are_refused() -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = 0o120777 << 16
    assert refused(_one(info, b"/etc/hosts")).code == "link"
    assert refused(zipped({"a": b"1", "./a": b"2"})).code == "duplicate_file"


def test_an_entry_without_a_name_is_refused() -> None:
    assert refused(zipped({"a": b""}).replace(b"a", b"\0")).code == "unsafe_path"


def _one(info: zipfile.ZipInfo, data: bytes) -> bytes:
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, data)
    return buffer.getvalue()


def test_names_in_gbk_are_read_as_their_maker_wrote_them() -> None:
    info = zipfile.ZipInfo("题库.xml".encode("gbk").decode("cp437"))
    assert entry_name(info) == "题库.xml"
