"""The outbox in a real IndexedDB and the answers over it: nothing is forgotten before `saved`."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.modules import blank_page, run

pytestmark = pytest.mark.browser
OPEN = "const box = await m.Outbox.open(12);"
LIST = "return (await box.all()).map((e) => [e.item, e.seq, e.value[0], e.marked]);"
# A line that is up or down as the test says, and keeps what was sent.
LINE = """
  const { Outbox } = await import('/js/outbox.js');
  const link = Object.assign(new EventTarget(), { open: given.open, sent: [], send(message) {
    if (link.open) link.sent.push(message); return link.open; } });
  const hear = async (message) => { await answers.take(message); };
  const outbox = await Outbox.open(12);
  if (given.waiting) await outbox.put(given.waiting);
  const answers = await m.Answers.of({ outbox, link });
"""
LOAD = "await answers.load(given.responses);"


def put(page: Page, seq: int, value: str, sitting: int = 12) -> Any:
    body = """const box = await m.Outbox.open(given[2]);
      return (await box.put({ item: 'TF-1', seq: given[0], value: [given[1]], marked: false })).seq"""
    return run(page, "outbox", body, [seq, value, sitting])


def kept(page: Page) -> Any:
    return run(page, "outbox", OPEN + LIST)


def test_an_answer_outlives_the_page(profile: BrowserContext, page: Page, modules_url: str) -> None:
    put(page, 1, "T")
    page.close()
    assert kept(blank_page(profile, modules_url)) == [["TF-1", 1, "T", False]]


@pytest.mark.parametrize(("said", "left"), [(1, 1), (2, 0), (3, 0)])
def test_it_is_forgotten_only_for_a_seq_that_is_large_enough(page: Page, said: int, left: int) -> None:
    put(page, 2, "T")
    body = OPEN + "await box.forget('TF-1', given); return [box.size, (await box.all()).length]"
    assert run(page, "outbox", body, said) == [left, left]


def test_the_later_press_wins_between_two_tabs(profile: BrowserContext, page: Page, modules_url: str) -> None:
    other = blank_page(profile, modules_url)
    assert put(page, 1, "T") == 1
    assert put(other, 1, "F") == 2
    assert kept(page) == [["TF-1", 2, "F", False]]


def test_another_sittings_answers_are_not_seen(page: Page) -> None:
    put(page, 1, "T", sitting=13)
    assert kept(page) == []


def test_without_storage_it_lives_in_memory_and_says_so(page: Page) -> None:
    body = """const box = new m.Outbox(12, null);
      await box.put({ item: 'TF-1', seq: 1, value: ['T'], marked: false });
      return [box.durable, box.size, (await box.all()).length]"""
    assert run(page, "outbox", body) == [False, 1, 1]


def answers(page: Page, body: str, *, is_open: bool = True, responses: Any = None) -> Any:
    return run(page, "answers", LINE + LOAD + body, {"open": is_open, "responses": responses or {}})


def test_only_saved_for_the_newest_seq_makes_it_saved(page: Page) -> None:
    body = """await answers.set('TF-1', ['T'], false); await answers.set('TF-1', ['F'], false);
      const seen = [answers.get('TF-1').status];
      await hear({ type: 'saved', item: 'TF-1', seq: 1 }); seen.push(answers.get('TF-1').status, outbox.size);
      await hear({ type: 'saved', item: 'TF-1', seq: 2 }); seen.push(answers.get('TF-1').status, outbox.size);
      return seen"""
    assert answers(page, body) == ["sending", "sending", 1, "saved", 0]


WAITING = {"item": "TF-1", "seq": 2, "value": ["F"], "marked": False}


@pytest.mark.parametrize("responses", [{}, {"TF-1": {"seq": 1, "value": ["T"], "marked": False}}])
def test_an_answer_saved_before_an_older_paper_comes_stays_on_the_page(page: Page, responses: Any) -> None:
    """After a restart the line is often back before the paper, which was read before the answer came."""
    body = """await answers.sendAll();
      await hear({ type: 'saved', item: 'TF-1', seq: 2 });
      const before = await outbox.all();"""
    after = "const a = answers.get('TF-1'); return [link.sent.length, before, a.value, a.seq, a.status]"
    given = {"open": True, "responses": responses, "waiting": WAITING}
    assert run(page, "answers", LINE + body + LOAD + after, given) == [1, [], ["F"], 2, "saved"]


def test_what_waits_here_and_is_already_in_the_paper_is_forgotten(page: Page) -> None:
    body = "const a = answers.get('TF-1'); return [(await outbox.all()).length, a.value, a.status]"
    responses = {"TF-1": {"seq": 2, "value": ["F"], "marked": False}}
    given = {"open": False, "responses": responses, "waiting": WAITING}
    assert run(page, "answers", LINE + LOAD + body, given) == [0, ["F"], "saved"]


def test_seq_goes_on_from_what_the_server_holds(page: Page) -> None:
    held = {"TF-1": {"seq": 7, "value": ["T"], "marked": False}}
    body = "await answers.set('TF-1', ['F'], false); return link.sent"
    sent = answers(page, body, responses=held)
    assert sent == [{"type": "answer", "item": "TF-1", "seq": 8, "value": ["F"], "marked": False}]


def test_without_a_line_the_answer_waits_on_this_machine(page: Page) -> None:
    """The HTTP twin is tried too; the folder server refuses it, as a venue server that is down would."""
    body = """await answers.set('TF-1', ['T'], true); await new Promise((r) => setTimeout(r, 300));
      return [answers.get('TF-1').status, answers.counts().waiting, outbox.size]"""
    assert answers(page, body, is_open=False) == ["waiting", 1, 1]


def test_what_waited_is_sent_when_the_line_is_back(page: Page) -> None:
    put(page, 4, "T")
    body = """link.sent.length = 0; link.dispatchEvent(new CustomEvent('way', { detail: 'socket' }));
      await new Promise((r) => setTimeout(r, 100)); return link.sent.map((s) => [s.item, s.seq])"""
    assert answers(page, body) == [["TF-1", 4]]


def test_a_dropped_line_turns_what_was_under_way_into_waiting(page: Page) -> None:
    body = """await answers.set('TF-1', ['T'], false);
      link.open = false; link.dispatchEvent(new CustomEvent('way', { detail: 'connecting' }));
      return answers.get('TF-1').status"""
    assert answers(page, body) == "waiting"


def test_a_refused_answer_stays_and_is_not_sent_again_and_again(page: Page) -> None:
    body = """await answers.set('TF-1', ['T'], false);
      await hear({ type: 'refused', item: 'TF-1', seq: 1, code: 'closed' });
      link.sent.length = 0; await answers.sendAll();
      return [answers.get('TF-1').status, outbox.size, link.sent.length]"""
    assert answers(page, body) == ["refused", 1, 0]


def test_a_stale_answer_gives_way_to_what_the_server_holds(page: Page) -> None:
    put(page, 2, "T")
    body = """const stale = new Promise((r) => answers.addEventListener('stale', (e) => r(e.detail)));
      await hear({ type: 'refused', item: 'TF-1', seq: 2, code: 'stale', stored_seq: 5 });
      const { item, stored } = await stale;
      answers.adopt(item, { seq: stored, value: ['F'], marked: false });
      return [answers.get('TF-1').value[0], answers.get('TF-1').seq, answers.get('TF-1').status, outbox.size]"""
    assert answers(page, body) == ["F", 5, "saved", 0]


def test_a_busy_server_gets_the_answer_again(page: Page) -> None:
    body = """await answers.set('TF-1', ['T'], false);
      await hear({ type: 'refused', item: 'TF-1', seq: 1, code: 'busy' });
      link.sent.length = 0; await new Promise((r) => setTimeout(r, 1200)); return link.sent.map((s) => s.seq)"""
    assert answers(page, body) == [1]
