"""What a candidate does at the seat before the first item."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.candidate_venue import Place

LONG = 30_000


def sign_in(workstation: BrowserContext, place: Place) -> Page:
    """The page of the candidate who is at work at `place`."""
    page = workstation.new_page()
    page.goto(place.path)
    page.fill("[name=ticket]", place.ticket)
    page.fill("[name=id_tail]", place.id_tail)
    page.keyboard.press("Enter")
    expect(page.locator("[data-item]").first).to_be_visible(timeout=LONG)
    return page
