"""Runs the candidate's modules in a real Chromium: the static folder over HTTP, and one page to import them in."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import BrowserContext, Page

STATIC = Path(__file__).resolve().parents[2] / "static"
BLANK = "/css/mark.svg"


class _Quiet(SimpleHTTPRequestHandler):
    """Serves the static folder and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@contextmanager
def static_server() -> Iterator[str]:
    """The address under which the static folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(STATIC)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def blank_page(context: BrowserContext, url: str) -> Page:
    """A page of the static server, from which modules can be imported."""
    page = context.new_page()
    page.goto(url + BLANK)
    return page


def run(page: Page, module: str, body: str, given: Any = None) -> Any:
    """What `body`, a JavaScript function's body over the module `m` and the value `given`, returns."""
    return page.evaluate(f"async (given) => {{ const m = await import('/js/{module}.js'); {body} }}", given)
