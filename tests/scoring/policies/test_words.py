"""Writing differently and meaning the same: every step on both sides of its boundary."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.policies.words.forms import ALL, Steps, form, read_synonyms
from scoring.policies.words.numerals import number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二十三", "23"),
        ("一百零五", "105"),
        ("三百五", "350"),
        ("三百零五", "305"),
        ("两", "2"),
        ("十", "10"),
        ("十五", "15"),
        ("廿三", "23"),
        ("〇", "0"),
        ("壹佰贰拾叁", "123"),
        ("一万二", "12000"),
        ("一万零二", "10002"),
        ("三亿五千万", "350000000"),
        ("二〇二六", "2026"),
        ("一九四九", "1949"),
        ("三点五", "3.5"),
        ("零点二五", "0.25"),
    ],
)
def test_a_well_formed_numeral_is_its_number(text: str, number: str) -> None:
    assert number_of(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["万一", "千万", "百", "二三", "一一", "一百零", "一百零五十", "三十四十", "三点", "点五", "", "个"],
)
def test_what_is_no_numeral_becomes_no_number(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    "text", ["亿" * 500, "一" * 500, "万亿" * 250, "百分之" * 160, "1," * 250, "第三" * 250]
)
def test_a_long_answer_has_a_form_as_well(text: str) -> None:
    assert form(text) == form(form(text))


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_number_that_is_written_out_is_read_back(number: int) -> None:
    assert number_of(written(number)) == number


def written(number: int) -> str:
    """The numeral as schools write it."""
    for size, sign in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            above, below = divmod(number, size)
            gap = "零" if below and below < size // 10 else ""
            return written(above) + sign + gap + (written(below) if below else "")
    text, skipped = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        text += ("零" if skipped and digit and text else "") + (
            "零一二三四五六七八九"[digit] + sign if digit else ""
        )
        skipped = not digit
    return text or "零"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("二十三", "23"),
        ("三种", "３种"),
        ("两个", "2个"),
        ("第三", "第3"),
        ("百分之二十", "20％"),
        ("三分之二", "2/3"),
        ("3.5万元", "35,000元"),
        ("半小时", "0.5小时"),
        ("三千克", "3 公斤"),
        ("三两", "3两"),
        ("5厘米", "5cm"),
        ("二十五帧每秒", "25 FPS"),
        ("25帧/秒", "25fps"),
        ("100 Mbps", "100mbps"),
        ("《广告法》", "广告法。"),
        ("“短视频”", '"短视频"'),
        ("短 视频", "短视频"),
        ("Adobe  Premiere", "ADOBE premiere"),
        ("Ａ，Ｂ", "a,b"),
        ("选题、脚本", "选题，脚本"),
        ("iPhone 15", "iphone15"),
        ("1,000", "1000"),
    ],
)
def test_two_ways_of_writing_the_same_are_one_answer(one: str, other: str) -> None:
    assert form(one) == form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三脚架", "3"),
        ("统一", "统1"),
        ("万一", "10001"),
        ("二三个", "23个"),
        ("半导体", "0.5导体"),
        ("100MB/s", "100Mbps"),
        ("1 2", "12"),
        ("re sign", "resign"),
        ("5厘米", "5毫米"),
        ("三两", "32"),
        ("3两", "32"),
        ("-5", "5"),
        ("3.5", "35"),
        ("《广告法》与《电子商务法》", "广告法》与《电子商务法"),
        ("A", "B"),
    ],
)
def test_what_means_something_else_stays_something_else(one: str, other: str) -> None:
    assert form(one) != form(other)


@pytest.mark.parametrize(
    ("step", "one", "other"),
    [
        ("width", "ＡＢ", "AB"),
        ("punctuation", "好。", "好"),
        ("enclosing", "《好》", "好"),
        ("case", "Ab", "aB"),
        ("spaces", "短 视频", "短视频"),
        ("numerals", "三种", "3种"),
        ("units", "5厘米", "5cm"),
    ],
)
def test_each_step_can_be_switched_off(step: str, one: str, other: str) -> None:
    off = msgspec.structs.replace(ALL, **{step: False})
    assert (form(one) == form(other), form(one, off) == form(other, off)) == (True, False)


def test_listed_words_are_the_same_wherever_they_stand_and_nothing_else_is() -> None:
    listed = read_synonyms([["短视频", "小视频"], ["PR", "Premiere"]], ALL)
    same = [form(one, ALL, listed) for one in ("小视频平台", "短视频平台")]
    assert same[0] == same[1]
    assert form("premiere", ALL, listed) == form("Pr", ALL, listed)
    assert form("price", ALL, listed) == "price"


@given(
    st.text(alphabet="三十百万点半第个千米克 A1,.《》", max_size=12),
    st.sets(st.sampled_from(Steps.__struct_fields__)),
)
def test_any_text_has_a_form_under_any_steps(text: str, switched_off: set[str]) -> None:
    steps = msgspec.structs.replace(ALL, **dict.fromkeys(switched_off, False))
    assert form(text, steps) == form(text, steps)
    assert "\u3000" not in form("\u3000" + text)
