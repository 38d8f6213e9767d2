"""The bank's pages through Django: who sees what, what is written down, and what a form says."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from examserver.kernel.access import Role
from examserver.kernel.models import LogEntry
from examserver.people.services import add_staff
from itembank.models import ImportFile, Item
from itembank.services import import_bank
from tests.itembank.approved import approve_bank
from tests.itembank.builders import NOW, OFFICER, bank, item, theory_paper

pytestmark = pytest.mark.django_db
FIELDS = {"type": "single", "stem": "哪一个？", "points": "1", "difficulty": "0.4", "pool": "L3"}


QTI = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="X" title="x"
  adaptive="false" time-dependent="false"><qti-response-declaration identifier="RESPONSE" cardinality="single"
  base-type="identifier"><qti-correct-response><qti-value>Z</qti-value></qti-correct-response>
  </qti-response-declaration><qti-item-body><qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
  <qti-simple-choice identifier="A">a</qti-simple-choice></qti-choice-interaction></qti-item-body>
  </qti-assessment-item>"""


def staff(name: str, *roles: Role) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(add_staff(username=name, display_name=name, password="a long password", roles=roles))
    return client


@pytest.fixture
def author() -> Client:
    return staff("author", Role.ITEM_AUTHOR)


@pytest.fixture
def reviewers() -> list[Client]:
    return [staff("r1", Role.ITEM_REVIEWER), staff("r2", Role.ITEM_REVIEWER)]


def filled(**changes: Any) -> dict[str, Any]:
    return {**FIELDS, "code": "NEW-1", "first": ["甲", "乙"], "right": ["1"], **changes}


def test_a_new_item_is_written_handed_in_and_approved_by_two(author: Client, reviewers: list[Client]) -> None:
    assert author.post("/bank/new/", filled()).status_code == 302
    assert reviewers[0].get("/bank/items/NEW-1/").status_code == 404
    author.post("/bank/items/NEW-1/act/", {"act": "submit"})
    for number, reviewer in enumerate(reviewers, 1):
        assert Item.objects.get(code="NEW-1").approved is None, number
        reviewer.post("/bank/items/NEW-1/decide/", {"decision": "approve", "version": "1"})
    approved = Item.objects.get(code="NEW-1").approved
    assert approved is not None
    assert approved.key.key == {"correct": ["B"]}


def test_a_form_says_at_the_field_what_is_wrong_and_keeps_the_words(author: Client) -> None:
    answer = author.post("/bank/new/", filled(right=[], difficulty="2"))
    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="甲"' in text
    assert "没有标明正确选项" in text or "难度应为" in text
    assert not Item.objects.exists()


def test_two_who_edit_at_once_do_not_overwrite_each_other(author: Client) -> None:
    author.post("/bank/new/", filled())
    author.post("/bank/items/NEW-1/edit/", filled(base="1", stem="新题干"))
    assert author.post("/bank/items/NEW-1/edit/", filled(base="1", stem="另一题干")).status_code == 409
    assert Item.objects.get(code="NEW-1").versions.count() == 2


def test_an_authors_first_draft_is_nobody_elses(author: Client) -> None:
    author.post("/bank/new/", filled())
    other = staff("other", Role.ITEM_AUTHOR)
    for path in ("", "edit/", "compare/"):
        assert other.get(f"/bank/items/NEW-1/{path}").status_code == 404
    assert "NEW-1" not in other.get("/bank/").content.decode()


def test_every_look_at_an_item_is_written_down(author: Client) -> None:
    import_bank(data=bank(item()), level=3, actor=OFFICER, now=NOW)
    author.get("/bank/")
    author.get("/bank/items/SC-001/")
    author.get("/bank/items/SC-001/compare/")
    looks = LogEntry.objects.filter(stream="itembank.access").order_by("number")
    assert [look.action for look in looks] == ["list.seen", "item.seen", "item.seen"]
    assert looks[0].data["items"] == ["SC-001"]


def test_the_custodian_sees_a_paper_without_its_key() -> None:
    paper = theory_paper(sealed=True)
    custodian = staff("custodian", Role.PAPER_CUSTODIAN)
    text = custodian.get(f"/bank/papers/{paper.code}/").content.decode()
    assert "题干" in text
    assert "理由" not in text
    assert custodian.get("/bank/items/SC-001/").status_code == 404
    assert LogEntry.objects.filter(subject=f"paper:{paper.pk}", action="list.seen").exists()


def test_a_file_is_its_uploaders_alone(author: Client) -> None:
    sent = SimpleUploadedFile("a.gift", "::Q:: 对吗？ {T}".encode())
    author.post("/bank/import/", {"file": sent, "pool": "L3"})
    path = f"/bank/import/{ImportFile.objects.get().pk}/"
    assert author.get(path).status_code == 200
    assert staff("other", Role.ITEM_AUTHOR).get(path).status_code == 404


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "没有对应的选项"), ("en", "which is no option")])
def test_what_qti_refuses_is_said_in_the_viewers_language(author: Client, language: str, said: str) -> None:
    sent = SimpleUploadedFile("a.xml", QTI.encode())
    author.post("/bank/import/", {"file": sent, "pool": "L3"})
    author.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    text = author.get(f"/bank/import/{ImportFile.objects.get().pk}/").content.decode()
    assert said in text
    assert "a.xml:3" in text


def test_a_file_that_is_too_large_is_refused_before_it_is_read(author: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("itembank.views.imports.MOST_BYTES", 10)
    sent = SimpleUploadedFile("a.gift", b"x" * 200_000)
    answer = author.post(
        "/bank/import/", {"file": sent, "pool": "L3"}, headers={"Accept": "application/json"}
    )
    assert answer.json()["error"]["code"] == "file_too_large"
    assert not ImportFile.objects.exists()


def test_the_list_finds_by_words_type_and_difficulty(author: Client) -> None:
    rows = [item(number=1, stem="直播脚本"), item("multiple", 2, stem="直播数据", difficulty=0.9)]
    import_bank(data=bank(*rows), level=3, actor=OFFICER, now=NOW)
    approve_bank(NOW)
    for query, expected in (
        ("words=脚本", {"SC-001"}),
        ("words=直播", {"SC-001", "MC-002"}),
        ("type=multiple", {"MC-002"}),
        ("difficulty=hard", {"MC-002"}),
        ("state=in_use&sort=newest", {"SC-001", "MC-002"}),
        ("state=in_review", set()),
        ("words=没有&page=99", set()),
    ):
        text = author.get(f"/bank/?{query}").content.decode()
        assert {code for code in ("SC-001", "MC-002") if f"/bank/items/{code}/" in text} == expected, query


def test_a_blueprint_is_tried_and_what_blocks_is_named() -> None:
    theory_paper()
    custodian = staff("custodian", Role.PAPER_CUSTODIAN)
    rule = '[[rules]]\nkind = "number"\nwhere = "type == \'single\'"\nmin = {}\n'
    good = custodian.post(
        "/bank/papers/assemble/", {"pool": "L3", "blueprint": "length = 4\n" + rule.format(2)}
    )
    assert "SC-00" in good.content.decode()
    bad = custodian.post(
        "/bank/papers/assemble/", {"pool": "L3", "blueprint": "length = 8\n" + rule.format(7)}
    )
    assert "R1" in bad.content.decode()
    broken = custodian.post("/bank/papers/assemble/", {"pool": "L3", "blueprint": "length = ["})
    assert broken.status_code == 200


def test_enemies_are_kept_apart_and_meet_again(author: Client) -> None:
    import_bank(data=bank(item(number=1), item(number=2)), level=3, actor=OFFICER, now=NOW)
    author.post("/bank/items/SC-001/enemies/", {"codes": "SC-002", "reason": "同一知识"})
    group = Item.objects.get(code="SC-001").enemy_groups.get()
    assert set(group.items.values_list("code", flat=True)) == {"SC-001", "SC-002"}
    author.post("/bank/items/SC-001/enemies/", {"codes": "NONE-1"})
    author.post("/bank/items/SC-001/enemies/", {"remove": str(group.pk)})
    assert not Item.objects.get(code="SC-001").enemy_groups.exists()


def test_a_paper_sealed_with_another_key_says_so(settings: Any) -> None:
    paper = theory_paper(sealed=True)
    settings.SEAL_KEY = "another key of the venue, quite long enough"
    custodian = staff("custodian", Role.PAPER_CUSTODIAN)
    answer = custodian.get(f"/bank/papers/{paper.code}/", follow=True)
    assert "无法打开" in answer.content.decode()
