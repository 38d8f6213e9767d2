"""The grading page's modules in a real Chromium: separated values, workbooks, what is on its way."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.modules import blank_page, run, static_server
from tests.scoring.workbooks import bomb, workbook

pytestmark = pytest.mark.browser
OPEN = "const bytes = Uint8Array.from(atob(given), (c) => c.charCodeAt(0)).buffer;"


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    with static_server() as url:
        context = chromium.new_context()
        found = blank_page(context, url)
        found.evaluate("globalThis.gettext = (key) => key")
        yield found
        context.close()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("\ufeffa,b\r\n1,2", [["a", "b"], ["1", "2"]]),
        ('"偏低，见""分析""",2\n', [['偏低，见"分析"', "2"]]),
        ('"two\nlines",x\n', [["two\nlines", "x"]]),
        ("a\tb\n", [["a", "b"]]),
        ("a;b,c;d\n", [["a", "b,c", "d"]]),
        ("", []),
        ("a,\n", [["a", ""]]),
    ],
)
def test_separated_values_become_rows(page: Page, text: str, rows: list[list[str]]) -> None:
    assert run(page, "grading/sheets", "return m.readSheet(given)", text) == rows


def read(page: Page, data: bytes) -> Any:
    given = base64.b64encode(data).decode()
    return run(page, "grading/workbook", OPEN + "return m.readWorkbook(bytes)", given)


def test_a_workbook_shows_values_as_its_author_saw_them_and_the_formulas_behind(page: Page) -> None:
    first, second = read(page, workbook())
    values = [[cell["value"] for cell in row] for row in first["rows"]]
    assert (first["name"], second["name"]) == ("复盘", "明细")
    assert values == [
        ["成交金额", "23323.1", "", ""],
        ["", "", "", ""],
        ["转粉率", "2.71%", "", "2026-03-28"],
    ]
    assert first["rows"][0][1]["formula"] == "SUM(明细!A1:A9)"
    assert [cell["value"] for cell in second["rows"][0]] == ["内联", "TRUE"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not an archive", workbook()[:-30], bomb(64)])
def test_what_is_no_workbook_or_would_fill_the_memory_says_so(page: Page, data: bytes) -> None:
    given = base64.b64encode(data).decode()
    body = OPEN + "return m.readWorkbook(bytes).catch((error) => error.message)"
    assert run(page, "grading/workbook", body, given) == "grading.workbook.bad"


SEND = """
  document.cookie = 'csrftoken=x'; const told = []; const strip = { hidden: true, textContent: '' };
  const answers = given.map((one) => async () => { if (one === 0) throw new TypeError('no network');
    return new Response(JSON.stringify({ n: one, error: { code: 'x', text: 'no' } }), { status: one }); });
  globalThis.fetch = () => answers.shift()();
  const outgoing = new m.Outgoing(strip);
  const job = (name) => ({ url: '/x', body: {}, tell: (state) => told.push(`${name} ${state}`) });
"""


def test_the_newest_of_two_marks_on_a_line_is_the_one_that_is_told_as_saved(page: Page) -> None:
    body = (
        SEND + "outgoing.send('a', job(1)); outgoing.send('a', job(2)); await outgoing.settled(); return told"
    )
    assert run(page, "grading/outgoing", body, [200, 200]) == ["1 sending", "2 sending", "2 saved"]


def test_without_a_network_a_mark_waits_and_goes_out_when_it_is_back(page: Page) -> None:
    body = SEND + "outgoing.send('a', job(1)); await outgoing.settled(); return [told, strip.hidden]"
    told, hidden = run(page, "grading/outgoing", body, [0, 200])
    assert told == ["1 sending", "1 waiting", "1 sending", "1 saved"]
    assert hidden


def test_a_refused_mark_is_told_and_not_sent_again(page: Page) -> None:
    body = SEND + "outgoing.send('a', job(1)); await outgoing.settled(); return told"
    assert run(page, "grading/outgoing", body, [409]) == ["1 sending", "1 refused"]
