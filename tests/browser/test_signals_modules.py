"""The parts that notice and tell, each by itself in a real Chromium: keys, lapses, and the queue behind the answers."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.modules import blank_page, run

pytestmark = pytest.mark.browser
QUEUE = "const queue = new m.SignalQueue({ sitting: 12, page: given.page ?? 'a', busy: () => given.busy ?? false });"


@pytest.mark.parametrize(
    ("keys", "opens"),
    [
        ({"key": "F12"}, True),
        ({"code": "KeyI", "ctrlKey": True, "shiftKey": True}, True),
        ({"code": "KeyI", "ctrlKey": True}, False),
        ({"code": "KeyJ", "metaKey": True, "altKey": True}, True),
        ({"code": "KeyC", "ctrlKey": True, "shiftKey": True}, True),
        ({"code": "KeyC", "ctrlKey": True}, False),
        ({"code": "KeyU", "ctrlKey": True}, True),
        ({"code": "KeyU"}, False),
        ({"key": "F11"}, False),
    ],
)
def test_the_keys_of_developer_tools_and_no_others(page: Page, keys: dict[str, Any], opens: bool) -> None:
    assert bool(run(page, "signals", "return m.opensTools(given)", keys)) is opens


def test_a_page_has_a_name_of_its_own(page: Page) -> None:
    first, second = run(page, "signals", "return [m.pageName(), m.pageName()]")
    assert len(first) == len(second) == 16
    assert first != second
    assert set(first + second) <= set("0123456789abcdef")


def test_what_lasts_is_told_soon_and_then_less_often(page: Page) -> None:
    told = run(page, "lapse", "return [0, 1, 2, 3, 4].map(m.tellAt)")
    assert told == [3000, 10_000, 30_000, 90_000, 150_000]


LAPSE = """
  let now = 0; const told = [];
  const begun = (already) => ({ at: now - already });
  const lapse = new m.Lapse({ begun, tell: (one) => told.push(one), monotonic: () => now });
"""


@pytest.mark.parametrize(("lasted", "told"), [(999, 0), (1000, 1)])
def test_what_is_over_at_once_is_not_told(page: Page, lasted: int, told: int) -> None:
    body = LAPSE + "lapse.begin(); lapse.begin(); now = given; lapse.end(); lapse.end(); return told"
    found = run(page, "lapse", body, lasted)
    assert found == [{"at": 0, "lasted": lasted, "lasting": False}] * told


def test_a_lapse_may_have_begun_before_it_was_noticed(page: Page) -> None:
    body = LAPSE + "now = 5000; lapse.begin(2000); now = 6000; lapse.end(); return told"
    assert run(page, "lapse", body) == [{"at": 3000, "lasted": 3000, "lasting": False}]


def test_what_goes_on_is_told_while_it_does(page: Page) -> None:
    body = (
        LAPSE
        + """lapse.begin(); now = 2990; clearTimeout(lapse.timer); lapse.plan();
      await new Promise((r) => setTimeout(r, 100)); now = 4000; lapse.end(); return told.map((one) => one.lasting)"""
    )
    assert run(page, "lapse", body) == [True, False]


@pytest.mark.parametrize(
    ("status", "again"),
    [
        (0, True),
        (400, False),
        (401, True),
        (404, False),
        (409, False),
        (413, False),
        (429, True),
        (503, True),
    ],
)
def test_only_what_may_help_is_tried_again(page: Page, status: int, again: bool) -> None:
    assert run(page, "signal_queue", "return m.worthAnotherTry(given)", status) is again


def test_a_signal_told_again_takes_the_place_of_the_one_that_waits(page: Page) -> None:
    body = (
        QUEUE
        + """for (const [n, lasted] of [[1, 3], [2, 1], [1, 9]]) queue.put({ page: 'a', n, lasted });
      return queue.waiting.map((one) => [one.n, one.lasted])"""
    )
    assert run(page, "signal_queue", body, {}) == [[2, 1], [1, 9]]


def test_of_too_many_the_oldest_go(page: Page) -> None:
    body = (
        QUEUE
        + """for (let n = 1; n <= 201; n += 1) queue.put({ page: 'a', n });
      return [queue.waiting.length, queue.waiting[0].n]"""
    )
    assert run(page, "signal_queue", body, {}) == [200, 2]


def test_what_waits_outlives_its_page_but_not_its_sitting(
    profile: BrowserContext, page: Page, modules_url: str
) -> None:
    run(
        page,
        "signal_queue",
        QUEUE + "queue.put({ page: 'a', n: 1 }); localStorage.setItem('signals:11:z', '[1]')",
        {},
    )
    page.close()
    body = (
        QUEUE + "queue.start(); clearInterval(queue.timer); return [queue.waiting, Object.keys(localStorage)]"
    )
    found = run(blank_page(profile, modules_url), "signal_queue", body, {"page": "b"})
    assert found == [[{"page": "a", "n": 1}], ["signals:12:b"]]


def test_answers_go_first_but_not_for_ever(page: Page) -> None:
    body = QUEUE + "return [1, 2, 3, 4, 5].map(() => queue.letAnswersPass())"
    assert run(page, "signal_queue", body, {"busy": True}) == [True, True, True, False, False]
    assert run(page, "signal_queue", body, {"busy": False}) == [False] * 5


def test_what_could_not_be_told_waits_and_is_not_pressed(page: Page) -> None:
    """The folder server takes no posts: to the page it is a server in trouble."""
    body = (
        QUEUE
        + """queue.put({ page: 'a', n: 1 }); await queue.flush(); const first = queue.notBefore;
      await queue.flush(); return [queue.waiting.length, first > performance.now(), queue.notBefore === first]"""
    )
    assert run(page, "signal_queue", body, {}) == [1, True, True]


WATCH = """
  let ago = 0; const real = performance.now.bind(performance); performance.now = () => real() + ago;
  queue.keepSaying(() => 0.5);
  const sent = [];
  queue.post = async (batch) => { sent.push(batch.length); return { results: batch.map(() => ({})) }; };
  const after = async (ms) => { ago += ms; await queue.flush(); return sent.length; };
"""


def test_a_page_that_noticed_nothing_says_so_every_thirty_seconds(page: Page) -> None:
    steps = """const told = []; for (const ms of [14000, 1500, 29000, 1500]) told.push(await after(ms));
      return [told, sent]"""
    assert run(page, "signal_queue", QUEUE + WATCH + steps, {}) == [[0, 1, 1, 2], [0, 0]]


def test_what_it_noticed_stands_for_that_word(page: Page) -> None:
    steps = """await after(14000); queue.put({ page: 'a', n: 1 }); await after(0);
      return [await after(29000), await after(1500), sent]"""
    assert run(page, "signal_queue", QUEUE + WATCH + steps, {}) == [1, 2, [1, 0]]


def test_who_is_not_asked_to_says_nothing_of_its_own(page: Page) -> None:
    steps = "queue.sayBy = undefined; return [await after(600000), await queue.flush({ last: true }), sent]"
    assert run(page, "signal_queue", QUEUE + WATCH + steps, {}) == [0, None, []]


@pytest.mark.parametrize(("status", "wait"), [(409, 30_000), (503, 5000)])
def test_a_word_that_did_not_arrive_is_not_hurried(page: Page, status: int, wait: int) -> None:
    page.route(
        "**/api/exam/signals", lambda route: route.fulfill(status=status, body='{"error": {"code": "x"}}')
    )
    steps = """queue.keepSaying(() => 0); await queue.flush();
      return Math.max(queue.sayBy, queue.notBefore) - performance.now()"""
    assert wait - 2000 < run(page, "signal_queue", QUEUE + steps, {}) <= wait
