"""Sealing: nothing of a paper can be read in the database, and nobody gets it before the start signal."""

import json
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from examserver.kernel.models import LogEntry
from itembank.models import Paper, PaperOpening
from itembank.sealing import (
    BadSeal,
    PaperSealed,
    SealKeyLost,
    is_sealed,
    new_secret,
    seal,
    unseal,
    unwrap,
    wrap,
)
from itembank.selectors import (
    item_count,
    keys,
    kinds,
    open_shapes,
    paper_for_candidate,
    paper_intact,
    response_shape,
    takes_files,
)
from itembank.services.sealing import check_openable, inspect_paper, open_papers
from tests.itembank.builders import NOW, OFFICER, opened, theory_paper

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=12,
)


@given(JSON)
def test_what_is_sealed_comes_back_as_it_was(value: object) -> None:
    secret = new_secret()
    assert unseal(seal(value, secret, "P/content"), secret, "P/content") == value


@pytest.mark.parametrize("change", ["nonce", "data", "about", "secret"])
def test_whatever_is_changed_breaks_the_seal(change: str) -> None:
    secret = new_secret()
    body = seal({"stem": "题干"}, secret, "P/content")
    other = seal({"stem": "题干"}, secret, "P/content")
    changed = {**body, change: other[change]} if change in body else body
    with pytest.raises(BadSeal):
        unseal(
            changed,
            new_secret() if change == "secret" else secret,
            "Q/content" if change == "about" else "P/content",
        )


def test_a_secret_comes_back_only_with_the_venues_key() -> None:
    secret = new_secret()
    wrapped = wrap(secret, "venue", "P")
    assert unwrap(wrapped, "venue", "P") == secret
    with pytest.raises(SealKeyLost, match="paper P is sealed with the venue key"):
        unwrap(wrapped, "another", "P")
    with pytest.raises(BadSeal):
        unwrap(wrapped, "venue", "Q")


def everything_stored() -> str:
    """All that the paper's tables hold, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in ("paper", "paperkey", "paperseal"):
            cursor.execute(f"SELECT * FROM itembank_{table}")
            found += [str(row) for row in cursor.fetchall()]
    return "".join(found)


@pytest.mark.django_db
def test_no_stem_and_no_key_of_a_sealed_paper_can_be_read_in_the_database() -> None:
    paper = theory_paper(sealed=True)
    stored = everything_stored()
    assert paper.code in stored
    assert not [word for word in ("题干", "\\u9898", "选项", "correct", "sections") if word in stored]
    opened(paper)
    assert "题干" in json.dumps(paper.content, ensure_ascii=False)
    assert "题干" not in everything_stored()


@pytest.mark.django_db
def test_a_sealed_paper_is_given_to_nobody_and_its_size_is_known() -> None:
    paper = Paper.objects.get(pk=theory_paper(sealed=True).pk)
    for read in (
        lambda: paper_for_candidate(paper, 1),
        lambda: response_shape(paper),
        lambda: keys(paper.pk),
    ):
        with pytest.raises(PaperSealed):
            read()
    assert open_shapes(paper) == {}
    assert (item_count(paper), takes_files(paper)) == (7, False)
    opened(paper)
    assert len(paper_for_candidate(paper, 1)["sections"]) == 3
    assert len(open_shapes(paper)) == len(keys(paper.pk)) == 7


@pytest.mark.django_db
def test_a_paper_is_opened_once_and_the_log_says_by_whom_and_for_what() -> None:
    paper = theory_paper(sealed=True)
    for _ in range(2):
        open_papers(paper_ids=[paper.pk], actor=OFFICER, reason="session:4", now=NOW)
    (entry,) = LogEntry.objects.filter(action="paper.opened")
    assert (entry.actor, entry.data["reason"], entry.data["code"]) == ("staff:7", "session:4", paper.code)
    assert PaperOpening.objects.count() == 1


@pytest.mark.django_db
def test_the_custodian_looks_into_a_sealed_paper_and_it_stays_sealed() -> None:
    paper = theory_paper(sealed=True)
    assert len(inspect_paper(paper=paper, actor=OFFICER, now=NOW)["sections"]) == 3
    assert LogEntry.objects.get(action="paper.inspected").data == {"code": paper.code, "sealed": True}
    with pytest.raises(PaperSealed):
        paper.content  # noqa: B018 - reading is what is tested


@pytest.mark.django_db
def test_without_the_venues_key_nothing_opens_and_what_was_opened_stays_readable(settings: Settings) -> None:
    sealed, sat = theory_paper(sealed=True), theory_paper(code="sat")
    settings.SEAL_KEY = "another"
    with pytest.raises(SealKeyLost, match="bring back"):
        open_papers(paper_ids=[sealed.pk, sat.pk], actor=OFFICER, reason="", now=NOW)
    with pytest.raises(SealKeyLost):
        check_openable([sealed.pk])
    check_openable([sat.pk])
    assert paper_intact(sat)
    assert keys(sat.pk)


@pytest.mark.django_db
def test_a_sealed_paper_is_intact_until_its_envelope_is_changed() -> None:
    paper = theory_paper(sealed=True)
    assert paper_intact(paper)
    body = {**paper.body, "data": paper.body["data"][:-8] + "AAAAAAA="}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE itembank_paper SET content = %s", [json.dumps(body)])
    assert not paper_intact(paper)
    with pytest.raises(BadSeal):
        check_openable([paper.pk])


@pytest.mark.django_db
def test_papers_frozen_before_there_were_seals_stay_readable() -> None:
    paper = theory_paper(sealed=True)
    content = inspect_paper(paper=paper, actor=OFFICER, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE itembank_paper SET content = %s, outline = '{}'", [json.dumps(content)])
        cursor.execute("UPDATE itembank_paperkey SET keys = '{}'")
        cursor.execute("DELETE FROM itembank_paperseal")
    old = Paper.objects.get(pk=paper.pk)
    assert not is_sealed(old.body)
    assert (old.content, keys(old.pk), item_count(old)) == (content, {}, 7)
    assert open_papers(paper_ids=[old.pk], actor=OFFICER, reason="", now=NOW) == 0


def test_the_venues_key_is_made_once_and_readable_by_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from examserver import settings

    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    monkeypatch.delenv("EXAMSERVER_SEAL_KEY", raising=False)
    first = settings._kept("EXAMSERVER_SEAL_KEY", "seal_key")
    assert first == settings._kept("EXAMSERVER_SEAL_KEY", "seal_key")
    assert (tmp_path / "seal_key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("EXAMSERVER_SEAL_KEY", "given")
    assert settings._kept("EXAMSERVER_SEAL_KEY", "seal_key") == "given"


@pytest.mark.django_db
def test_an_outline_from_before_kinds_were_noted_is_whole_and_a_false_one_is_not() -> None:
    paper = theory_paper(sealed=True)
    assert (paper.outline, kinds(paper)) == ({"items": 7, "files": False, "kinds": []}, [])
    for outline, whole in (('{"items": 7, "files": false}', True), ('{"items": 8, "files": false}', False)):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE itembank_paper SET outline = %s", [outline])
        old = Paper.objects.get(pk=paper.pk)
        assert (paper_intact(old), kinds(old)) == (whole, [])
