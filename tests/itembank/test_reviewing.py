"""Review: two different people, neither the author, before a version may be used; the old one stays until then."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.models import LogEntry
from examserver.kernel.transitions import IllegalMove
from itembank.bank.pool import approved_rows
from itembank.models import Item, ItemVersion
from itembank.services import import_bank
from itembank.services.reviewing import (
    Verdict,
    approve_versions,
    review_version,
    submit_version,
    withdraw_version,
)
from itembank.states import Decision, VersionState
from tests.itembank.approved import REVIEWERS, approve_bank
from tests.itembank.builders import NOW, OFFICER, bank, item

pytestmark = pytest.mark.django_db
FIRST, SECOND = REVIEWERS
YES = Verdict(Decision.APPROVE)
NO = Verdict(Decision.RETURN, "题干有两种读法")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def version() -> ItemVersion:
    """One single-choice item in review."""
    import_bank(data=bank(item()), level=3, actor=OFFICER, now=NOW)
    return latest()


def latest() -> ItemVersion:
    found = Item.objects.get().latest
    assert found is not None
    return found


def test_one_approval_is_not_enough_and_two_are(version: ItemVersion) -> None:
    assert review_version(version=version, actor=FIRST, verdict=YES, now=NOW) is VersionState.IN_REVIEW
    assert approved_rows() == []
    assert review_version(version=version, actor=SECOND, verdict=YES, now=NOW) is VersionState.APPROVED
    assert [row.version for row in approved_rows()] == [version.pk]


def test_as_many_must_approve_as_the_venue_sets(version: ItemVersion, settings: object) -> None:
    settings.ITEM_APPROVALS = 1  # type: ignore[attr-defined]
    assert review_version(version=version, actor=FIRST, verdict=YES, now=NOW) is VersionState.APPROVED


def test_nobody_counts_twice(version: ItemVersion) -> None:
    review_version(version=version, actor=FIRST, verdict=YES, now=NOW)
    with pytest.raises(NotAllowed, match="reviewed_already"):
        review_version(version=version, actor=FIRST, verdict=YES, now=NOW)
    with pytest.raises(NotAllowed, match="reviewed_already"):
        approve_versions(versions=[version], actor=FIRST, now=NOW)
    assert approved_rows() == []


def test_the_author_does_not_count(version: ItemVersion) -> None:
    author = Actor("staff", OFFICER.id, frozenset({Role.ITEM_AUTHOR, Role.ITEM_REVIEWER}))
    for act in (
        lambda: review_version(version=version, actor=author, verdict=YES, now=NOW),
        lambda: approve_versions(versions=[version], actor=author, now=NOW),
    ):
        with pytest.raises(NotAllowed, match="own_work"):
            act()


def test_a_returned_version_says_why_and_may_come_again_from_the_start(version: ItemVersion) -> None:
    review_version(version=version, actor=FIRST, verdict=YES, now=NOW)
    with pytest.raises(NotAllowed, match="comment_missing"):
        review_version(version=version, actor=SECOND, verdict=Verdict(Decision.RETURN, " "), now=NOW)
    assert review_version(version=version, actor=SECOND, verdict=NO, now=NOW) is VersionState.RETURNED
    submit_version(version=version, actor=OFFICER, now=LATER)
    assert review_version(version=version, actor=SECOND, verdict=YES, now=LATER) is VersionState.IN_REVIEW
    assert review_version(version=version, actor=FIRST, verdict=YES, now=LATER) is VersionState.APPROVED


def test_only_the_author_hands_a_version_in(version: ItemVersion) -> None:
    review_version(version=version, actor=FIRST, verdict=NO, now=NOW)
    with pytest.raises(NotAllowed, match="not_own_work"):
        submit_version(version=version, actor=SECOND, now=LATER)


def test_what_is_not_in_review_is_not_decided_on(version: ItemVersion) -> None:
    withdraw_version(version=version, actor=OFFICER, reason="重复", now=NOW)
    with pytest.raises(NotAllowed, match="not_in_review"):
        review_version(version=version, actor=FIRST, verdict=YES, now=NOW)
    with pytest.raises(NotAllowed, match="not_in_review"):
        approve_versions(versions=[version], actor=FIRST, now=NOW)


def test_an_approved_version_stays_in_use_until_the_next_one_is_approved(version: ItemVersion) -> None:
    approve_bank(NOW)
    import_bank(data=bank(item(stem="新题干")), level=3, actor=OFFICER, now=LATER)
    assert [row.version for row in approved_rows()] == [version.pk]
    approve_bank(LATER)
    assert [row.version for row in approved_rows()] == [latest().pk]
    states = ItemVersion.objects.order_by("number").values_list("standing__state", flat=True)
    assert list(states) == ["superseded", "approved"]


def test_a_newer_version_takes_the_place_of_one_in_review(version: ItemVersion) -> None:
    import_bank(data=bank(item(stem="新题干")), level=3, actor=OFFICER, now=LATER)
    with pytest.raises(NotAllowed, match="not_in_review"):
        review_version(version=version, actor=FIRST, verdict=YES, now=LATER)
    with pytest.raises(IllegalMove):
        submit_version(version=version, actor=OFFICER, now=LATER)


def test_a_withdrawn_version_comes_into_no_new_paper(version: ItemVersion) -> None:
    approve_bank(NOW)
    with pytest.raises(NotAllowed, match="reason_missing"):
        withdraw_version(version=version, actor=FIRST, reason="  ", now=LATER)
    withdraw_version(version=version, actor=FIRST, reason="答案有误", now=LATER)
    assert approved_rows() == []


def test_the_audit_tells_who_approved_and_holds_no_key(version: ItemVersion) -> None:
    review_version(version=version, actor=FIRST, verdict=YES, now=NOW)
    review_version(version=version, actor=SECOND, verdict=YES, now=NOW)
    entries = LogEntry.objects.filter(action="version.reviewed").order_by("number")
    assert [(entry.actor, entry.subject) for entry in entries] == [
        ("staff:8", "item:SC-001"),
        ("staff:9", "item:SC-001"),
    ]
    assert all(set(entry.data) <= {"version", "sha256", "decision", "comment", "round"} for entry in entries)


@pytest.mark.django_db(transaction=True)
def test_items_from_before_there_were_versions_are_taken_over_as_approved() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("itembank", "0001_initial")])
    old = executor.loader.project_state([("itembank", "0001_initial")]).apps
    values = {"type": "single", "content": {"stem": "题", "options": []}, "knowledge_point": "点"}
    row = old.get_model("itembank", "Item").objects.create(code="SC-1", level=4, difficulty=0.4, **values)
    old.get_model("itembank", "ItemKey").objects.create(item=row, correct=["B"], explanation="因为")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    (taken,) = approved_rows(level=4)
    version = Item.objects.get(code="SC-1").approved
    assert version is not None
    assert (taken.code, taken.pool, taken.difficulty, version.text) == ("SC-1", "L4", 0.4, "题")
    assert (version.key.key, version.key.explanation) == ({"correct": ["B"]}, "因为")
