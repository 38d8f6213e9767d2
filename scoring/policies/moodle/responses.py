"""What a response looks like before it is graded, and what is none. Pure."""

from collections.abc import Mapping
from typing import Any


class BadResponse(ValueError):
    """A response of a shape that the question cannot have; the message says what was expected."""


def text_of(response: object) -> str | None:
    """The typed text; a number counts as its digits, null as nothing typed; BadResponse otherwise."""
    if response is None or isinstance(response, str):
        return response
    if isinstance(response, int | float) and not isinstance(response, bool):
        return str(response)
    raise BadResponse(f"a text is needed, not {type(response).__name__}")


def parts_of(response: object) -> Mapping[str, Any]:
    """The response by the name of its parts; null is nothing answered; BadResponse otherwise."""
    if response is None:
        return {}
    if isinstance(response, Mapping):
        return response
    raise BadResponse(f"an object with the parts is needed, not {type(response).__name__}")
