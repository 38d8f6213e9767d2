"""A text with several gaps, each with a key and a weight of its own. Pure."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from scoring.outcomes import RIGHT, UNANSWERED, WHOLE, Answers, Explanation, Grader, Judgement

Part = tuple[Fraction, Grader]


def read(data: Mapping[str, Any], read_part: Callable[[Mapping[str, Any]], Grader]) -> Grader:
    """A grader of all parts; ValueError when there is none, or one of them cannot be judged."""
    parts = {name: (_weight(part), read_part(part)) for name, part in dict(data["parts"]).items()}
    if not parts:
        raise ValueError("there are no parts")

    def grade(answers: Answers) -> Judgement:
        if not any(value.strip() for name in parts for value in answers.get(name, ())):
            return UNANSWERED
        return _judge(parts, answers)

    return grade


def _weight(part: Mapping[str, Any]) -> Fraction:
    weight = Fraction(str(part.get("weight", 1)))
    if weight <= 0:
        raise ValueError("a part weighs more than nothing")
    return weight


def _judge(parts: Mapping[str, Part], answers: Answers) -> Judgement:
    judged = [grade({"RESPONSE": answers.get(name, ())}) for name, (_, grade) in parts.items()]
    weights = [weight for weight, _ in parts.values()]
    earned = sum((one.fraction * weight for one, weight in zip(judged, weights, strict=True)), Fraction(0))
    fraction = earned / sum(weights)
    trail = tuple(one.explanation for one in judged)
    right = sum(one.fraction >= WHOLE for one in judged)
    if right == len(judged):
        return Judgement(WHOLE, Explanation(RIGHT.explanation.key, {}, trail))
    return Judgement(fraction, Explanation("outcome.parts", {"right": right, "of": len(judged)}, trail))
