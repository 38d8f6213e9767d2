"""What was not changed is not compiled again, and what is wrong is named."""

import gettext
import os
from pathlib import Path

import pytest

from tools.compile_locale import BadLocale, compile_stale

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A locale file of an application in a folder of its own."""
    path = tmp_path / "scoring" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + 'msgid "grading.next"\nmsgstr "下一份"\n', "utf-8")
    return path


def test_a_changed_file_is_compiled_once(source: Path, tmp_path: Path) -> None:
    assert [compile_stale(tmp_path), compile_stale(tmp_path)] == [1, 0]
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("grading.next") == "下一份"


def test_a_file_that_is_newer_than_what_was_made_of_it_is_compiled_again(
    source: Path, tmp_path: Path
) -> None:
    compile_stale(tmp_path)
    made = source.with_suffix(".mo").stat().st_mtime_ns
    os.utime(source, ns=(made, made))
    assert compile_stale(tmp_path) == 0
    os.utime(source, ns=(made + 1, made + 1))
    assert compile_stale(tmp_path) == 1


def test_a_broken_file_is_refused_and_leaves_what_was_made_before(source: Path, tmp_path: Path) -> None:
    compile_stale(tmp_path)
    before = source.with_suffix(".mo").read_bytes()
    source.write_text(HEADER + '<<<<<<< HEAD\nmsgid "grading.next"\nmsgstr "下一份"\n', "utf-8")
    os.utime(source, ns=(2**62, 2**62))
    with pytest.raises(BadLocale, match=r"django\.po"):
        compile_stale(tmp_path)
    assert source.with_suffix(".mo").read_bytes() == before
