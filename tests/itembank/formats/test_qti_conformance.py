"""QTI files and packages that others wrote: each is a question, or an error that says where and why."""

import pytest

from itembank.formats.registry import read
from itembank.formats.wording import message, speaker
from tests.support.fixtures import fixtures

pytestmark = pytest.mark.conformance


def test_every_file_is_offered_or_refused_in_words() -> None:
    folder = fixtures("qti")
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".xml", ".zip")]
    assert files
    for path in files:
        reading = read(path.read_bytes(), path.name)
        assert reading.format == "qti", path
        assert reading.questions or reading.errors, path
        assert all(one.where and message(one, speaker("zh")) for one in reading.errors), path


def test_most_items_with_a_standard_template_are_understood() -> None:
    files = sorted(fixtures("qti/qti3").rglob("*choice*.xml"))
    kinds = [one.type for path in files for one in read(path.read_bytes(), path.name).questions]
    assert kinds.count("single") + kinds.count("multiple") + kinds.count("true_false") > len(kinds) / 2
