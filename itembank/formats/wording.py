"""The texts of errors and notes, from the locale; for scripts straight from its files, without a framework."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from itembank.formats.question import Error

LOCALES = {"zh": "zh_Hans", "en": "en"}
_FOLDER = Path(__file__).parents[1] / "locale"


def message(error: Error, said: Callable[[str], str]) -> str:
    """What is wrong, in words; in a sheet with its row and column."""
    cause = _cause(error.code, error.params, said)
    if not error.row:
        return cause
    place: dict[str, object] = {"row": error.row, "column": error.column, "cause": cause}
    return said("formats.in_column" if error.column else "formats.in_row") % place


def _cause(code: str, params: Mapping[str, str], said: Callable[[str], str]) -> str:
    """The text of a code; a cause within a cause is told in words too. Codes with a point have a head of their own."""
    told = dict(params)
    if code == "cloze_part":
        told["cause"] = _cause(params["cause"], params, said)
    if fault := params.get("fault"):
        told["cause"] = said(f"qti.fault.{fault}") % params
    if code == "not_carried":
        told["field"] = said(f"formats.field.{params['field']}")
    if code.startswith("qti."):
        return said(f"itembank.{code}") % told
    return said(f"formats.{code}") % told


def speaker(language: str) -> Callable[[str], str]:
    """Tells the text of a key in "zh" or "en"; a key that has none is told as it is."""
    texts = _texts(LOCALES[language])
    return lambda key: texts.get(key, key)


@cache
def _texts(locale: str) -> Mapping[str, str]:
    with (_FOLDER / locale / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale=locale)
    return {
        one.id: one.string for one in catalogue if isinstance(one.id, str) and isinstance(one.string, str)
    }
