"""Bytes become XML only when they are harmless; what is refused is named with its place."""

import pytest

from itembank.qti.faults import BadQti, QtiFault
from itembank.qti.safe import Limits, parse


def refused(data: bytes, limits: Limits = Limits()) -> QtiFault:  # noqa: B008 - frozen
    with pytest.raises(BadQti) as caught:
        parse(data, name="f.xml", limits=limits)
    return caught.value.faults[0]


def test_a_plain_file_is_parsed_and_keeps_its_lines() -> None:
    root = parse(b'<?xml version="1.0"\n encoding="UTF-8"?>\n<a>\n<b/></a>', name="f.xml")
    assert (root.sourceline, root[0].sourceline) == (3, 4)


def test_a_file_in_windows_1252_that_says_so_is_read() -> None:
    data = '<?xml version="1.0" encoding="windows-1252"?><a>caf\u00e9 \u201cx\u201d</a>'.encode("cp1252")
    assert parse(data, name="f.xml").text == "caf\u00e9 \u201cx\u201d"


def test_broken_bytes_that_declare_nothing_are_named_by_their_position() -> None:
    fault = refused("<a>caf\u00e9</a>".encode("cp1252"))
    assert (fault.code, fault.params["position"], fault.params["byte"]) == ("bad_encoding", "6", "0xE9")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_chinese_encodings_and_marks_are_read(encoding: str) -> None:
    head = '<?xml version="1.0" encoding="gb18030"?>' if encoding == "gb18030" else ""
    assert parse(f"{head}<a>开播</a>".encode(encoding), name="f.xml").text == "开播"


@pytest.mark.parametrize("name", ["zip", "idna", "no-such-thing", "utf-7"])
def test_encodings_that_could_do_anything_else_are_refused(name: str) -> None:
    assert refused(f'<?xml version="1.0" encoding="{name}"?><a/>'.encode()).code == "unknown_encoding"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<?xml version="1.0"?>\n<!-- c -->\n<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd" [<!ENTITY % p SYSTEM "f">%p;]>',
        '<!DOCTYPE a [<!ATTLIST a b CDATA "x">]>',
        "<!DOCTYPE",
    ],
)
def test_document_types_that_declare_something_are_refused(prolog: str) -> None:
    assert refused(f"{prolog}<a>&x;</a>".encode()).code == "entities"


def test_entities_in_utf_16_do_not_slip_through() -> None:
    assert refused('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16")).code == "entities"


def test_a_document_type_by_name_is_let_through_and_fetches_nothing() -> None:
    assert parse(b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a>b</a>', name="f.xml").text == "b"


@pytest.mark.parametrize("data", [b"", b"text", b"<a>", b"<a></b>", b"<a>&nbsp;</a>", b"<a>\x00</a>"])
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    assert refused(data).code == "not_xml"


def test_size_count_and_depth_have_limits_on_both_sides() -> None:
    limits = Limits(size=40, tags=8, depth=3)
    assert parse(b"<a><b><c/></b></a>", name="f.xml", limits=limits).tag == "a"
    assert refused(b"<a>" + b"x" * 40 + b"</a>", limits).code == "too_large"
    assert refused(b"<a><b/><b/><b/><b/><b/><b/><b/></a>", limits).code == "too_many_elements"
    assert refused(b"<a><b><c><d/></c></b></a>", limits).code == "too_deep"
