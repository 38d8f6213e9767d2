"""What can be wrong when an item is compiled or a response scored. Pure."""

from itembank.faults import Refused


class BadItem(Refused):
    """An item whose processing cannot be compiled: every fault at once, each with its line."""

    code = "bad_item"


class BadResponse(ValueError):
    """A response of the wrong shape: it names a variable that the item has not, or brings several values for one."""

    code = "bad_response"


class ScoringFailed(ArithmeticError):
    """A rule that cannot be worked out for this response (a text where a number is needed); nothing was scored."""

    code = "scoring_failed"
