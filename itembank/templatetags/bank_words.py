"""Names for actors and words for checks, as the bank's pages show them."""

import re
from collections.abc import Mapping

from django import template
from django.utils.translation import get_language, gettext

register = template.Library()


@register.filter
def named(names: Mapping[str, str], actor: str) -> str:
    """The name of an actor; an actor without one is shown as it is written down."""
    return names.get(actor, actor)


@register.filter
def lookup(mapping: Mapping[str, object], name: str) -> object:
    """What stands under `name`, also where a mapping has a method of that name."""
    return mapping.get(name)


@register.filter
def spoken(part: Mapping[str, str]) -> str:
    """The title of a frozen section or task: the English one on an English page, where there is one."""
    english = part.get("title_en", "")
    return english if english and (get_language() or "").startswith("en") else part["title"]


_NUMBER = r"-?[\d.]+?(?:e[+-]?\d+)?"
_CHECKS: Mapping[str, str] = {
    r"each once, all of the bank": "each_once",
    r"no pair": "no_pair",
    r"all or none": "all_or_none",
    r"all": "all",
    r"none": "none",
    r"in order": "in_order",
    r"not in order": "not_in_order",
    r"(?P<count>\d+) pairs": "pairs",
    r"(?P<count>\d+) items": "items",
    r"at most (?P<high>\d+)": "at_most",
    rf"\.\.(?P<high>{_NUMBER})": "at_most",
    rf"(?P<low>{_NUMBER})\.\.": "at_least",
    rf"(?P<low>{_NUMBER})\.\.(?P<high>{_NUMBER})": "between",
    r"(?P<count>\d+) of (?P<all>\d+)(?: fit)?": "of",
    r"by (?P<column>.+)": "by",
}


@register.filter
def check_words(text: str) -> str:
    """What a check wanted or found, in the page's language; a bare figure is shown as it is."""
    for pattern, key in _CHECKS.items():
        if found := re.fullmatch(pattern, text):
            said: str = gettext(f"bank.check.{key}") % found.groupdict()
            return said
    head, _, tail = text.partition(": ")
    return f"{head}: {check_words(tail)}" if tail else text


@register.filter
def rule_words(rule: str) -> str:
    """The name of a rule that every blueprint has; a rule of its own keeps its name."""
    said: str = gettext(f"bank.check.rule.{rule}")
    return rule if said == f"bank.check.rule.{rule}" else said
