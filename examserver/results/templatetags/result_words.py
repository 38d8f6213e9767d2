"""The sentence that explains a section of a theory paper to the candidate."""

from django import template
from django.utils.translation import gettext

from scoring.selectors.scores import SectionScore
from scoring.templatetags.exam_words import points, titled

register = template.Library()


@register.filter
def sentence(section: SectionScore) -> str:
    """How many items were right, wrong and left empty, and what they brought; no item and no key is named."""
    return gettext("look_up.section") % {
        "title": titled(section),
        "items": section.items,
        "right": section.right,
        "wrong": section.items - section.right - section.unanswered,
        "empty": section.unanswered,
        "points": points(section.points),
        "of": points(section.of),
    }
