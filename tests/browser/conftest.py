"""The page in which single modules are imported, served from the static folder."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.modules import blank_page, static_server


@pytest.fixture(scope="module")
def modules_url() -> Iterator[str]:
    """The address of the static folder."""
    with static_server() as url:
        yield url


@pytest.fixture
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own: what it stores is its own."""
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext, modules_url: str) -> Page:
    """A page from which every module can be imported."""
    return blank_page(profile, modules_url)


@pytest.fixture(scope="module")
def pure(chromium: Browser, modules_url: str) -> Iterator[Page]:
    """A page for pure modules, which keep nothing: one for all tests of a file."""
    context = chromium.new_context()
    yield blank_page(context, modules_url)
    context.close()
