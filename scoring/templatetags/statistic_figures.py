"""Figures of statistics as pages show them: a dash where there is none, a minus sign that is one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import template
from django.utils.translation import gettext

from scoring.statistics.flags import Flag

register = template.Library()
NONE = "–"


@register.filter
def fixed(value: float | None, places: int = 2) -> str:
    """So many decimal places: `0.62`."""
    return NONE if value is None else _signed(f"{value:.{places}f}")


@register.filter
def percent(value: float | None, places: int = 0) -> str:
    """A share 0..1 in percent: `62 %`."""
    return NONE if value is None else _signed(f"{100 * value:.{places}f} %")


@register.filter
def in_percent(value: float | None, places: int = 0) -> str:
    """What is in percent already: `62 %`."""
    return NONE if value is None else _signed(f"{value:.{places}f} %")


@register.filter
def width(value: float | None, of: float = 100.0) -> str:
    """The length of a bar for a share 0..1, within 0 and `of`."""
    return f"{min(max(value or 0.0, 0.0), 1.0) * of:.1f}"


@register.filter
def told(flag: Flag) -> str:
    """The flag's sentence in the page's language."""
    words = {name: _signed(str(value)) for name, value in flag.params.items()}
    return gettext(f"statistics.flag.{flag.code}").format(**words)


@dataclass(frozen=True, slots=True)
class Middle:
    """A bar from the middle of a track of 100: to the left below nought."""

    x: float
    width: float

    @property
    def negative(self) -> bool:
        """Whether it goes to the left."""
        return self.x < 50


@register.filter
def from_middle(value: float | None) -> Middle:
    """The bar of a figure in percent, -100 to 100."""
    half = min(max(value or 0.0, -100.0), 100.0) / 2
    return Middle(round(50 + min(half, 0.0), 2), round(abs(half), 2))


@register.filter
def unlocalised(value: float) -> str:
    """A coordinate as SVG reads it, whatever the page's language."""
    return f"{value:g}"


@register.filter
def unique(values: Iterable[str]) -> list[str]:
    """Each once, in order."""
    return list(dict.fromkeys(values))


@register.filter
def word(words: Mapping[str, str], name: str) -> str:
    """The words of that name; empty where there are none."""
    return words.get(name, "")


def _signed(text: str) -> str:
    """No minus before nothing but noughts, as rounding leaves it."""
    bare = text.removeprefix("-")
    return bare if text == bare or not bare.strip("0. %") else f"−{bare}"
