"""Grades choices as Moodle 4.1 does: each choice carries a fraction, a wrong one often a negative. Pure."""

from collections.abc import Mapping

from scoring.policies.moodle.responses import BadResponse, text_of

TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def grade_single(fractions: Mapping[str, float], response: object) -> float:
    """The chosen one's fraction, a negative one kept; 0 for none or an unknown one."""
    if isinstance(response, list) and len(response) <= 1:
        response = response[0] if response else None
    return fractions.get(text_of(response) or "", 0.0)


def grade_multiple(fractions: Mapping[str, float], response: object) -> float:
    """The fractions of all chosen ones added up, within 0 and 1."""
    return min(max(0.0, sum(fractions.get(one, 0.0) for one in _chosen(response))), 1.0)


def _chosen(response: object) -> set[str]:
    if isinstance(response, Mapping):
        return {str(name) for name, ticked in response.items() if ticked not in (None, False, 0, "", "0")}
    if isinstance(response, list):
        return {one for one in map(text_of, response) if one}
    return {one for one in [text_of(response)] if one}


def grade_true_false(correct: bool, response: object) -> float:
    """1 for the right of the two; 0 for the other and for none."""
    if response is None or response == "":
        return 0.0
    given = response if isinstance(response, bool) else TRUTHS.get(str(response).strip().lower())
    if given is None:
        raise BadResponse(f"true or false is needed, not {response!r}")
    return float(given is correct)
