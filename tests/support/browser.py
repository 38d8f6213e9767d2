"""A real Chromium: as a person's, and with a film in place of the camera."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Playwright

# No sandbox: tests may run as root. The rest keeps the browser from asking the network for anything.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Chromium grants the camera by itself, and plays a file of concatenated JPEGs as what it sees.
CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@dataclass(slots=True)
class Browsers:
    """Starts browsers and closes every one of them."""

    playwright: Playwright
    executable: Path
    opened: list[Browser] = field(default_factory=list)

    def plain(self) -> Browser:
        """A browser without a camera."""
        return self._launch(ARGUMENTS)

    def with_camera(self, film: Path) -> Browser:
        """A browser whose camera shows `film`, an .mjpeg file, over and over."""
        assert film.suffix == ".mjpeg", "Chromium tells the kind of film by its ending"
        return self._launch([*ARGUMENTS, *CAMERA, f"--use-file-for-fake-video-capture={film}"])

    def close(self) -> None:
        for browser in self.opened:
            browser.close()

    def _launch(self, arguments: Sequence[str]) -> Browser:
        browser = self.playwright.chromium.launch(executable_path=self.executable, args=list(arguments))
        self.opened.append(browser)
        return browser
