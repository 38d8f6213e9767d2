"""Which files a browser may show in place, and which bytes a player gets."""

import pytest

from scoring.previews import NO_PREVIEW, Viewer, preview_of
from scoring.ranges import Span, Unsatisfiable, parse_range

MP4 = b"\x00\x00\x00\x18ftypmp42"


@pytest.mark.parametrize(
    ("name", "head", "viewer"),
    [
        ("a.PNG", b"\x89PNG\r\n\x1a\n", Viewer.IMAGE),
        ("a.pdf", b"%PDF-1.7", Viewer.PDF),
        ("a.mp4", MP4, Viewer.VIDEO),
        ("a.csv", "项目,数".encode("gb18030"), Viewer.SHEET),
        ("a.md", b"# plan", Viewer.TEXT),
    ],
)
def test_a_file_is_shown_by_its_ending_when_its_first_bytes_agree(
    name: str, head: bytes, viewer: Viewer
) -> None:
    assert preview_of(name, head).viewer is viewer


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.html", b"<script>"),
        ("a.svg", b"<svg onload='x()'>"),
        ("a.png", b"<script>alert(1)</script>"),
        ("a.pdf", b"MZ\x90"),
        ("a.txt", b"\x00\x01binary"),
        ("a.docx", b"PK\x03\x04"),
        ("noending", b"text"),
    ],
)
def test_what_could_run_or_only_claims_to_be_harmless_is_only_downloaded(name: str, head: bytes) -> None:
    assert preview_of(name, head) == NO_PREVIEW


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-", Span(0, 99)),
        ("bytes=10-19", Span(10, 19)),
        ("bytes=90-200", Span(90, 99)),
        ("bytes=-10", Span(90, 99)),
        ("bytes=-500", Span(0, 99)),
        ("", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=-", None),
    ],
)
def test_one_range_is_understood_and_anything_else_gets_the_whole(header: str, span: Span | None) -> None:
    assert parse_range(header, 100) == span


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=20-10", "bytes=-0"])
def test_a_range_outside_the_file_is_not_satisfiable(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        parse_range(header, 100)
