"""The demonstration banks, papers and materials keep every rule that an examination relies on."""

import csv
import re
from collections import Counter
from math import sqrt
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

DEMO = Path(__file__).parents[2] / "itembank" / "demo"
NOTICE = "演示数据，非官方试题"
BANKS = {"theory_l3": (3, {"true_false": 48, "single": 160, "multiple": 14}),
         "theory_l4": (4, {"true_false": 64, "single": 150})}  # fmt: skip
DIRECTIONS = {"O1": ("创意策划", 4), "O2": ("创意策划", 3), "O3": ("视听运营", 3), "O4": ("流量运营", 3),
              "O5": ("直播运营", 3)}  # fmt: skip
SECTIONS = {3: {"true_false": (40, 0.5), "single": (140, 0.5), "multiple": (10, 1)},
            4: {"true_false": (60, 0.5), "single": (140, 0.5)}}  # fmt: skip
MEDIA_TYPES = {".csv": "text/csv", ".md": "text/markdown", ".txt": "text/plain",
               ".srt": "application/x-subrip"}  # fmt: skip
LETTERS = {"true_false": "", "single": "ABCD", "multiple": "ABCDE"}
LARGEST_MATERIAL = 64 * 1024


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a demonstration file; a missing, wrong or unknown field is an error."""


class Item(Strict, frozen=True):
    """One theory item."""

    id: str
    type: str
    knowledge_point: str
    difficulty: float
    stem: str
    key: list[str]
    explanation: str
    options: list[dict[Literal["id", "text"], str]] = []


class Bank(Strict, frozen=True):
    """One theory bank."""

    notice: str
    bank: str
    offering_levels: list[int]
    items: list[Item]


class Material(Strict, frozen=True):
    """A file that a candidate receives with a task."""

    id: str
    name: str
    media_type: str
    file: str
    title: str


class Deliverable(Strict, frozen=True, tag_field="kind"):
    """What is handed in, of any kind."""

    id: str
    title: str
    title_en: str


class TextDeliverable(Deliverable, frozen=True, tag="text"):
    """Text typed on the page."""

    max_chars: int


class TableDeliverable(Deliverable, frozen=True, tag="table"):
    """Rows typed on the page."""

    columns: list[str]
    min_rows: int
    max_rows: int


class FileDeliverable(Deliverable, frozen=True, tag="file"):
    """A file that is uploaded; sizes are in bytes."""

    accept: list[str]
    max_bytes: int


class RubricLine(Strict, frozen=True):
    """One line of a mark sheet."""

    no: str
    points: int
    kind: Literal["MEASURED", "JUDGED"]
    description: str
    nominal: str
    deliverable: str


class Task(Strict, frozen=True):
    """One practical task sheet."""

    id: str
    title: str
    title_en: str
    minutes: int
    points: int
    site: str
    brief: list[str]
    materials: list[Material]
    deliverables: list[TextDeliverable | TableDeliverable | FileDeliverable]
    rubric: list[RubricLine]


class Practical(Strict, frozen=True):
    """The practical subject of an offering."""

    minutes: int
    pass_mark: int
    graders: int
    max_gap_percent: int
    tasks: list[Task]


class Offering(Strict, frozen=True):
    """One offering with both subjects."""

    id: str
    name: str
    direction: str
    level: int
    theory: dict[str, Any]
    practical: Practical


class Papers(Strict, frozen=True):
    """All demonstration papers."""

    notice: str
    offerings: list[Offering]


def read_bank(name: str) -> Bank:
    return msgspec.json.decode((DEMO / f"{name}.json").read_bytes(), type=Bank)


def read_papers() -> Papers:
    return msgspec.json.decode((DEMO / "papers.json").read_bytes(), type=Papers)


def rows(name: str) -> list[dict[str, str]]:
    with (DEMO / "materials" / name).open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def nominals(task: str) -> str:
    """Every nominal value of the rubric of a task, such as O1-T3."""
    return "\n".join(line.nominal for line in TASKS[task].rubric)


def totals(table: list[dict[str, str]], *columns: str) -> list[int]:
    return [sum(int(row[column]) for row in table) for column in columns]


def plain(stem: str) -> str:
    return re.sub(r"[\s\W]", "", stem)


def likeness(one: str, other: str) -> float:
    """Shared pairs of neighbouring characters over all pairs of both, 0 to 1."""
    left, right = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (plain(one), plain(other)))
    return len(left & right) / len(left | right)


each_bank = pytest.mark.parametrize("name", BANKS)
TASKS = {f"{one.id}-{task.id}": task for one in read_papers().offerings for task in one.practical.tasks}
each_task = pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)


@each_bank
def test_a_bank_holds_enough_items_of_exactly_the_types_of_its_level(name: str) -> None:
    bank = read_bank(name)
    level, wanted = BANKS[name]
    counts = Counter(item.type for item in bank.items)
    assert (bank.notice, bank.offering_levels) == (NOTICE, [level])
    assert counts.keys() == wanted.keys()
    assert all(counts[kind] >= least for kind, least in wanted.items())


@each_bank
def test_every_item_has_an_id_of_its_own_and_every_text(name: str) -> None:
    items = read_bank(name).items
    prefix = "L4-" if name == "theory_l4" else ""
    assert len({item.id for item in items}) == len(items)
    assert all(re.fullmatch(prefix + r"(TF|SC|MC)-\d{3}", item.id) for item in items)
    assert all(item.knowledge_point and item.stem and item.explanation for item in items)
    assert all(0.1 <= item.difficulty <= 0.9 for item in items)


@each_bank
def test_options_and_keys_have_the_form_of_their_item_type(name: str) -> None:
    for item in read_bank(name).items:
        letters = [option["id"] for option in item.options]
        expected = LETTERS[item.type]
        assert "".join(letters) == expected, item.id
        assert set(item.key) <= set(letters or "TF"), item.id
        assert item.key == sorted(set(item.key)), item.id
        assert len(item.key) in {"multiple": (2, 3, 4)}.get(item.type, (1,)), item.id


@each_bank
def test_options_of_an_item_differ_and_survive_shuffling(name: str) -> None:
    for item in read_bank(name).items:
        texts = [option["text"].strip() for option in item.options]
        assert all(texts), item.id
        assert len(set(texts)) == len(texts), item.id
        assert not any(re.match(r"以上|[A-E](和|、)[A-E]", text) for text in texts), item.id


def test_no_stem_stands_twice_in_both_banks_together() -> None:
    stems = Counter(plain(item.stem) for name in BANKS for item in read_bank(name).items)
    assert [stem for stem, times in stems.items() if times > 1] == []


def test_at_most_half_of_the_level_four_items_resemble_a_level_three_item() -> None:
    stems = [item.stem for item in read_bank("theory_l3").items]
    items = read_bank("theory_l4").items
    alike = [item.id for item in items if max(likeness(item.stem, stem) for stem in stems) > 0.5]
    assert len(alike) <= len(items) / 2


@each_bank
@pytest.mark.parametrize(("kind", "share"), [("true_false", 0.6), ("single", 0.4), ("multiple", 0.4)])
def test_no_letter_takes_more_than_its_share_of_the_keys(name: str, kind: str, share: float) -> None:
    keys = Counter(letter for item in read_bank(name).items if item.type == kind for letter in item.key)
    assert all(times <= share * keys.total() for times in keys.values())


@each_bank
def test_the_longest_option_does_not_give_the_key_away(name: str) -> None:
    singles = [item for item in read_bank(name).items if item.type == "single"]
    lengths = [({one["id"]: len(one["text"]) for one in item.options}, item.key[0]) for item in singles]
    told = sum(all(sizes[key] > size for one, size in sizes.items() if one != key) for sizes, key in lengths)
    assert told <= 0.45 * len(singles)


def test_the_papers_are_the_five_offerings_of_the_notice() -> None:
    papers = read_papers()
    assert papers.notice == NOTICE
    assert {one.id: (one.direction, one.level) for one in papers.offerings} == DIRECTIONS
    assert all(one.name == f"全媒体运营师（{one.direction}）" for one in papers.offerings)


def test_theory_papers_add_up_to_100_points_in_90_minutes() -> None:
    for one in read_papers().offerings:
        sections = SECTIONS[one.level]
        assert sum(count * points for count, points in sections.values()) == 100
        assert one.theory == {
            "bank": f"theory_l{one.level}.json",
            "minutes": 90,
            "pass_mark": 60,
            "sections": [{"type": kind, "count": n, "points": each} for kind, (n, each) in sections.items()],
            "scoring": {"multiple": "all_or_nothing"},
        }


@each_bank
def test_a_bank_can_fill_the_paper_of_its_level(name: str) -> None:
    counts = Counter(item.type for item in read_bank(name).items)
    assert all(counts[kind] >= count for kind, (count, _) in SECTIONS[BANKS[name][0]].items())


def test_practicals_add_up_to_100_points_in_120_minutes_for_two_graders() -> None:
    for one in read_papers().offerings:
        sheet = one.practical
        assert (sheet.minutes, sheet.pass_mark, sheet.graders, sheet.max_gap_percent) == (120, 60, 2, 10)
        assert [task.id for task in sheet.tasks] == [f"T{n}" for n in range(1, len(sheet.tasks) + 1)]
        assert sum(task.minutes for task in sheet.tasks) == 120
        assert sum(task.points for task in sheet.tasks) == 100


@each_task
def test_rubric_lines_add_up_to_their_task_and_point_at_its_deliverables(task: Task) -> None:
    number = task.id.removeprefix("T")
    assert 6 <= len(task.rubric) <= 10
    assert [line.no for line in task.rubric] == [f"{number}.{n}" for n in range(1, len(task.rubric) + 1)]
    assert sum(line.points for line in task.rubric) == task.points
    assert all(line.points > 0 and line.description and line.nominal for line in task.rubric)
    assert {line.deliverable for line in task.rubric} == {part.id for part in task.deliverables}
    assert {line.kind for line in task.rubric} == {"MEASURED", "JUDGED"}


@each_task
def test_a_task_sheet_is_complete_and_titled_in_both_languages(task: Task) -> None:
    assert all([task.title, task.site, task.title_en, *task.brief])
    assert task.title_en.isascii()
    assert [part.id for part in task.deliverables] == [f"D{n}" for n in range(1, len(task.deliverables) + 1)]
    assert all(part.title and part.title_en.isascii() for part in task.deliverables)


@each_task
def test_the_limits_of_deliverables_can_be_kept(task: Task) -> None:
    for part in task.deliverables:
        match part:
            case TextDeliverable():
                assert 0 < part.max_chars <= 3000
            case TableDeliverable():
                assert 0 < part.min_rows <= part.max_rows
                assert len(set(part.columns)) == len(part.columns) > 1
            case FileDeliverable():
                assert all(re.fullmatch(r"\.[a-z0-9]+", ending) for ending in part.accept)
                assert part.accept
                assert 0 < part.max_bytes <= 524288000


@each_task
def test_the_materials_of_a_task_exist_and_are_small_text_files(task: Task) -> None:
    assert [one.id for one in task.materials] == [f"M{n}" for n in range(1, len(task.materials) + 1)]
    for one in task.materials:
        path = DEMO / one.file
        assert one.file == f"materials/{path.name}"
        assert one.media_type == MEDIA_TYPES[path.suffix] == MEDIA_TYPES[Path(one.name).suffix]
        assert 0 < path.stat().st_size <= LARGEST_MATERIAL
        assert all([one.title, path.read_text(encoding="utf-8").strip()])


def test_every_material_file_is_used_and_every_table_has_full_rows() -> None:
    used = {one.file for task in TASKS.values() for one in task.materials}
    assert used == {f"materials/{path.name}" for path in (DEMO / "materials").iterdir()}
    for path in (DEMO / "materials").glob("*.csv"):
        table = rows(path.name)
        assert table
        assert all(None not in row and None not in row.values() for row in table), path.name


@each_task
def test_the_brief_names_only_materials_that_its_task_hands_out(task: Task) -> None:
    named = set(re.findall(r"[a-z_]+\.(?:csv|md|txt|srt)", "".join(task.brief) + task.site))
    assert named <= {one.name for one in task.materials}


def test_the_nominal_figures_of_o1_follow_from_its_posts() -> None:
    kept = {row["编号"]: row for row in rows("o1_posts.csv")}
    counted = [row for row in kept.values() if row["阅读量"]]
    text = nominals("O1-T3")
    assert f"删除重复行 {len(rows('o1_posts.csv')) - len(kept)} 行，保留不重复记录 {len(kept)} 条" in text
    assert "、".join(number for number, row in kept.items() if not row["阅读量"]) in text
    assert f"总计 {sum(int(row['阅读量']) for row in counted)}" in text


def test_the_nominal_figures_of_o2_follow_from_its_survey() -> None:
    table = rows("o2_survey.csv")
    asked, known, willing = totals(table, "样本数", "知道本行动(人)", "愿意参加(人)")
    assert f"知晓率 {100 * known / asked:.1f}%，参与意愿率 {100 * willing / asked:.1f}%" in nominals("O2-T1")
    for row in rows("o2_rates.csv"):
        assert f"{row['编号']}≤{row['可选数量上限']}" in nominals("O2-T3")


def test_the_nominal_figures_of_o3_name_the_forbidden_footage() -> None:
    forbidden = [row["文件名"].split(".")[0] for row in rows("o3_footage.csv") if row["可用于成片"] == "否"]
    assert "未使用 " + "、".join(forbidden) in nominals("O3-T1")


def test_the_nominal_figures_of_o4_follow_from_its_campaign() -> None:
    text = nominals("O4-T1")
    for plan in sorted({row["计划"] for row in rows("o4_campaign.csv")}):
        mine = [row for row in rows("o4_campaign.csv") if row["计划"] == plan]
        cost, shown, clicks, paid, gmv = totals(mine, "消耗(元)", "曝光", "点击", "支付订单", "成交金额(元)")
        for value in (f"{100 * clicks / shown:.2f}%", f"{100 * paid / clicks:.2f}%", f"{gmv / cost:.2f}"):
            assert f"{plan} {value}" in text


def test_the_nominal_figures_of_the_o4_test_follow_from_its_counts() -> None:
    counts = [[int(row[c]) for c in ("曝光", "点击", "支付人数")] for row in rows("o4_abtest.csv")]
    (shown_a, clicks_a, paid_a), (shown_b, clicks_b, paid_b) = counts
    pooled = (clicks_a + clicks_b) / (shown_a + shown_b)
    spread = sqrt(pooled * (1 - pooled) * (1 / shown_a + 1 / shown_b))
    text = nominals("O4-T3")
    assert f"A {100 * clicks_a / shown_a:.2f}%，B {100 * clicks_b / shown_b:.2f}%" in text
    assert f"A {100 * paid_a / clicks_a:.2f}%，B {100 * paid_b / clicks_b:.2f}%" in text
    assert f"z={(clicks_b / shown_b - clicks_a / shown_a) / spread:.2f}，" in text


def test_the_nominal_figures_of_o5_follow_from_its_review() -> None:
    review, orders = rows("o5_review.csv"), rows("o5_orders.csv")
    visitors, minutes, fans = totals(review, "进入人数", "观看总时长(分钟)", "新增关注(人)")
    clicks, paid = totals(review, "商品点击人数", "支付人数")
    gmv = sum(float(row["直播价(元)"]) * int(row["支付件数"]) for row in orders)
    refunds = sum(float(row["直播价(元)"]) * int(row["退款件数"]) for row in orders)
    text = nominals("O5-T3")
    assert f"{gmv:.2f}÷{visitors}={gmv / visitors:.2f} 元" in text
    assert (
        f"={100 * fans / visitors:.2f}%；人均停留 {minutes}÷{visitors}={minutes / visitors:.2f} 分钟" in text
    )
    assert f"={100 * clicks / visitors:.2f}%；转化率 {paid}÷{clicks}={100 * paid / clicks:.2f}%" in text
    assert f"退款率 {refunds:.2f}÷{gmv:.2f}={100 * refunds / gmv:.2f}%" in text
    assert [paid] == totals(orders, "支付件数")
