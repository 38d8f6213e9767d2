"""Files that were made to harm: bombs, entities, depth, and texts that make a slow pattern slow."""

import io
import time
import zipfile

import pytest

from itembank.formats.archives import MOST_FILES, Archive, BadArchive
from itembank.formats.registry import read
from tests.itembank.formats.samples import POOL

SLOW_SECONDS = 5.0


def zipped(files: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return kept.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(BadArchive) as refused:
        Archive(data)
    return refused.value.code


def test_a_zip_that_holds_too_much_is_refused_before_it_is_unpacked() -> None:
    assert refusal(zipped({"a": b" " * 100_000_000})) == "zip_too_large"
    assert refusal(zipped({str(n): b"" for n in range(MOST_FILES + 1)})) == "zip_too_many"
    assert Archive(zipped({str(n): b"" for n in range(MOST_FILES)})).names[0] == "0"


@pytest.mark.parametrize("name", ["../a", "/a", "a\\b", "a/../../b"])
def test_a_path_that_leaves_the_zip_is_refused(name: str) -> None:
    assert refusal(zipped({name: b""})) == "zip_path"


def test_a_member_without_a_name_is_refused() -> None:
    assert refusal(zipped({"a": b""}).replace(b"a", b"\0")) == "zip_path"


def test_a_blackboard_zip_offers_its_pools() -> None:
    data = zipped(
        {"imsmanifest.xml": b"<manifest/>", "res00001.dat": POOL.encode(), "res00002.dat": b"<SETTINGS/>"}
    )
    reading = read(data, "pool.zip")
    assert (reading.format, len(reading.questions), reading.errors) == ("blackboard", 2, ())


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        b'<?xml version="1.0"?><!-- x --><!DOCTYPE quiz SYSTEM "file:///etc/passwd">',
        b"\xef\xbb\xbf<!DOCTYPE quiz>",
        b"<?a b?>\n<!doctype quiz>",
    ],
)
def test_document_types_are_refused_wherever_they_may_stand(head: bytes) -> None:
    reading = read(head + b"<quiz>&b;</quiz>", "a.xml", "moodle")
    assert [error.code for error in reading.errors] == ["xml_doctype"]


def test_a_document_type_in_a_text_is_a_text() -> None:
    text = b"<questiontext><text><![CDATA[<!DOCTYPE html>]]></text></questiontext>"
    reading = read(b"<quiz><question type='essay'>" + text + b"</question></quiz>", "a.xml")
    assert [one.prompt for one in reading.questions] == ["<!DOCTYPE html>"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<quiz>" + b"<a>" * 100_000, "a.xml"),
        (b"<!--" * 60_000 + b"<quiz>", "a.xml"),
        (b"x{" * 200_000, "a.gift"),
        (b"x{=a}\n\n" * 20_000 + b"[id:" + b"\\]" * 50_000, "a.gift"),
        (b"{1:SA:" * 100_000, "a.cloze"),
        ("题型,题干,答案\n计算题,x,1".encode() + b" " * 30_000 + b"1", "a.csv"),
        ("题型,题干,选项A,选项B\n匹配题,x,a".encode() + b" " * 30_000 + b"b,c", "a.csv"),
        ("题型,题干,答案\n填空题,".encode() + "（ ".encode() * 10_000 + b",a", "a.csv"),
    ],
)
def test_long_files_without_sense_are_answered_soon(data: bytes, name: str) -> None:
    began = time.process_time()
    read(data, name)
    assert time.process_time() - began < SLOW_SECONDS
