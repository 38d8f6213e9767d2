"""Forms become papers from the page: exactly those that were shown, sealed, written down, or none of them."""

import re
from typing import Any

import pytest
from django.test import Client

from examserver.kernel.access import Role
from examserver.kernel.models import LogEntry
from itembank.models import Item, Paper, PaperUse
from itembank.sealing import is_sealed
from itembank.services import import_bank
from itembank.services.sealing import inspect_paper
from tests.itembank.approved import approve_bank
from tests.itembank.builders import NOW, OFFICER, bank, item
from tests.itembank.test_bank_pages import staff

pytestmark = pytest.mark.django_db
PAGE = "/bank/papers/assemble/"
RULE = '[[rules]]\nkind = "number"\nwhere = "type == \'{}\'"\nmin = {}\nmax = {}\n'
EVEN = "forms = 2\nlength = 3\nseed = 4\n" + RULE.format("single", 2, 2) + RULE.format("multiple", 1, 1)
PLAN = {"code": "N", "offering": "O5", "title": "平行卷", "minutes": "60", "pass_mark": "2", "points_0": "0.5",
        "points_1": "1.5", "multiple": "all_or_nothing"}  # fmt: skip


@pytest.fixture
def custodian() -> Client:
    """The custodian, with six approved items of two types in the bank."""
    items = [item(kind, n) for kind in ("single", "multiple") for n in range(6)]
    import_bank(data=bank(*items), level=3, actor=OFFICER, now=NOW)
    approve_bank(NOW)
    return staff("custodian", Role.PAPER_CUSTODIAN)


def seen(client: Client, blueprint: str = EVEN) -> str:
    """The digest of what the page shows for a blueprint."""
    text = client.post(PAGE, {"pool": "L3", "blueprint": blueprint}).content.decode()
    found = re.search(r'name="seen" value="(\w+)"', text)
    assert found, text
    return found[1]


def freeze(client: Client, digest: str, **changes: Any) -> Any:
    given = {"act": "freeze", "pool": "L3", "blueprint": EVEN, "seen": digest, **PLAN, **changes}
    return client.post(PAGE, given, follow=True)


def test_the_forms_that_were_shown_become_sealed_papers(custodian: Client) -> None:
    tried = custodian.post(PAGE, {"pool": "L3", "blueprint": EVEN})
    shown = [set(form.items) for form in tried.context["found"].forms]
    answer = freeze(custodian, tried.context["tried"].seen)
    assert "已冻结并密封：N-1, N-2" in answer.content.decode()
    papers = list(Paper.objects.order_by("code"))
    assert [(one.code, one.minutes, one.seed, is_sealed(one.body)) for one in papers] == [
        ("N-1", 60, 4, True), ("N-2", 60, 4, True)
    ]  # fmt: skip
    contents = [inspect_paper(paper=one, actor=OFFICER, now=NOW) for one in papers]
    assert [{one["id"] for part in body["sections"] for one in part["items"]} for body in contents] == shown
    assert [(part["type"], part["points"]) for part in contents[0]["sections"]] == [
        ("single", "0.5"), ("multiple", "1.5")
    ]  # fmt: skip


def test_freezing_is_written_down_with_the_independent_checks_and_no_item(custodian: Client) -> None:
    freeze(custodian, seen(custodian))
    entry = LogEntry.objects.get(action="papers.assembled")
    assert (entry.data["papers"], entry.data["seed"]) == (["N-1", "N-2"], 4)
    assert entry.data["held"] == entry.data["checks"] > 5
    assert "HiGHS" in entry.data["solver"]
    assert "SC-00" not in str(entry.data)
    assert LogEntry.objects.filter(action="paper.frozen").count() == 2
    assert PaperUse.objects.count() == 6


def test_the_page_shows_the_independent_check_in_both_languages(custodian: Client, settings: Any) -> None:
    for language, words in (("zh-hans", "独立校验"), ("en", "Independent check")):
        custodian.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        text = custodian.post(PAGE, {"pool": "L3", "blueprint": EVEN}).content.decode()
        assert words in text
        found = re.search(r'class="figures">(\d+) / (\d+)<', text)
        assert found
        assert found[1] == found[2] != "0"


def test_an_item_that_was_retired_or_rewritten_since_freezes_nothing(custodian: Client) -> None:
    digest = seen(custodian)
    rows = [item(kind, n, stem="新题干") for kind in ("single", "multiple") for n in range(6)]
    import_bank(data=bank(*rows), level=3, actor=OFFICER, now=NOW)
    assert custodian.post(PAGE, {"pool": "L3", "blueprint": EVEN}).context["tried"].seen == digest
    approve_bank(NOW)
    answer = freeze(custodian, digest)
    assert (answer.status_code, "没有冻结任何试卷" in answer.content.decode()) == (400, True)
    Item.objects.filter(code__startswith="SC").update(state="retired")
    freeze(custodian, digest)
    assert not Paper.objects.exists()


def test_a_code_that_is_taken_and_a_bad_field_are_said_and_the_words_kept(custodian: Client) -> None:
    digest = seen(custodian)
    freeze(custodian, digest)
    again = freeze(custodian, seen(custodian), minutes="61")
    assert (again.status_code, "已有这个编号的试卷" in again.content.decode()) == (400, True)
    bad = freeze(custodian, digest, code="M", pass_mark="9")
    text = bad.content.decode()
    assert (bad.status_code, "高于全卷总分" in text, 'value="平行卷"' in text) == (400, True, True)
    assert Paper.objects.count() == 2


def test_forms_that_would_not_be_worth_the_same_are_shown_and_not_frozen(custodian: Client) -> None:
    Item.objects.exclude(code__in=["SC-000", "SC-001", "SC-002", "MC-000"]).update(state="retired")
    blueprint = "forms = 2\nlength = 2\n"
    text = custodian.post(PAGE, {"pool": "L3", "blueprint": blueprint}).content.decode()
    assert "各卷的题型数量不同" in text
    assert "MC-000" in text
    assert 'name="seen"' not in text


def test_orders_for_neighbours_are_refused_by_name(custodian: Client) -> None:
    blueprint = "variants = 2\n" + EVEN
    answer = freeze(custodian, seen(custodian, blueprint), blueprint=blueprint)
    assert (answer.status_code, "variants" in answer.content.decode()) == (400, True)
    assert not Paper.objects.exists()


def test_only_a_custodian_freezes(custodian: Client) -> None:
    digest = seen(custodian)
    for role in (Role.ITEM_AUTHOR, Role.ITEM_REVIEWER):
        assert freeze(staff(role.value, role), digest).status_code in (403, 404)
    assert not Paper.objects.exists()
