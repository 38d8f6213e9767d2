"""Small banks, specifications and papers to test with."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from examserver.kernel.access import Actor, Role
from itembank.models import Paper
from itembank.services import PaperHeading, assemble_theory_paper, freeze_practical_paper, import_bank
from itembank.services.sealing import open_papers
from itembank.specs import PracticalSpec, TheorySpec
from tests.itembank.approved import approve_bank

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
OFFICER = Actor("staff", 7, frozenset({Role.OFFICER}))
THEORY_HEADING = PaperHeading("O5-T-1", "O5", 3, "直播运营三级 理论知识试卷")
PRACTICAL_HEADING = PaperHeading("O5-P-1", "O5", 3, "直播运营三级 操作技能考核试卷")


def item(kind: str = "single", number: int = 1, **changes: Any) -> dict[str, Any]:
    """An item of a bank file without a fault, with `changes`; a change to `...` leaves the field out."""
    prefix, key = {"true_false": ("TF", ["T"]), "single": ("SC", ["B"]), "multiple": ("MC", ["A", "C"])}[kind]
    values: dict[str, Any] = {
        "id": f"{prefix}-{number:03}",
        "type": kind,
        "knowledge_point": f"point {number % 3}",
        "difficulty": 0.5,
        "stem": f"题干 {number}",
        "key": key,
        "explanation": "理由",
    }
    if kind != "true_false":
        values["options"] = [{"id": letter, "text": f"选项 {letter}"} for letter in "ABCD"]
    return {name: value for name, value in {**values, **changes}.items() if value is not ...}


def bank(*items: dict[str, Any], **fields: Any) -> bytes:
    """A bank file of `items`, or of four of each type."""
    types = ("true_false", "single", "multiple")
    listed = items or tuple(item(type, number) for type in types for number in range(4))
    return msgspec.json.encode({"items": listed, **fields})


def theory_spec(**changes: Any) -> TheorySpec:
    """Two true_false, three single and two multiple items: 5.5 points."""
    sections = [
        {"type": "true_false", "count": 2, "points": 0.5},
        {"type": "single", "count": 3, "points": 0.5},
        {"type": "multiple", "count": 2, "points": "1.5"},
    ]
    values = {"minutes": 90, "pass_mark": 3, "sections": sections, "scoring": {"multiple": "all_or_nothing"}}
    return msgspec.convert({**values, **changes}, TheorySpec)


def task(**changes: Any) -> dict[str, Any]:
    """A task with one material, a deliverable of each kind, and a rubric of 40 points."""
    table = {"kind": "table", "title": "流程表", "columns": ["时间", "内容"], "min_rows": 1, "max_rows": 3}
    file = {"kind": "file", "title": "方案", "accept": [".pdf"], "max_bytes": 1000}
    line = {"description": "结构完整", "nominal": "五段"}
    values = {
        "id": "T1",
        "title": "直播脚本",
        "title_en": "Script",
        "minutes": 50,
        "points": 40,
        "site": "考位计算机 1 台",
        "brief": ["写一份脚本。"],
        "materials": [
            {"id": "M1", "name": "a.csv", "media_type": "text/csv", "file": "in/a.csv", "title": "数据"}
        ],
        "deliverables": [
            {"id": "D1", "kind": "text", "title": "脚本", "max_chars": 5},
            {"id": "D2", **table},
            {"id": "D3", **file},
        ],
        "rubric": [
            {"no": "1.1", "points": 15.5, "kind": "MEASURED", "deliverable": "D2", **line},
            {"no": "1.2", "points": 24.5, "kind": "JUDGED", "deliverable": "", **line},
        ],
    }
    return {**values, **changes}


def practical_spec(**changes: Any) -> PracticalSpec:
    """A paper of one task."""
    values = {"minutes": 120, "pass_mark": 24, "graders": 2, "max_gap_percent": 10, "tasks": [task()]}
    return msgspec.convert({**values, **changes}, PracticalSpec)


def theory_paper(seed: int = 5, code: str = "O5-T-1", *, sealed: bool = False) -> Paper:
    """A frozen theory paper, opened unless it is to stay sealed, from the bank of `bank()`."""
    heading = PaperHeading(code, "O5", 3, THEORY_HEADING.title)
    import_bank(data=bank(), level=3, actor=OFFICER, now=NOW)
    approve_bank(NOW)
    paper = assemble_theory_paper(heading=heading, spec=theory_spec(), seed=seed, actor=OFFICER, now=NOW)
    return paper if sealed else opened(paper)


def opened(paper: Paper) -> Paper:
    """The paper after a start signal."""
    open_papers(paper_ids=[paper.pk], actor=OFFICER, reason="test", now=NOW)
    return paper


def practical_paper(folder: Path, **changes: Any) -> Paper:
    """A frozen practical paper; its material is written below `folder` first."""
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "a.csv").write_bytes(b"a,b\n1,2\n")
    return opened(
        freeze_practical_paper(
            heading=PRACTICAL_HEADING,
            spec=practical_spec(**changes),
            materials_dir=folder,
            actor=OFFICER,
            now=NOW,
        )
    )
