"""The public page: valid, revoked or not found, on one shape, and nothing to who has a number alone."""

import re

import pytest
from django.test import Client

from examserver.results.models import Certificate, SubjectResult
from examserver.results.routines import follow_results
from examserver.results.states import ResultState
from tests.results.certificates.bureau import NOW, Bureau

UNKNOWN = "S000031400071263999999"


def ask(number: str, who: str, language: str = "zh-hans", address: str = "10.0.0.1") -> tuple[int, str]:
    client = Client(headers={"Accept-Language": language})
    answer = client.post("/verify/", {"number": number, "who": who}, REMOTE_ADDR=address)
    return answer.status_code, answer.content.decode()


def standing(page: str) -> str:
    found = re.search(r'<p class="strip [^"]*" role="status"><b>([^<]*)</b>', page)
    return found[1] if found else ""


def shape(page: str) -> list[str]:
    return re.findall(r"<(\w+)", page.rsplit("<main", maxsplit=1)[-1])


def void(row: Certificate) -> None:
    SubjectResult.objects.filter(pk=row.theory_id).update(state=ResultState.VOIDED)
    follow_results(NOW)


@pytest.mark.requirement("REQ-106")
@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", ("有效", "已作废")), ("en", ("Valid", "Revoked"))]
)
def test_the_page_says_valid_and_after_the_revocation_revoked(
    bureau: Bureau, language: str, words: tuple[str, str]
) -> None:
    row = bureau.issued()
    for who in (row.holder, row.candidate.id_number[-6:]):
        assert standing(ask(row.number, who, language)[1]) == words[0]
    void(row)
    assert standing(ask(row.number, row.holder, language)[1]) == words[1]


def test_a_wrong_holder_says_the_same_as_a_number_that_is_none(bureau: Bureau) -> None:
    row = bureau.issued()
    wrong, none = ask(row.number, "李四"), ask(UNKNOWN, "李四")
    csrf = re.compile(r'value="[^"]{64}"')
    same = [csrf.sub("", page.replace(row.number, UNKNOWN)) for _, page in (wrong, none)]
    assert (wrong[0], none[0], same[0]) == (200, 200, same[1])
    assert standing(wrong[1]) == "未找到"


@pytest.mark.parametrize("who", ["", "张", "张三", "三丰", "00000", "000000", " ", "张三丰张三丰"])
def test_a_number_with_less_than_the_holder_shows_nothing(bureau: Bureau, who: str) -> None:
    row = bureau.issued()
    _, page = ask(row.number, who)
    assert standing(page) == "未找到"
    assert "张" not in page.split("<main")[-1]


def test_all_answers_have_one_shape_and_status(bureau: Bureau) -> None:
    row, other = bureau.issued(), bureau.issued("李四光")
    void(other)
    answers = [ask(row.number, row.holder), ask(other.number, other.holder), ask(UNKNOWN, "李四")]
    assert {status for status, _ in answers} == {200}
    assert len({tuple(shape(page)) for _, page in answers}) == 1


def test_who_knows_the_number_and_the_tail_is_not_told_the_name(bureau: Bureau) -> None:
    row = bureau.issued()
    _, page = ask(row.number, row.candidate.id_number[-6:])
    assert ("张**" in page, "张三丰" in page) == (True, False)


@pytest.mark.requirement("REQ-65", "REQ-66", partly=True)
def test_the_page_names_the_official_look_ups(bureau: Bureau) -> None:
    page = Client(headers={"Accept-Language": "zh-hans"}).get("/verify/").content.decode()
    assert "人力资源和社会保障局-劳动就业-职业技能证书查询" in page
    assert "http://www.osta.org.cn" in page


def test_the_eleventh_try_of_an_address_is_refused_and_another_address_is_not(bureau: Bureau) -> None:
    row = bureau.issued()
    assert [ask(UNKNOWN, "李四")[0] for _ in range(10)] == [200] * 10
    assert ask(row.number, row.holder)[0] == 429
    assert ask(row.number, row.holder, address="10.0.0.2")[0] == 200


def test_a_number_is_not_tried_out_from_many_addresses(bureau: Bureau) -> None:
    row = bureau.issued()
    tries = [ask(row.number, f"{n:06d}", address=f"10.0.1.{n}")[0] for n in range(31)]
    assert tries == [200] * 30 + [429]


def test_found_or_not_the_same_is_asked_of_the_database(
    bureau: Bureau, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    row = bureau.issued()
    counts = []
    for number, who in ((row.number, row.holder), (row.number, "李四"), (UNKNOWN, "李四"), ("x", "李四")):
        with CaptureQueriesContext(connection) as asked:
            ask(number, who)
        counts.append(len(asked))
    assert len(set(counts)) == 1
