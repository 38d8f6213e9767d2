"""The words for cases on the office's and the candidate's pages."""

from django import template
from django.utils.translation import gettext

register = template.Library()


@register.filter
def case_said(tail: object, head: str) -> str:
    """The sentence for a value of a case: `case.state|case_said:"state"`."""
    return gettext(f"case.{head}.{tail}")
