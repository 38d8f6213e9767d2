"""Chinese numerals as numbers: 二十三, 一百零五, 两万, 廿四, 二〇二六, 三点五, 壹佰; None for what is no numeral. Pure.

Strict on purpose: 万一, 千万 and 二三 (two or three) are words or guesses, and become no number.
"""

from decimal import Decimal

DIGITS = {
    digit: value
    for value, digits in enumerate(
        ["〇零", "一壹弌", "二贰貳两兩", "三叁叄", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"]
    )
    for digit in digits
}
ZEROS = frozenset("〇零")
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS = {"廿": 20, "卅": 30, "卌": 40}
MYRIADS = (("亿億", 10**8), ("万萬", 10**4))
POINT = "点"
CHARACTERS = "".join([*DIGITS, *SMALL, *TENS, "亿億万萬"])
LONGEST = 40  # 亿亿亿… is no number however long it is
_TOP = 10_000


def number_of(text: str) -> Decimal | None:
    """The number that all of `text` says; None when it is no well-formed numeral."""
    if len(text) > LONGEST:
        return None
    whole, point, decimals = text.partition(POINT)
    value = _positional(whole) if len(whole) > 1 else None
    value = _whole(whole) if value is None else value
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not decimals or any(one not in DIGITS for one in decimals):
        return None
    return Decimal(f"{value}.{''.join(str(DIGITS[one]) for one in decimals)}")


def _positional(text: str) -> int | None:
    """Digit after digit, 二〇二六; two digits without a zero may mean two or three, so they are left alone."""
    if any(one not in DIGITS for one in text) or set(text) & set("两兩") or text[0] in ZEROS:
        return None
    if len(text) < 3 and not ZEROS & set(text):
        return None
    return int("".join(str(DIGITS[one]) for one in text))


def _whole(text: str) -> int | None:
    for signs, size in MYRIADS:
        at = max(text.rfind(sign) for sign in signs)
        if at >= 0:
            return _myriads(text[:at], text[at + 1 :], size)
    return _section(text)


def _myriads(above: str, below: str, size: int) -> int | None:
    """一万二 is 12,000 and 一万零二 is 10,002."""
    high, low = _whole(above), _whole(below.lstrip("零〇")) if below else 0
    if not high or low is None or low >= size:
        return None
    if len(below) == 1 and below not in ZEROS:
        low *= size // 10
    return high * size + low


def _section(text: str) -> int | None:
    """Below ten thousand; 三百五 is 350 and 三百零五 is 305."""
    value, digit, unit, zero = 0, None, _TOP, False
    for one in text:
        step = TENS.get(one) or SMALL.get(one)
        if step is None:
            if digit is not None or one not in DIGITS or (zero and one in ZEROS):
                return None
            zero, digit = (True, None) if one in ZEROS else (zero, DIGITS[one])
            continue
        size = 10 if one in TENS else step
        if not _may_follow(one, digit, unit, zero):
            return None
        value += step * (1 if digit is None else digit)
        digit, unit, zero = None, size, False
    return _ended(text, value, digit, (unit, zero))


def _may_follow(one: str, digit: int | None, unit: int, zero: bool) -> bool:
    """A smaller step after a larger one; only a ten may come without its digit; a zero must skip something."""
    size = 10 if one in TENS else SMALL[one]
    if size >= unit or (zero and size * 10 == unit):
        return False
    return digit is None if one in TENS else digit is not None or (size == 10 and not zero)


def _ended(text: str, value: int, digit: int | None, last: tuple[int, bool]) -> int | None:
    unit, zero = last
    if digit is None:
        return None if (zero and len(text) > 1) or not text else value
    short = 10 < unit < _TOP and not zero
    return value + digit * (unit // 10 if short else 1)
