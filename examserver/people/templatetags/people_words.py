"""The words for what is wrong with an account."""

from django import template
from django.utils.translation import gettext

register = template.Library()


@register.filter
def account_problem(key: str) -> str:
    """The sentence for a problem of signing in or up."""
    return gettext(f"account.problem.{key}")
