"""The people of the day as they sit at their browsers: what each of them does and looks at."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.exam_day.venue import PASSWORD, Chair

LONG = 60_000


def open_page(browser: Browser, base: str) -> Page:
    """A person's own browser window, in Chinese; an error in a page's script fails the test."""
    page = browser.new_context(
        base_url=base, locale="zh-CN", viewport={"width": 1280, "height": 720}
    ).new_page()
    page.set_default_timeout(30_000)
    page.on("pageerror", lambda error: page.evaluate("error => { window.scriptError = error }", str(error)))
    return page


def no_script_error(page: Page) -> None:
    """The page's scripts ran without an uncaught error."""
    assert page.evaluate("window.scriptError ?? null") is None


@dataclass
class Candidate:
    """A candidate at a workstation."""

    page: Page
    chair: Chair

    def sign_in(self) -> None:
        self.page.goto(self.chair.path)
        self.page.fill("[name=ticket]", self.chair.ticket)
        self.page.fill("[name=id_tail]", self.chair.id_tail)
        self.page.keyboard.press("Enter")

    def confirm_and_accept(self) -> None:
        expect(self.page.locator(".identity .name")).to_have_text(self.chair.name)
        self.page.click("button[value=yes]")
        self.page.check("[name=accepted]")
        self.page.click("form.rules button.primary")

    def check_camera(self) -> None:
        self.page.locator("#camera-go:enabled").click(timeout=LONG)

    def waits(self) -> None:
        self.page.wait_for_selector("body.exam.waiting, [data-stage=waiting], #waiting", timeout=LONG)

    def answer_theory(self) -> None:
        """Every item by keyboard: T for true/false, A for one, A and B for several. Each answer turns to saved."""
        self.page.wait_for_selector("[data-item]", timeout=LONG)
        for _ in range(5):
            item = self.page.locator("[data-item]").first
            self._answer(item)
            expect(item.locator(".answer-state")).to_have_attribute("data-state", "saved")
            self.page.keyboard.press("ArrowRight")

    def _answer(self, item: Locator) -> None:
        options = item.locator(".options")
        kind = options.get_attribute("class") or ""
        wanted = {"true_false": ["T"], "single": ["选项A"], "multiple": ["选项A", "选项B"]}
        for text in wanted[kind.split()[-1]]:
            if kind.endswith("true_false"):
                self.page.keyboard.press("t")
            else:
                item.locator("label", has_text=text).click()

    def hand_in(self) -> None:
        self.page.click("#hand-in")
        self.page.locator("#hand-in-go:enabled").click()
        self.page.wait_for_selector(".receipt", timeout=LONG)


@dataclass
class Staff:
    """A member of staff, signed in by name and password."""

    page: Page
    username: str

    def sign_in(self, path: str) -> None:
        self.page.goto(f"/staff/sign-in/?next={path}")
        self.page.fill("[name=username]", self.username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"**{path}")


class Invigilator(Staff):
    """An invigilator at the room board."""

    def open_board(self, session: int) -> None:
        self.page.goto(f"/board/{session}/")
        self.page.wait_for_selector("#board-page[data-loaded=yes]")

    def act(self, name: str) -> Locator:
        return self.page.locator(f"[data-act={name}], [data-act^='{name}-']").first

    def do(self, name: str, **fields: str) -> None:
        """Press an act; where it asks once, fill in and confirm."""
        self.act(name).click()
        dialog = self.page.locator("dialog.ask[open]")
        if fields or name in ("session-start", "session-close", "not-complied", "confirm"):
            for field, text in fields.items():
                dialog.locator(f"textarea[name={field}]").fill(text)
            dialog.locator("button[value=yes]").click()
            expect(dialog).to_have_count(0)

    def open_seat(self, label: str) -> None:
        self.page.locator(".tile", has_text=label).click()
        expect(self.page.locator("#board-drawer h2")).to_contain_text(label)


def upload(page: Page, file: Path) -> None:
    """Hand a file in and confirm it by its hash."""
    page.set_input_files("input[type=file]", file)
    page.locator(".upload button.primary").click(timeout=LONG)
