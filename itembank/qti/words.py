"""Closed lists of names, written as prose. Pure."""


def words(text: str) -> frozenset[str]:
    """The words of the text, between spaces and line breaks."""
    return frozenset(text.split())
