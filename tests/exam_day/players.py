"""The people of the day as they sit at their browsers: what each of them does and looks at."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.exam_day.venue import PASSWORD, Chair

LONG = 60_000
# Seven browsers, a server and a detector share two cores: what a person sees at once may take a while here.
expect.set_options(timeout=25_000)
ASKS_ONCE = ("session-start", "session-close", "complied", "not-complied", "confirm", "remind", "case-of")


def open_page(browser: Browser, base: str) -> Page:
    """A person's own browser window, in Chinese."""
    page = browser.new_context(
        base_url=base, locale="zh-CN", viewport={"width": 1280, "height": 720}, accept_downloads=True
    ).new_page()
    page.set_default_timeout(30_000)
    return page


@dataclass
class Person:
    """Somebody at a browser; what their pages' scripts could not handle is kept."""

    page: Page
    script_errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.script_errors.append(str(error)))


@dataclass
class Candidate(Person):
    """A candidate at a workstation."""

    chair: Chair = field(kw_only=True)

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
        self.waits()

    def waits(self) -> None:
        expect(self.page.locator(".page.waiting")).to_be_visible(timeout=LONG)

    def answer_theory(self) -> None:
        """Every item, the right way: T, or option A, or A and B. Each turns to saved before the next."""
        expect(self.page.locator("[data-item]").first).to_be_visible(timeout=LONG)
        for _ in range(5):
            item = self.page.locator("[data-item]").first
            self._answer(item)
            expect(item.locator(".answer-state.saved")).to_be_visible()
            self.page.keyboard.press("ArrowRight")

    def _answer(self, item: Locator) -> None:
        kind = item.locator(".options").get_attribute("class") or ""
        if "true_false" in kind:
            self.page.keyboard.press("t")
        for option in ("选项A", "选项B") if "multiple" in kind else ("选项A",) if "single" in kind else ():
            item.locator("label.option", has_text=option).click()

    def write_practical(self, file: Path) -> None:
        """The text, one row of the table, and the file, confirmed by its hash."""
        expect(self.page.locator("[data-item='T1.D1']")).to_be_visible(timeout=LONG)
        self.page.locator("[data-item='T1.D1'] textarea").fill("先预热，后爆发，再返场。")
        expect(self.page.locator("[data-item='T1.D1'] .answer-state.saved")).to_be_visible()
        cells = self.page.locator("[data-item='T1.D2'] .cell-input")
        cells.nth(0).fill("预热")
        cells.nth(1).fill("三天")
        cells.nth(1).press("Tab")
        expect(self.page.locator("[data-item='T1.D2'] .answer-state.saved")).to_be_visible()
        self.page.set_input_files("[data-item='T1.D3'] input[type=file]", file)
        self.page.locator("[data-item='T1.D3'] .upload button.primary").click()
        expect(self.page.locator("[data-item='T1.D3'] .badge.ok")).to_be_visible()

    def hand_in(self) -> str:
        """Hand in and return the receipt's hash."""
        self.page.click("#hand-in")
        self.page.locator("#hand-in-go:enabled").click()
        receipt = self.page.locator(".receipt")
        expect(receipt).to_be_visible(timeout=LONG)
        return receipt.locator("dd.mono").inner_text()

    def leave(self) -> None:
        self.page.locator("form[action='/exam/leave/'] button").click()
        expect(self.page.locator("[name=ticket]")).to_be_visible()


@dataclass
class Staff(Person):
    """A member of staff, signed in by name and password."""

    username: str = field(kw_only=True)

    def sign_in(self, path: str) -> None:
        self.page.goto(f"/staff/sign-in/?next={path}")
        self.page.fill("[name=username]", self.username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"**{path}")


@dataclass
class Invigilator(Staff):
    """An invigilator at the room board."""

    def open_board(self, session: int) -> None:
        self.sign_in(f"/board/{session}/")
        expect(self.page.locator("#board-page[data-loaded=yes]")).to_be_visible()

    def act(self, name: str) -> Locator:
        return self.page.locator(f"[data-act={name}], [data-act^='{name}-']").first

    def do(self, name: str, **fields: str) -> None:
        """Press an act; where it asks once, fill in and confirm."""
        self.act(name).click()
        if not fields and not name.startswith(ASKS_ONCE):
            return
        dialog = self.page.locator("dialog.ask[open]")
        for one, text in fields.items():
            dialog.locator(f"textarea[name={one}]").fill(text)
        dialog.locator("button[value=yes]").click()
        expect(dialog).to_have_count(0)

    def open_seat(self, label: str) -> None:
        self.page.locator(".tile", has_text=label).click()
        expect(self.page.locator("#board-drawer h2")).to_contain_text(label)

    def sees(self, text: str, seconds: int = 30) -> None:
        expect(self.page.locator("#board-drawer")).to_contain_text(text, timeout=seconds * 1000)


@dataclass
class Grader(Staff):
    """A grader before an anonymous script."""

    def take_next(self) -> None:
        self.sign_in("/grading/")
        self.page.locator("form[action*='take'] button, form button", has_text="领取").first.click()
        expect(self.page.locator("#marked")).not_to_be_empty()

    def mark(self, marks: dict[str, str]) -> None:
        """Each mark turns to saved as it is given; then the script is finished."""
        for line, points in marks.items():
            row = self.page.locator(f"[data-line='{line}']")
            row.locator("input.mark").fill(points)
            row.locator("input.mark").press("Enter")
            expect(row.locator("[data-save].ok")).to_be_visible()
        self.page.keyboard.press("Control+Enter")
        self.page.click("#finish-go")
        expect(self.page.locator("#finish-dialog[open]")).to_have_count(0)
