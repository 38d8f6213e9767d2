"""Every text colour of the visual language on every ground it is used on: WCAG AA, in all four looks."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
LOOKS = {
    "light": (":root",),
    "dark": (":root", ".dark"),
    "high contrast": (":root", '[data-contrast="high"]'),
    "dark, high contrast": (":root", ".dark", '[data-contrast="high"] .dark'),
}
TEXTS = ("ink", "ink-2", "ink-3", "accent", "ok", "attention", "act-now", "technical")
MEANINGS = ("ok", "attention", "act-now", "technical")
AA = 4.5


def look(selectors: tuple[str, ...]) -> dict[str, str]:
    """The colours by name, later rules over earlier ones."""
    colours: dict[str, str] = {}
    for heads, body in re.findall(r"([^{}]+)\{([^}]*)\}", TOKENS.read_text("utf-8")):
        names = [re.sub(r"/\*.*?\*/", "", head, flags=re.S).strip() for head in heads.split(",")]
        if set(names) & set(selectors):
            colours |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", body))
    return colours


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", LOOKS)
def test_every_text_can_be_read_on_every_ground(name: str) -> None:
    colours = look(LOOKS[name])
    pairs = [(text, ground) for text in TEXTS for ground in ("bg", "surface", "sunken")]
    pairs += [(meaning, f"{meaning}-soft") for meaning in MEANINGS] + [("on-accent", "accent")]
    pairs += [("accent-strong", "accent-soft"), ("ink", "accent-soft"), ("on-accent", "accent-strong")]
    weak = {pair: round(found, 2) for pair in pairs if (found := contrast(*(colours[n] for n in pair))) < AA}
    assert weak == {}
