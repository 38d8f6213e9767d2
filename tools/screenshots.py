"""Takes the pictures of docs/screenshots from a running demo day, in both languages: `python -m tools.screenshots`.

People in camera pictures are blurred: no picture of a third party is committed.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from examserver.demo import plan as plans
from proctor.scenes import write_mjpeg
from tools import chromium
from tools.demo_day import DemoDay

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
LANGUAGES = {"zh": "zh-hans", "en": "en"}
SIZE = (1280, 720)
COLOURS = 256
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
BLUR = "video, canvas, img[src^='blob:'], img[src^='/api/'], img[src^='/exam/photo/'] { filter: blur(5px) }"
# From the start signal on until the demo's cameras have shown what is to be seen on a board.
INCIDENTS_MS = 100_000
STEP_MS = 60_000
SETTLE_MS = 1_500
STEPS = 40


@dataclass(slots=True)
class Visit:
    """One person's browser on the day, and the pictures taken in it."""

    day: DemoDay
    page: Page

    @classmethod
    def begin(cls, day: DemoDay, browser: Browser) -> "Visit":
        context = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]}, bypass_csp=True)
        context.set_default_timeout(STEP_MS)
        return cls(day, context.new_page())

    def end(self) -> None:
        """Close the person's browser; a page that stays open goes on asking."""
        self.page.context.close()

    def go(self, path: str) -> None:
        self.page.goto(self.day.base + path)

    def sign_in(self, account: plans.Account) -> None:
        self.go("/staff/sign-in/")
        self.page.fill("[name=username]", account.username)
        self.page.fill("[name=password]", account.password)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: "sign-in" not in url)

    def take(self, name: str, prepare: Callable[[Page], None] | None = None) -> None:
        """A picture of the page in each language; `prepare` brings a page that was loaded anew to where it was."""
        for folder, language in LANGUAGES.items():
            cookie = {"name": "django_language", "value": language, "url": self.day.base}
            self.page.context.add_cookies([cookie])  # type: ignore[list-item]
            self.page.reload()
            if prepare:
                prepare(self.page)
            self.page.wait_for_timeout(SETTLE_MS)
            self.page.add_style_tag(content=BLUR)
            save(self.page.screenshot(), FOLDER / folder / f"{name}.png")


def save(png: bytes, path: Path) -> None:
    """Write a picture with few colours: a page has few, and the repository keeps every version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(
        f"screenshots: {path.relative_to(FOLDER.parent.parent)} {path.stat().st_size // 1000} kB", flush=True
    )


def before_the_bell(visit: Visit, place: plans.Place, room: plans.RoomPlan) -> None:
    """From the empty seat to the quiet page before the start signal."""
    page = visit.page
    visit.go(place.seat_path)
    visit.take("sign-in")
    sign_in_candidate(visit, place)
    visit.take("not-admitted")
    visit.day.admit(room)
    visit.go("/exam/")
    visit.take("confirm")
    page.click("button[name=answer][value=yes]")
    page.wait_for_selector("form.rules")
    visit.take("rules")
    page.check("[name=accepted]")
    page.click("form.rules button")
    page.wait_for_selector("#camera-go:enabled")
    visit.take("camera", lambda page: expect_enabled(page, "#camera-go"))
    page.click("#camera-go")
    page.wait_for_selector("#server-clock")
    visit.take("waiting")


def sign_in_candidate(visit: Visit, place: plans.Place) -> None:
    visit.page.fill("[name=ticket]", place.ticket)
    visit.page.fill("[name=id_tail]", place.id_tail)
    visit.page.locator("[name=id_tail]").press("Enter")
    visit.page.wait_for_selector("[name=ticket]", state="detached")


def expect_enabled(page: Page, selector: str) -> None:
    page.wait_for_selector(f"{selector}:enabled")


def theory(visit: Visit) -> None:
    """Some answers given, one marked."""
    page = visit.page
    page.wait_for_selector("#items .option")
    for key in ("t", "Enter", "f", "Enter", "t", "m", "Enter", "f", "Enter"):
        page.keyboard.press(key)
        page.wait_for_timeout(400)
    visit.take("theory", lambda page: page.locator("#items .option").first.wait_for())


def practical(visit: Visit, room: plans.RoomPlan) -> None:
    """A simulated candidate's seat is taken over: a later sign-in closes the earlier one."""
    place = room.places[-1]
    visit.go(place.seat_path)
    sign_in_candidate(visit, place)
    walk_to_work(visit.page)
    visit.take("practical", lambda page: page.locator("#desk").wait_for())


def walk_to_work(page: Page) -> None:
    """Whatever comes before the work: this is me, the rules, the camera."""
    for _ in range(STEPS):
        page.wait_for_load_state()
        if page.locator("#status-bar").count():
            return
        if page.locator("button[name=answer]").count():
            page.click("button[name=answer][value=yes]")
        elif page.locator("form.rules").count():
            page.check("[name=accepted]")
            page.click("form.rules button")
        elif page.locator("#camera-go:enabled").count():
            page.click("#camera-go")
        page.wait_for_timeout(SETTLE_MS)
    raise RuntimeError(f"the work did not come; the page says {page.inner_text('h1')!r}")


def board(visit: Visit, room: plans.RoomPlan) -> None:
    """The room, and the seat that needs somebody first."""
    visit.go(f"/board/{room.session}/")
    visit.page.locator(".tile").first.wait_for()
    visit.take("board", lambda page: page.locator(".tile").first.wait_for())
    visit.take("board-seat", open_neediest)


def open_neediest(page: Page) -> None:
    """Open the seat that has an incident."""
    flagged = page.locator(".tile:has(.tile-flag *)")
    flagged.first.wait_for()
    flagged.first.click()
    page.locator("#board-drawer .drawer-incidents *:visible").first.wait_for()


def office(day: DemoDay, browser: Browser) -> None:
    """The grader's queue and sheet, the lead's list, the officer's day."""
    accounts = {account.username: account for account in day.plan.accounts}
    grader = Visit.begin(day, browser)
    grader.sign_in(accounts["grader1"])
    grader.go("/grading/")
    grader.take("grading-queue")
    grader.page.locator("form[action$='/grading/take/'] button").first.click()
    grader.page.wait_for_url("**/grading/*/")
    grader.take("grading")
    grader.end()
    for username, path, name in (
        ("lead", "/grading/lead/", "grading-lead"),
        ("officer1", "/office/", "office"),
    ):
        visit = Visit.begin(day, browser)
        visit.sign_in(accounts[username])
        visit.go(path)
        visit.take(name)
        visit.end()


def tour(day: DemoDay, playwright: Playwright, executable: Path, film: Path) -> None:
    """The whole day, page by page."""
    arguments = [*ARGUMENTS, *CAMERA, f"--use-file-for-fake-video-capture={film}"]
    browser = playwright.chromium.launch(executable_path=executable, args=arguments)
    rooms = {room.subject: room for room in reversed(day.plan.rooms)}  # the first room of a subject
    place = next(place for place in rooms["theory"].places if not place.simulated)
    anybody, candidate, other = (Visit.begin(day, browser) for _ in range(3))
    anybody.go("/")
    anybody.take("start")
    before_the_bell(candidate, place, rooms["theory"])
    day.join()
    candidate.page.wait_for_selector("#status-bar", timeout=2 * STEP_MS)
    theory(candidate)
    staff = Visit.begin(day, browser)
    staff.sign_in(next(account for account in day.plan.accounts if "invigilator" in account.roles))
    staff.page.wait_for_timeout(INCIDENTS_MS)
    board(staff, rooms["theory"])
    for visit in (anybody, candidate, staff):
        visit.end()
    office(day, browser)
    practical(other, rooms["practical"])
    browser.close()


def speaks_chinese() -> bool:
    """Whether this machine has a font with Chinese characters."""
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def main() -> int:
    if shutil.which("fc-list") and not speaks_chinese():
        print(
            "screenshots: no font with Chinese characters; on Debian: apt-get install fonts-noto-cjk",
            file=sys.stderr,
        )
        return 1
    executable = chromium.ensure(may_install=False)
    with tempfile.TemporaryDirectory(prefix="examserver-screenshots-") as folder:
        film = Path(folder) / "person.mjpeg"
        write_mjpeg(film, [("person", 20)])
        with DemoDay.open(Path(folder) / "data") as day, sync_playwright() as playwright:
            tour(day, playwright, executable, film)
    return 0


if __name__ == "__main__":
    sys.exit(main())
