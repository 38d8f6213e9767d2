"""Banks and constraint tables: read from every format, joined by id, and refused by row where they are wrong."""

import io
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from itembank.blueprints.banks import BankFiles, make_bank
from itembank.blueprints.constraint_files import read_constraints
from itembank.blueprints.information import Item
from itembank.blueprints.specification import (
    BadBlueprint,
    BankPlan,
    Each,
    Enemies,
    Exclude,
    Include,
    Mean,
    Number,
    Order,
    PerStimulus,
    Sum,
    Together,
)
from itembank.blueprints.tables import Table, read_table

HEAD = "CONSTRAINT_ID,TYPE,WHAT,CONDITION,LB,UB,ONOFF\n"


def table(text: str, name: str = "bank.csv") -> Table:
    """A table of CSV text."""
    return read_table(text.encode(), name=name)


def sheet(*rows: tuple[object, ...]) -> bytes:
    """An xlsx file of one sheet."""
    book, data = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


def test_the_same_bank_comes_from_csv_json_and_a_sheet() -> None:
    wanted = {"题号": ["A1", "A2"], "题型": ["单选题", None], "分值": [1.0, 0.5]}
    csv = "题号,题型,分值\nA1,单选题,1\nA2,NA,0.5\n\n"
    json = '{"items": [{"题号": "A1", "题型": "单选题", "分值": 1, "选项": []}, {"题号": "A2", "分值": 0.5}]}'
    rows = sheet(("题号", "题型", "分值"), ("A1", "单选题", 1), ("A2", None, 0.5))
    for data, name in ((csv.encode("utf-8-sig"), "b.csv"), (csv.encode("gb18030"), "b.csv"),
                       (json.encode(), "b.json"), (rows, "b.xlsx")):  # fmt: skip
        assert dict(read_table(data, name=name).columns) == wanted


@pytest.mark.parametrize(
    ("data", "name", "cause"),
    [
        (b"", "b.csv", "no heading"),
        (b"\xff\xfe\xfa", "b.csv", "neither UTF-8 nor GB 18030"),
        (b"a,a\n1,2", "b.csv", "more than one column is called a"),
        (b"a,b\n1,2,3", "b.csv", "row 2 has more cells"),
        (b"[1]", "b.json", "a list of objects"),
        (b"{", "b.json", "Expecting"),
        (b"PK", "b.xlsx", "not a spreadsheet"),
        (b"x", "b.pdf", "a bank is a .csv"),
    ],
)
def test_what_is_no_table_is_refused_with_its_cause(data: bytes, name: str, cause: str) -> None:
    with pytest.raises(BadBlueprint, match=cause):
        read_table(data, name=name)


@given(st.binary(max_size=200), st.sampled_from(["b.csv", "b.json", "b.xlsx"]))
def test_no_bytes_do_more_than_be_refused(data: bytes, name: str) -> None:
    with suppress(BadBlueprint):
        assert read_table(data, name=name).columns


def test_attributes_parameters_and_enemies_are_joined_by_id() -> None:
    files = BankFiles(
        items=table("ID,KIND\n1,MC\n2,CR\n"),
        pool=table("ID,MODEL,PAR1,PAR2,PAR3\n2,GPC,1,0.5,\n1,3PL,1,0,0.2\n"),
        enemies=table("ItemID,EnemyID\n1,2\n2,1\n2,9\n"),
    )
    bank = make_bank(files, BankPlan())
    assert bank.ids == ("1", "2")
    assert bank.models == (Item("3PL", (1.0, 0.0, 0.2)), Item("GPC", (1.0, 0.5)))
    assert bank.enemies == (("1", "2"),)


def test_parameters_may_stand_in_columns_of_any_name() -> None:
    plan = BankPlan(id="ItemID", model="3PL", parameters=("IRT_a", "IRT_b", "IRT_c"))
    bank = make_bank(BankFiles(items=table("ItemID,IRT_a,IRT_b,IRT_c\nX,1.2,0,0\n")), plan)
    assert bank.models == (Item("3PL", (1.2, 0.0, 0.0)),)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("name\nA\n", "no column of ids"),
        ("ID\nA\nA\n", "bank.csv:3: ID: A stands in row 2 already"),
        ("ID,x\n,1\n", "bank.csv:2: ID: an item without an id"),
        ("ID\n", "no item"),
    ],
)
def test_a_bank_without_clear_ids_is_refused(text: str, cause: str) -> None:
    with pytest.raises(BadBlueprint, match=cause):
        make_bank(BankFiles(items=table(text)), BankPlan())


def test_every_kind_of_constraint_is_read() -> None:
    text = HEAD + "\n".join(
        [
            "C1,Number,Item,,30,30,",
            "C2,Number,Stimulus,,6,6,",
            "C3,Number,Item,Per Stimulus,4,6,",
            "C4,Number,Item,SUB,1,3,ON",
            'C5,Number,Item,"SUB %in% c(1, 8)",3,,',
            'C6,Sum,Item,"WORDS, DOK == 1",50,80,OFF',
            "C7,Average,Item,WORDS,,80,",
            "C8,Order,Passage,CONTENT,,,",
            "C9,Enemy,Item,DOK == 3,,,",
            "C10,Include,Item,DOK == 3,,,",
            "C11,Exclude,Item,PTBIS < 0.15,,,",
            "C12,AllOrNone,Item,DOK == 3,,,",
        ]
    )
    kinds = [Number, Number, PerStimulus, Each, Number, Sum, Mean, Order, Enemies, Include, Exclude, Together]
    rules = read_constraints(table(text, "constraints.csv"))
    assert [type(one) for one in rules] == kinds
    assert [one.id for one in rules if not one.on] == ["C6"]
    assert (rules[1].of, rules[7].of, rules[4].min, rules[4].max) == ("stimulus", "stimulus", 3, None)
    assert (rules[5].column, rules[5].where) == ("WORDS", "DOK == 1")


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("C1,Nothing,Item,,1,1,", "constraints.csv:2: C1: the type 'Nothing'"),
        ("C1,Number,Room,,1,1,", "neither Item nor Stimulus"),
        ("C1,Number,Item,,,,", "neither LB nor UB"),
        ("C1,Number,Item,,3,1,", "LB is more than UB"),
        ("C1,Number,Item,DOK ==,1,1,", "character"),
        ("C1,Number,Item,,one,1,", "LB 'one' is not a number"),
        ("C1,Enemy,Item,,,,", "a condition is needed"),
        ("C1,Order,Item,DOK > 1,,,", "is not a column"),
    ],
)
def test_a_constraint_that_cannot_be_read_is_named_by_its_row(row: str, cause: str) -> None:
    with pytest.raises(BadBlueprint, match=cause):
        read_constraints(table(HEAD + row, "constraints.csv"))
