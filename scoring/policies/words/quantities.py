"""Writes the numbers in a text as digits: 三种 as 3种, 百分之二十 as 20%, 3.5万 as 35000. Pure.

A numeral inside a word stays what it is: 三脚架, 统一, 十分之多 hold no quantity. It counts as one when it is
all there is, comes after 第, or stands before a measure word.
"""

import re
from decimal import Decimal

from scoring.policies.words.numerals import CHARACTERS, POINT, number_of

# Longer ones first where one begins with another.
MEASURES = (
    *("分钟", "秒钟", "小时", "公里", "公斤", "公分", "千米", "千克", "千赫", "毫米", "毫秒", "毫克", "毫升"),
    *("厘米", "英寸", "字节", "比特", "兆", "像素", "赫兹", "分贝", "百分点", "个月", "个", "条", "张", "种"),
    *("次", "遍", "回", "名", "位", "人", "家", "台", "部", "件", "套", "组", "段", "集", "期", "年", "月"),
    *("日", "天", "号", "时", "点", "分", "秒", "周", "季", "元", "块", "角", "米", "克", "斤", "吨", "升"),
    *("度", "帧", "倍", "层", "级", "章", "节", "步", "项", "类", "岁", "届", "幅", "篇", "页", "字", "句"),
    *("行", "列", "屏", "镜", "维", "大", "轨", "英尺", "两"),
)
RUN = re.compile(rf"[{CHARACTERS}]+(?:{POINT}[{CHARACTERS}]+)?")
_NUMBER = rf"(?:[0-9]+(?:\.[0-9]+)?|[{CHARACTERS}]+(?:{POINT}[{CHARACTERS}]+)?)"
PERCENT = re.compile(rf"百分之({_NUMBER})")
SHARE = re.compile(rf"({_NUMBER})分之({_NUMBER})")
MYRIAD = re.compile(r"(?<![0-9.])([0-9]+(?:\.[0-9]+)?)([千万萬亿億])(?![克米瓦赫卡帕焦伏字比])")
GROUPED = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
SIZES = {"千": 10**3, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
HALF = re.compile(rf"半(?=(?:{'|'.join(MEASURES)}))")
_AT_MEASURE = re.compile("|".join(MEASURES))
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def in_digits(text: str) -> str:
    """`text` with its quantities in digits."""
    text = GROUPED.sub(lambda found: found.group().replace(",", ""), text)
    text = PERCENT.sub(_percent, text)
    text = SHARE.sub(_share, text)
    text = RUN.sub(_run, text)
    text = MYRIAD.sub(lambda found: _plain(Decimal(found[1]) * SIZES[found[2]]), text)
    return HALF.sub(_half, text)


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(text: str) -> str | None:
    if text[0].isascii():
        return text
    value = number_of(text)
    return None if value is None else format(value, "f")


def _percent(found: re.Match[str]) -> str:
    digits = _digits(found[1])
    return found.group() if digits is None else f"{digits}%"


def _share(found: re.Match[str]) -> str:
    below, above = _digits(found[1]), _digits(found[2])
    return found.group() if below is None or above is None else f"{above}/{below}"


def _half(found: re.Match[str]) -> str:
    """个半小时 and 大半年 count from something else, so only a half that begins the quantity is one."""
    before = found.string[: found.start()]
    return "半" if before and _CHINESE.match(before[-1]) else "0.5"


def _run(found: re.Match[str]) -> str:
    text, run = found.string, found.group()
    for taken in _readings(run):
        before, after = text[: found.start()], text[found.start() + len(taken) :]
        value = number_of(taken)
        if value is not None and _is_quantity(before, taken, after):
            return format(value, "f") + run[len(taken) :]
    return run


def _readings(run: str) -> tuple[str, ...]:
    """All of it; or without an end that is a unit's beginning (三千克) or a unit itself (三两)."""
    return (run[:-1], run) if len(run) > 1 and run[-1] in "千两" else (run,)


def _is_quantity(before: str, run: str, after: str) -> bool:
    if before.endswith("第"):
        return True
    if before and before[-1].isdigit():  # the 两 of 3两 is a weight
        return False
    if after.startswith("千") and not _AT_MEASURE.match(after):
        return False
    if after and _AT_MEASURE.match(after):
        return True
    inside = bool(before and _CHINESE.match(before[-1])) and len(run) == 1
    return not inside and not (after and _CHINESE.match(after[0]))
