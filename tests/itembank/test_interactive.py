"""QTI items that no neutral question can say come into the bank whole, and what cannot come says why."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

import itembank
from examserver.kernel.access import Actor, Role
from itembank.faults import BadBank
from itembank.formats.registry import read
from itembank.models import Item, Media
from itembank.services.questions import drafts_of, import_made

DEMO = Path(itembank.__file__).parent / "demo" / "interactive"
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
AUTHOR = Actor("staff", 1, frozenset({Role.ITEM_AUTHOR}))


def packed(leave_out: str = "") -> bytes:
    """The demo's package as a zip, without the file named."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for path in sorted(one for one in DEMO.rglob("*") if one.is_file() and one.name != leave_out):
            archive.write(path, path.relative_to(DEMO).as_posix())
    return buffer.getvalue()


def take(data: bytes) -> None:
    made = drafts_of(read(data, "demo.zip"), data, "demo.zip")
    import_made(made=made, level=3, actor=AUTHOR, now=NOW)


@pytest.mark.django_db
def test_a_package_comes_whole_with_its_pictures_and_a_second_time_changes_nothing() -> None:
    take(packed())
    assert Item.objects.count() == 13
    version = Item.objects.get(code="L3-HS-001").latest
    assert version is not None
    assert version.type == "interactive"
    assert version.key.key["grading"]["by"] == "qti"
    assert version.content["interactions"]["RESPONSE"]["kind"] == "hotspot"
    assert Media.objects.filter(sha256=version.content["media"][0]["sha256"]).exists()
    take(packed())
    assert set(Item.objects.values_list("latest__number", flat=True)) == {1}


@pytest.mark.django_db
def test_an_item_whose_picture_is_missing_is_named_and_nothing_is_written() -> None:
    with pytest.raises(BadBank, match=r"L3-SP-001\.xml"):
        take(packed(leave_out="thirds.svg"))
    assert Item.objects.count() == 0


@pytest.mark.django_db
def test_nothing_that_candidates_see_says_what_is_right() -> None:
    data = packed()
    for one in drafts_of(read(data, "demo.zip"), data, "demo.zip").good:
        assert "correct" not in str(one.draft.content)
        assert "map" not in str(one.draft.content.get("interactions"))
