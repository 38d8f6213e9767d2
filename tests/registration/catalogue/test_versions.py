"""Versions of the catalogue: each counts from its day on, none is rewritten, and every one is in the audit."""

from datetime import date
from typing import Any

import pytest

from examserver.kernel.access import Actor, NotAllowed, Role
from examserver.kernel.chain import broken_entries
from examserver.kernel.models import LogEntry
from examserver.registration.applications.faults import Refused
from examserver.registration.catalogue.changes import Change, changes_between, touched_offerings
from examserver.registration.catalogue.reading import read_catalogue, shipped
from examserver.registration.models import CatalogueVersion, Offering
from examserver.registration.selectors.catalogue import (
    catalogue_in_force,
    catalogue_of,
    catalogue_versions,
    offered_on,
)
from examserver.registration.services import add_offering
from examserver.registration.services.catalogue import Publication, add_catalogue_version
from tests.registration.catalogue.notices import ADMIN, MAY, OPENS, dearer, edited, follow, load, without

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)


def in_force(day: date) -> str:
    return catalogue_in_force(day).code


@pytest.mark.requirement("REQ-1", partly=True)
@pytest.mark.parametrize("day", [date(2026, 1, 14), date(2027, 1, 1), date(2027, 1, 5)])
def test_without_a_catalogue_of_the_day_there_is_nothing_to_apply_for(day: date) -> None:
    load()
    with pytest.raises(Refused) as refused:
        catalogue_in_force(day)
    assert refused.value.keys == ("no_catalogue",)
    assert refused.value.faults[0].facts == {"day": str(day)}


@pytest.mark.requirement("REQ-1", partly=True)
@pytest.mark.parametrize("day", [OPENS, date(2026, 12, 31)])
def test_the_notice_is_in_force_on_its_first_and_last_day(day: date) -> None:
    load()
    assert in_force(day) == "2026-1"


@pytest.mark.requirement("REQ-9", partly=True)
def test_a_later_version_closes_an_offering_from_its_day_on() -> None:
    load()
    follow(without("O3"), JUNE)
    assert offered_on(date(2026, 5, 31), "O3").fee.total == 500
    with pytest.raises(Refused, match="not_offered"):
        offered_on(JUNE, "O3")
    assert Offering.objects.filter(code="O3").exists()


@pytest.mark.requirement("REQ-9", partly=True)
def test_a_later_version_changes_a_fee_and_the_earlier_one_still_says_its_own() -> None:
    load()
    follow(dearer("O2"), JUNE)
    assert (in_force(date(2026, 5, 31)), in_force(JUNE)) == ("2026-1", "2026-2")
    assert offered_on(JUNE, "O2").fee.total == 510
    old = catalogue_of("2026-1").offered("O2")
    assert old is not None
    assert old.fee.total == 500


@pytest.mark.requirement("REQ-9", partly=True)
def test_who_has_paid_for_what_was_closed_or_changed_is_to_be_asked() -> None:
    notice = read_catalogue(shipped(2026))
    assert touched_offerings(notice, read_catalogue(without("O3"))) == {"O3"}
    assert touched_offerings(notice, read_catalogue(dearer("O2"))) == {"O2"}
    assert touched_offerings(notice, notice) == frozenset()


def test_of_two_versions_of_a_day_the_one_added_last_counts() -> None:
    load()
    follow(without("O3"), JUNE)
    follow(dearer("O2"), JUNE, after="2026-2")
    assert in_force(JUNE) == "2026-3"
    assert offered_on(JUNE, "O3")


def test_a_version_may_be_overtaken_by_a_later_day() -> None:
    load()
    follow(dearer("O2"), date(2026, 9, 1))
    follow(without("O3"), JUNE, after="2026-2")
    days = [date(2026, 5, 31), JUNE, date(2026, 8, 31), date(2026, 9, 1)]
    assert [in_force(day) for day in days] == ["2026-1", "2026-3", "2026-3", "2026-2"]


@pytest.mark.parametrize(("day", "accepted"), [(date(2026, 5, 19), False), (date(2026, 5, 20), True)])
def test_a_day_that_is_over_keeps_its_catalogue(day: date, accepted: bool) -> None:
    load()
    if accepted:
        assert follow(dearer("O2"), day).effective_from == day
        return
    with pytest.raises(Refused, match="effective_past"):
        follow(dearer("O2"), day)


def test_days_without_a_catalogue_may_get_one_afterwards() -> None:
    publication = Publication(OPENS, "2026年通知")
    add_catalogue_version(file=shipped(2026), publication=publication, actor=ADMIN, now=MAY)
    assert in_force(OPENS) == "2026-1"


@pytest.mark.requirement("REQ-10", partly=True)
def test_each_version_tells_who_added_it_when_and_what_candidates_are_told() -> None:
    load()
    version = follow(without("O3"), JUNE)
    assert (version.author, version.added_at) == ("staff:7", MAY)
    assert (version.announcement, version.announcement_en) == (
        "关于调整评价项目的通知",
        "The offerings change",
    )
    entry = LogEntry.objects.get(action="catalogue.version_added", subject="catalogue:2026-2")
    assert (entry.actor, entry.data["sha256"]) == ("staff:7", version.sha256)
    assert not list(broken_entries("catalogue"))


@pytest.mark.parametrize(
    ("publication", "key", "where"),
    [
        (Publication(JUNE, " ", after="2026-1"), "announcement_missing", "announcement"),
        (Publication(date(2027, 1, 1), "调整", after="2026-1"), "effective_outside", "effective_from"),
        (Publication(JUNE, "调整", after=""), "catalogue_changed", "after"),
    ],
)
def test_a_publication_that_cannot_be_is_refused(publication: Publication, key: str, where: str) -> None:
    load()
    with pytest.raises(Refused) as refused:
        add_catalogue_version(file=dearer("O2"), publication=publication, actor=ADMIN, now=MAY)
    assert [(fault.key, fault.where) for fault in refused.value.faults] == [(key, where)]
    assert CatalogueVersion.objects.count() == LogEntry.objects.count() == 1


def test_of_two_clerks_who_saw_the_same_version_the_second_is_refused() -> None:
    load()
    follow(without("O3"), JUNE)
    with pytest.raises(Refused) as refused:
        follow(dearer("O2"), JUNE)
    assert refused.value.faults[0].facts == {"code": "2026-2"}


def test_a_file_with_faults_adds_nothing() -> None:
    with pytest.raises(Refused, match="file_not_json"):
        follow(b"{", JUNE, after="")
    assert not CatalogueVersion.objects.exists()
    assert not Offering.objects.exists()


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMIN])
def test_only_an_administrator_adds_versions(role: Role) -> None:
    with pytest.raises(NotAllowed, match="admin_only"):
        follow(shipped(2026), JUNE, actor=Actor("staff", 8, frozenset({role})), after="")


def test_papers_and_tickets_find_the_offerings_of_the_notice() -> None:
    add_offering(code="O5", name="直播", name_en="Live", level=3)
    load()
    assert list(Offering.objects.order_by("code").values_list("code", "level")) == [
        ("O1", 4),
        ("O2", 3),
        ("O3", 3),
        ("O4", 3),
        ("O5", 3),
    ]
    assert Offering.objects.get(code="O5").name == "全媒体运营师（直播运营）"


@pytest.mark.parametrize(("field", "value"), [("level", 5), ("direction", {"zh": "数据分析", "en": "data"})])
def test_a_code_is_never_given_to_another_offering(field: str, value: object) -> None:
    load()

    def edit(notice: Any) -> None:
        notice["offerings"][4][field] = value

    with pytest.raises(Refused) as refused:
        follow(edited(edit), JUNE)
    assert [(one.key, one.where) for one in refused.value.faults] == [("code_reused", "offerings[4].code")]


def test_a_version_is_written_once() -> None:
    version = load()
    version.announcement = "其他"
    with pytest.raises(TypeError, match="written once"):
        version.save()


def test_the_changes_of_a_version_are_told_field_by_field() -> None:
    old, new = read_catalogue(shipped(2026)), read_catalogue(dearer("O2"))
    assert changes_between(old, new) == (
        Change("offerings[O2].fee.practical", "390", "400"),
        Change("offerings[O2].fee.total", "500", "510"),
    )
    closed = changes_between(old, read_catalogue(without("O1")))
    assert {one.field.split(".")[0] for one in closed} == {"offerings[O1]"}
    assert all(one.after is None for one in closed)


def test_versions_are_listed_with_the_newest_first() -> None:
    load()
    follow(dearer("O2"), JUNE)
    assert [one.code for one in catalogue_versions()] == ["2026-2", "2026-1"]
