"""Papers: assembled or taken over, frozen with both hashes, and never changed again."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from examserver.kernel.chain import broken_entries
from examserver.kernel.models import LogEntry
from itembank.assembly import NotEnoughItems
from itembank.banks import read_bank
from itembank.faults import BadSpec
from itembank.freezing import digest
from itembank.models import Item, Material, Paper, PaperFrozen, PaperKey
from itembank.selectors import material, material_path, paper_intact
from itembank.services import (
    PaperCodeTaken,
    PaperHeading,
    assemble_theory_paper,
    freeze_practical_paper,
    import_bank,
)
from itembank.specs import PracticalSpec, read_papers
from tests.itembank.approved import approve_bank
from tests.itembank.builders import (
    NOW,
    OFFICER,
    PRACTICAL_HEADING,
    THEORY_HEADING,
    bank,
    item,
    opened,
    practical_paper,
    practical_spec,
    task,
    theory_paper,
    theory_spec,
)

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).parents[2] / "itembank" / "demo"
SECRETS = ("correct", "key", "explanation", "理由", "rubric", "nominal", "五段", "description")


def freeze_practical(folder: Path, spec: PracticalSpec) -> Paper:
    """Freeze `spec` with the materials below `folder`."""
    return freeze_practical_paper(
        heading=PRACTICAL_HEADING, spec=spec, materials_dir=folder, actor=OFFICER, now=NOW
    )


def tamper(table: str, column: str, value: Any) -> None:
    """Change a column past everything that refuses it, as somebody with the database's password could."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE itembank_{table} SET {column} = %s", [value])


def test_a_theory_paper_is_drawn_by_its_plan_and_carries_no_key() -> None:
    paper = Paper.objects.get(pk=theory_paper().pk)
    assert [(s["id"], s["type"], s["points"]) for s in paper.content["sections"]] == [
        ("S1", "true_false", "0.5"),
        ("S2", "single", "0.5"),
        ("S3", "multiple", "1.5"),
    ]
    assert [len(section["items"]) for section in paper.content["sections"]] == [2, 3, 2]
    assert paper.content["sections"][1]["title"] == "单项选择题"
    assert not [word for word in SECRETS if word in json.dumps(paper.content, ensure_ascii=False)]


def test_the_key_of_a_theory_paper_has_every_item_with_its_points() -> None:
    paper = theory_paper()
    codes = [item["id"] for section in paper.content["sections"] for item in section["items"]]
    assert list(paper.key.keys) == codes
    multiple = [code for code in codes if code.startswith("MC")]
    assert paper.key.keys[multiple[0]] == {"type": "multiple", "correct": ["A", "C"], "points": "1.5"}


def test_what_a_theory_paper_is_called_and_measured_by_is_data() -> None:
    paper = Paper.objects.get(pk=theory_paper(seed=9).pk)
    assert (paper.code, paper.offering, paper.subject, paper.title) == (
        "O5-T-1", "O5", "theory", THEORY_HEADING.title
    )  # fmt: skip
    assert (paper.minutes, str(paper.pass_mark), paper.seed, paper.frozen_at) == (90, "3.0", 9, NOW)
    assert paper.policy == {"multiple": "all_or_nothing"}


def test_only_items_of_the_papers_level_are_drawn() -> None:
    import_bank(data=bank(), level=4, actor=OFFICER, now=NOW)
    approve_bank(NOW)
    with pytest.raises(NotEnoughItems):
        assemble_theory_paper(heading=THEORY_HEADING, spec=theory_spec(), seed=1, actor=OFFICER, now=NOW)
    assert not Paper.objects.exists()


def test_a_frozen_paper_does_not_see_an_item_that_changes_later() -> None:
    paper = theory_paper()
    code = paper.content["sections"][1]["items"][0]["id"]
    import_bank(data=bank(item(id=code, stem="新", key=["D"])), level=3, actor=OFFICER, now=NOW)
    approve_bank(NOW)
    assert Item.objects.get(code=code).approved.content["stem"] == "新"
    assert paper_intact(paper)


def test_a_practical_paper_has_deliverables_unique_in_it_and_no_rubric(store: Path, tmp_path: Path) -> None:
    paper = Paper.objects.get(pk=practical_paper(tmp_path).pk)
    (sheet,) = paper.content["tasks"]
    assert [part["id"] for part in sheet["deliverables"]] == ["T1.D1", "T1.D2", "T1.D3"]
    assert sheet["deliverables"][1]["columns"] == ["时间", "内容"]
    assert sheet["points"] == "40"
    assert paper.policy == {"graders": 2, "max_gap_percent": 10, "equipment": []}
    assert not [word for word in SECRETS if word in json.dumps(paper.content, ensure_ascii=False)]


def test_the_key_of_a_practical_paper_is_its_rubrics(store: Path, tmp_path: Path) -> None:
    keys = practical_paper(tmp_path).key.keys
    assert keys["T1"]["points"] == "40"
    first, second = keys["T1"]["rubric"]
    assert (first["no"], first["points"], first["kind"], first["deliverable"]) == (
        "1.1", "15.5", "MEASURED", "T1.D2"
    )  # fmt: skip
    assert (second["deliverable"], second["nominal"]) == ("", "五段")


def test_materials_are_kept_under_their_hash(store: Path, tmp_path: Path) -> None:
    paper = practical_paper(tmp_path)
    row = material(paper.pk, "T1", "M1")
    assert material_path(row).read_bytes() == b"a,b\n1,2\n"
    assert row.sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert paper.content["tasks"][0]["materials"] == [
        {
            "id": "M1",
            "name": "a.csv",
            "title": "数据",
            "media_type": "text/csv",
            "size": 8,
            "sha256": row.sha256,
        }
    ]
    assert [path for path in store.rglob("*") if path.is_file()] == [material_path(row)]


@pytest.mark.parametrize("file", ["in/none.csv", "../secret.csv", "/etc/hostname", "in", "link.csv"])
def test_a_material_that_is_not_below_its_folder_is_refused(store: Path, tmp_path: Path, file: str) -> None:
    folder = tmp_path / "papers"
    (folder / "in").mkdir(parents=True)
    (tmp_path / "secret.csv").write_text("secret")
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    spec = practical_spec(tasks=[task(materials=[task()["materials"][0] | {"file": file}])])
    with pytest.raises(BadSpec, match=r"T1\.M1: file"):
        freeze_practical(folder, spec)
    assert not Paper.objects.exists()


def test_a_specification_that_does_not_hold_freezes_nothing(store: Path, tmp_path: Path) -> None:
    with pytest.raises(BadSpec):
        freeze_practical(tmp_path, practical_spec(graders=0))
    with pytest.raises(BadSpec):
        assemble_theory_paper(
            heading=THEORY_HEADING, spec=theory_spec(pass_mark=6), seed=1, actor=OFFICER, now=NOW
        )
    assert not Paper.objects.exists()


def test_a_code_is_used_once(store: Path, tmp_path: Path) -> None:
    practical_paper(tmp_path)
    with pytest.raises(PaperCodeTaken):
        practical_paper(tmp_path)
    theory_paper()
    with pytest.raises(PaperCodeTaken):
        theory_paper(seed=6)
    assert Paper.objects.count() == 2


def test_freezing_is_audited_with_both_hashes_and_without_keys(store: Path, tmp_path: Path) -> None:
    papers = [theory_paper(), practical_paper(tmp_path)]
    entries = list(LogEntry.objects.filter(action="paper.frozen"))
    for paper, entry in zip(papers, entries, strict=True):
        assert (entry.subject, entry.actor) == (f"paper:{paper.pk}", "staff:7")
        assert (entry.data["sha256"], entry.data["keys_sha256"]) == (paper.sha256, paper.key.sha256)
        assert set(entry.data) == {"code", "sha256", "keys_sha256", "materials", "seed", "seal"}
    assert not list(broken_entries("itembank"))


def test_two_papers_that_differ_in_anything_have_different_hashes() -> None:
    first = theory_paper(seed=1)
    second = assemble_theory_paper(
        heading=PaperHeading("O5-T-2", "O5", 3, "x"), spec=theory_spec(), seed=2, actor=OFFICER, now=NOW
    )
    opened(second)
    assert first.sha256 != second.sha256
    assert len(first.sha256) == len(second.key.sha256) == 64
    assert second.key.sha256 == digest(second.key.keys)


def test_a_frozen_paper_its_key_and_its_materials_cannot_be_changed(store: Path, tmp_path: Path) -> None:
    paper = practical_paper(tmp_path)
    for row in (paper, paper.key, material(paper.pk, "T1", "M1")):
        with pytest.raises(PaperFrozen):
            row.save()
        with pytest.raises(PaperFrozen):
            row.delete()
    assert Paper.objects.get() == paper


@pytest.mark.parametrize("model", [Paper, PaperKey, Material])
def test_nor_can_many_at_once(store: Path, tmp_path: Path, model: type[Paper]) -> None:
    practical_paper(tmp_path)
    with pytest.raises(PaperFrozen):
        model.objects.all().delete()
    with pytest.raises(PaperFrozen):
        model.objects.update(sha256="0" * 64)
    with pytest.raises(PaperFrozen):
        model.objects.bulk_update(list(model.objects.all()), ["sha256"])
    assert model.objects.exclude(sha256="0" * 64).count() == 1


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("paper", "content", '{"tasks": []}'),
        ("paper", "policy", '{"graders": 1, "max_gap_percent": 10}'),
        ("paper", "minutes", 180),
        ("paper", "pass_mark", "20.0"),
        ("paper", "title", "x"),
        ("paper", "sha256", "0" * 64),
        ("paperkey", "keys", '{"T1": {"points": "40", "rubric": []}}'),
        ("paperkey", "sha256", "0" * 64),
        ("material", "sha256", "0" * 64),
        ("material", "code", "M2"),
    ],
)
def test_what_is_changed_past_all_that_shows(
    store: Path, tmp_path: Path, table: str, column: str, value: object
) -> None:
    paper = practical_paper(tmp_path)
    assert paper_intact(paper)
    tamper(table, column, value)
    assert not paper_intact(paper)


def test_a_material_that_was_changed_or_lost_on_the_disk_shows(store: Path, tmp_path: Path) -> None:
    paper = practical_paper(tmp_path)
    path = material_path(material(paper.pk, "T1", "M1"))
    path.write_bytes(b"a,b\n1,3\n")
    assert not paper_intact(paper)
    path.unlink()
    assert not paper_intact(paper)


def test_every_demonstration_paper_can_be_frozen(store: Path) -> None:
    for name, level in (("theory_l3.json", 3), ("theory_l4.json", 4)):
        data = (DEMO / name).read_bytes()
        assert import_bank(data=data, level=level, actor=OFFICER, now=NOW).created == len(
            read_bank(data).items
        )
    approve_bank(NOW)
    for one in read_papers((DEMO / "papers.json").read_bytes()):
        heading = PaperHeading(f"{one.id}-T", one.id, one.level, one.name)
        theory = assemble_theory_paper(heading=heading, spec=one.theory, seed=3, actor=OFFICER, now=NOW)
        practical = freeze_practical_paper(
            heading=PaperHeading(f"{one.id}-P", one.id, one.level, one.name),
            spec=one.practical, materials_dir=DEMO, actor=OFFICER, now=NOW
        )  # fmt: skip
        assert paper_intact(theory)
        assert paper_intact(practical)
