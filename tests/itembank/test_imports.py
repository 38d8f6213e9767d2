"""Import: previewed first, nothing written until a person agrees, the same file again changes nothing."""

import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import itembank
from examserver.kernel.access import NotAllowed
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from itembank.differences import pieces
from itembank.formats import registry
from itembank.models import ImportFile, Item, ItemVersion
from itembank.services import readings
from itembank.services.imports import agree_file, discard_file, offer_file, preview
from itembank.services.pools import level_pool
from itembank.states import ItemType
from itembank.versions import Draft, MediaFile
from tests.itembank.approved import approve_bank
from tests.itembank.builders import NOW, OFFICER

DEMO = Path(itembank.__file__).parent / "demo" / "interactive"
pytestmark = pytest.mark.django_db
GIFT = """::Q1:: 直播的首要目标是什么？ { =建立信任 ~增加时长 ~降低成本 }

::Q2:: 开播前要测试声音。 { T }

::Q3:: 中国的首都？ { =北京 =北京市 }
"""


def offered(text: str = GIFT, name: str = "bank.gift") -> ImportFile:
    return offer_file(data=text.encode(), name=name, pool=level_pool(3), actor=OFFICER, now=NOW)


def agreed(text: str = GIFT) -> ImportFile:
    file = offered(text)
    agree_file(file=file, seen=preview(file).seen, actor=OFFICER, now=NOW)
    return file


def test_a_preview_writes_nothing() -> None:
    shown = preview(offered())
    assert ([one.draft.type for one in shown.new], shown.changed, shown.errors) == (
        ["single", "true_false", "short"], [], ()
    )  # fmt: skip
    assert not Item.objects.exists()


def test_what_was_agreed_to_comes_in_as_it_was_shown_and_the_bytes_go() -> None:
    file = agreed()
    file.refresh_from_db()
    assert (bytes(file.data), file.state, file.summary["new"]) == (b"", "agreed", 3)
    assert set(ItemVersion.objects.values_list("standing__state", flat=True)) == {"in_review"}
    assert LogEntry.objects.get(action="bank.imported").data["name"] == "bank.gift"


def test_the_same_file_again_changes_nothing() -> None:
    agreed()
    again = offered()
    shown = preview(again)
    assert (len(shown.new), len(shown.changed), len(shown.unchanged)) == (0, 0, 3)
    with pytest.raises(NotAllowed, match="import_nothing"):
        agree_file(file=again, seen=shown.seen, actor=OFFICER, now=NOW)
    assert ItemVersion.objects.count() == 3


def test_a_changed_item_shows_its_difference_and_becomes_a_new_version() -> None:
    agreed()
    approve_bank(NOW)
    changed = GIFT.replace("增加时长", "增加观看时长")
    (one,) = preview(offered(changed)).changed
    (difference,) = one.differences
    assert (difference.field, difference.part) == ("option", "B")
    assert [(piece.change, piece.text) for piece in difference.pieces] == [
        ("same", "增加"), ("come", "观看"), ("same", "时长")
    ]  # fmt: skip
    agreed(changed)
    assert [one.number for one in ItemVersion.objects.filter(item=one.change.item).order_by("number")] == [
        1,
        2,
    ]
    item = Item.objects.get(pk=one.change.item.pk)
    assert item.approved is not None
    assert (item.approved.number, item.latest and item.latest.number) == (1, 2)


def test_a_partly_broken_file_offers_what_is_good() -> None:
    shown = preview(offered("::Q1:: 对吗？ { T }\n\n::Q2:: 坏的 { =甲 ~乙\n"))
    assert len(shown.new) == 1
    assert [bool(error.where) for error in shown.errors] == [True]


def test_agreement_holds_only_for_what_was_shown() -> None:
    file = offered()
    seen = preview(file).seen
    agreed(GIFT.split("\n\n", maxsplit=1)[0])
    with pytest.raises(NotAllowed, match="import_changed"):
        agree_file(file=file, seen=seen, actor=OFFICER, now=NOW)


SHEET = "题型,题干,选项A,选项B,答案,知识点,难度\n单选题,哪一个？,甲,乙,A,{},{}\n"


def test_agreeing_to_what_another_preview_showed_is_refused_whatever_differs() -> None:
    file = offered(SHEET.format("脚本", "0.3"), "bank.csv")
    assert len(preview(file).new) == 1
    for other in (SHEET.format("数据", "0.3"), SHEET.format("脚本", "0.4")):
        shown = preview(offered(other, "bank.csv"))
        with pytest.raises(NotAllowed, match="import_changed"):
            agree_file(file=file, seen=shown.seen, actor=OFFICER, now=NOW)
    agree_file(file=file, seen=preview(file).seen, actor=OFFICER, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"explanation": "因为"}, {"points": Decimal(2)}, {"knowledge_point": "脚本"}, {"direction": "推销"},
        {"difficulty": 0.6}, {"attributes": {"title": "题"}}, {"media": (MediaFile("a.png", "image/png", b"a"),)},
        {"key": {"correct": ["B"]}}, {"content": {"stem": "另一题"}},
    ],
)  # fmt: skip
def test_the_digest_of_a_draft_covers_all_that_is_stored(change: dict[str, Any]) -> None:
    draft = Draft(ItemType.SINGLE, {"stem": "题"}, {"correct": ["A"]})
    assert replace(draft).whole_sha256 == draft.whole_sha256 != replace(draft, **change).whole_sha256


def test_agreeing_does_not_read_the_file_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[str] = []
    monkeypatch.setattr(
        readings, "read", lambda data, name: (reads.append(name), registry.read(data, name))[1]
    )
    file = offered(name="once.gift")
    agree_file(file=file, seen=preview(file).seen, actor=OFFICER, now=NOW)
    assert reads == ["once.gift"]
    assert (len(preview(offered(name="once.gift")).unchanged), reads) == (3, ["once.gift"] * 2)


def test_a_reading_that_is_too_large_to_keep_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "MOST_KEPT_BYTES", 1)
    file = offered(name="large.gift")
    assert preview(file).seen == preview(ImportFile.objects.get(pk=file.pk)).seen
    assert not [name for _, name in readings._kept.rows if name == "large.gift"]


def test_an_item_of_another_pool_is_not_taken_away_from_it() -> None:
    agreed()
    file = offer_file(data=GIFT.encode(), name="bank.gift", pool=level_pool(4), actor=OFFICER, now=NOW)
    assert [error.code for error in preview(file).errors] == ["code_foreign"] * 3


def test_a_discarded_file_is_forgotten() -> None:
    file = offered()
    discard_file(file=file, actor=OFFICER, now=NOW)
    with pytest.raises(IllegalMove):
        agree_file(file=file, seen=preview(offered()).seen, actor=OFFICER, now=NOW)
    assert bytes(ImportFile.objects.get(pk=file.pk).data) == b""


def test_a_qti_package_comes_in_with_its_pictures_and_a_key_that_scores() -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for path in sorted(DEMO.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(DEMO).as_posix())
    file = offer_file(data=package.getvalue(), name="demo.zip", pool=level_pool(3), actor=OFFICER, now=NOW)
    shown = preview(file)
    assert (len(shown.new), shown.errors) == (13, ())
    agree_file(file=file, seen=shown.seen, actor=OFFICER, now=NOW)
    hotspot = Item.objects.get(code="L3-HS-001").latest
    assert hotspot is not None
    assert hotspot.key.key["grading"]["by"] == "qti"
    assert hotspot.media.count() == len(hotspot.content["media"]) >= 1
    assert "correct" not in json.dumps(hotspot.content)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(NotAllowed, match="file_empty"):
        offered("")


def test_words_that_went_and_came_are_marked() -> None:
    assert [(one.change, one.text) for one in pieces("use 3 cats", "use 4 cats")] == [
        ("same", "use "), ("gone", "3"), ("come", "4"), ("same", " cats")
    ]  # fmt: skip
