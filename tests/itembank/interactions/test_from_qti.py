"""QTI items as candidates are given them: every part that tells an answer stays behind."""

from pathlib import Path

import msgspec
import pytest

from itembank.interactions.contents import ItemContent, Upload
from itembank.interactions.from_qti import addresses, content_of
from itembank.interactions.media import MediaFile
from itembank.qti.faults import BadQti
from itembank.qti.items import read_item
from itembank.qti.model import Declaration, Item
from itembank.shapes import check_value, shapes
from itembank.states import Subject
from tests.browser.interactions_items import DRAWINGS, ROWS, SECRET, Row, content, files, interaction
from tests.support.fixtures import fixtures

PICTURE = MediaFile("image/png", "0" * 64, 10, 100, 80)
SOUND = MediaFile("audio/mpeg", "1" * 64, 10)
# Identifiers of options are words of the item and stand in content and key alike.
TELLING = ("correct", "mapped", "feedback", "SCORE", "processing", "base_type", "declaration")


def read(row: Row) -> Item:
    return read_item(row.xml, name=row.code)


def as_text(content: ItemContent) -> str:
    return msgspec.json.encode(content).decode()


@pytest.mark.parametrize("row", ROWS, ids=[row.code for row in ROWS])
def test_nothing_of_the_key_is_in_the_content(row: Row) -> None:
    text = msgspec.json.encode(content(row)).decode()
    assert SECRET not in text
    assert not any(word in text for word in TELLING)


@pytest.mark.parametrize("row", ROWS, ids=[row.code for row in ROWS])
def test_the_right_answer_has_the_shape_of_an_answer(row: Row) -> None:
    section = {"type": "interactive", "items": [{"id": row.code, **content(row)}]}
    shape = shapes(Subject.THEORY, {"sections": [section]})[row.code]
    value = {"RESPONSE": row.own} if row.correct else []
    assert check_value(shape, value) is None
    assert check_value(shape, {"OTHER": ["A"]}) == "bad_value"


def test_media_are_named_by_hash_and_by_nothing_else() -> None:
    row = next(row for row in ROWS if row.code == "object")
    found = content(row)
    assert {one["sha256"] for one in found["media"]} == {files()[name].sha256 for name in DRAWINGS}
    assert not any(name in msgspec.json.encode(found).decode() for name in DRAWINGS)


def refused(body: str, *, adaptive: bool = False) -> list[str]:
    row = Row("x", body, ("A",))
    data = row.xml.replace(b'adaptive="false"', b'adaptive="true"') if adaptive else row.xml
    item = read_item(data, name="x.xml")
    with pytest.raises(BadQti) as error:
        content_of(item, {}, name="x.xml")
    return [one.code for one in error.value.faults]


def test_an_adaptive_item_is_refused_by_name() -> None:
    simple = '<qti-simple-choice identifier="A">a</qti-simple-choice>'
    assert refused(interaction("choice", simple, max_choices=1), adaptive=True) == ["adaptive_item"]


def test_a_missing_picture_is_refused_with_its_line() -> None:
    assert "missing_media" in refused('<p><img src="gone.png" alt=""/></p>')


def test_an_upload_stands_alone() -> None:
    row = next(row for row in ROWS if row.code == "upload")
    assert isinstance(content_of(read(row), {}, name="x").interactions["RESPONSE"], Upload)
    shape = shapes(
        Subject.THEORY, {"sections": [{"type": "interactive", "items": [{"id": "U", **content(row)}]}]}
    )["U"]
    assert (shape.kind, ".pdf" in shape.accept) == ("file", True)


def files_of(item: Item) -> dict[str, MediaFile]:
    sounds = (".mp3", ".ogg", ".wav")
    known = (one for one in addresses(item) if not one.endswith(".eps"))
    return {one: SOUND if one.endswith(sounds) else PICTURE for one in known}


def telling(declaration: Declaration) -> set[str]:
    """What a variable says of the right answer, but for the ids and words that candidates choose among."""
    correct = {one.text for one in declaration.correct.values} if declaration.correct else set()
    mapped = {one.key for one in declaration.mapping.entries} if declaration.mapping else set()
    free = declaration.base_type in ("string", "point", "float", "integer", "directedPair", "pair")
    return (
        {one for one in correct | mapped if len(one) > 4}
        if free and declaration.kind == "response"
        else set()
    )


@pytest.mark.conformance
def test_no_item_of_others_tells_its_answer() -> None:
    seen = 0
    for path in sorted(fixtures("qti").glob("qti[23]/**/*.xml")):
        found = offered(path)
        if found is None:
            continue
        item, text = found
        seen += 1
        assert not any(f'"{word}"' in text for word in TELLING), path.name
        secrets = {one for declaration in item.declarations for one in telling(declaration)}
        assert not [one for one in secrets if f'"{one}"' in text], path.name
    assert seen > 50


def offered(path: Path) -> tuple[Item, str] | None:
    """The item of a file and its content as text; None for one that no paper can have."""
    item = read_item(path.read_bytes(), name=path.name)
    try:
        return item, as_text(content_of(item, files_of(item), name=path.name))
    except BadQti:
        return None


@pytest.mark.conformance
def test_most_items_of_others_can_be_played() -> None:
    paths = sorted(fixtures("qti").glob("qti[23]/**/*.xml"))
    assert sum(offered(path) is not None for path in paths) >= 0.9 * len(paths)
