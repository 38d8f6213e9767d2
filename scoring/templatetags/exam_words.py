"""Words and figures of grading and results: computed keys, titles in the page's language, points, sizes."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from scoring.papers import key_words

register = template.Library()


@register.filter
def said(head: str, tail: object) -> str:
    """The catalogue's text for the key that `head` and `tail` make: `"standing."|said:cell.standing`."""
    return gettext(f"{head}{tail}")


@register.filter
def titled(thing: Any, field: str = "title") -> str:
    """`thing.title`, or `thing.title_en` on an English page where there is one."""
    chinese, english = str(getattr(thing, field)), str(getattr(thing, f"{field}_en", ""))
    return english if english and (get_language() or "").startswith("en") else chinese


@register.filter
def explained(explanation: dict[str, Any]) -> str:
    """A stored explanation as the sentence that a candidate reads."""
    sentence: str = gettext(explanation["key"]) % explanation.get("params", {})
    return sentence


register.filter(key_words)


@register.filter
def points(value: Decimal | None) -> str:
    """Points without trailing zeros: 18, 79.5; a dash where there are none."""
    if value is None:
        return "–"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def size(count: int) -> str:
    """Bytes in the unit that reads best."""
    value, units = float(count), ("B", "KB", "MB", "GB")
    unit = 0
    while value >= 1024 and unit < len(units) - 1:
        value, unit = value / 1024, unit + 1
    return f"{value:.1f} {units[unit]}" if unit and value < 100 else f"{value:.0f} {units[unit]}"
