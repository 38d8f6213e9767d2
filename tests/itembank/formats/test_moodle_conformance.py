"""Moodle's own import files: good ones are read without fault, broken ones name place and cause."""

import pytest

from itembank.formats.question import Reading
from itembank.formats.registry import read
from itembank.formats.wording import message, speaker
from tests.support.fixtures import fixtures

pytestmark = pytest.mark.conformance


def readings() -> dict[str, Reading]:
    folder = fixtures("moodle/question")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and "fixtures" in path.parts]
    return {str(path.relative_to(folder)): read(path.read_bytes(), path.name) for path in files}


def test_every_file_that_is_not_broken_is_read_without_fault() -> None:
    found = {name: one for name, one in readings().items() if not _is_broken(name)}
    assert found
    assert {name: one.errors for name, one in found.items() if one.errors or not one.questions} == {}


def test_every_broken_file_says_where_and_why() -> None:
    found = {name: one for name, one in readings().items() if _is_broken(name)}
    assert found
    assert [name for name, one in found.items() if not one.errors] == []
    told = [(error.where, message(error, speaker("en"))) for one in found.values() for error in one.errors]
    assert all(where and text and "%(" not in text for where, text in told)


def _is_broken(name: str) -> bool:
    return "broken" in name or "error" in name
