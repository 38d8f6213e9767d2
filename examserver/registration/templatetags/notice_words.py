"""Filters for what stands in the notice's data: words in two languages, faults of a file."""

from django import template
from django.utils.translation import get_language, gettext

from examserver.registration.applications.faults import Fault
from examserver.registration.catalogue.content import Words
from examserver.registration.notice import Clause, Tier

register = template.Library()


@register.filter
def worded(words: Words) -> str:
    """The words in the page's language."""
    return words.of(get_language() or "")


@register.filter
def told(rule: Tier | Clause) -> str:
    """The words of a tier or a clause of the notice in the page's language."""
    return rule.text(get_language() or "")


@register.filter
def fault_said(fault: Fault) -> str:
    """The sentence for a fault of the catalogue's file, its form or the calendar."""
    return gettext(f"catalogue.fault.{fault.key}") % fault.facts
