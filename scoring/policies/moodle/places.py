"""Grades what is put to its place (match, gap select, drag into text) as Moodle 4.1 does. Pure."""

from collections.abc import Mapping

from scoring.policies.moodle.responses import parts_of, text_of


def grade_places(right: Mapping[str, str], response: object) -> float:
    """The share of the places whose own part of `response` is right; a place without one is not."""
    given = parts_of(response)
    return sum(text_of(given.get(place)) == choice for place, choice in right.items()) / len(right)
