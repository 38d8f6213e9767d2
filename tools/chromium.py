"""Finds the Chromium that tests and screenshots drive, or installs one: `python -m tools.chromium`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "EXAMSERVER_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")
ANSWER_SECONDS = 60


class NoChromium(RuntimeError):
    """There is no Chromium that starts, or the one that was named does not."""


def find() -> Path | None:
    """The variable's, else the first on PATH that starts, else Playwright's own; None where there is none.

    Raises NoChromium when the variable names something that does not start: it is not replaced in silence.
    """
    if named := os.environ.get(VARIABLE):
        if starts(Path(named)):
            return Path(named)
        raise NoChromium(f"{VARIABLE}={named} does not start")
    on_path = [Path(found) for name in NAMES if (found := shutil.which(name))]
    return next((path for path in [*on_path, *playwrights()] if starts(path)), None)


def starts(path: Path) -> bool:
    """Whether the program says its version (a distribution's placeholder does not)."""
    try:
        said = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=ANSWER_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and "Chrom" in said.stdout


def playwrights() -> list[Path]:
    """The browser that `playwright install chromium` has put on this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return [path] if path.exists() else []


def can_use_apt() -> bool:
    """Whether this is Debian or its like, and we are root."""
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def install() -> None:
    """Install one in this machine's own way; raises NoChromium when that fails."""
    if can_use_apt():
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        steps = [
            ["apt-get", "update", "-q"],
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", *PACKAGES],
        ]
    else:
        environment = dict(os.environ)
        steps = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    for step in steps:
        print(f"chromium: none found; running {' '.join(step)}", flush=True)
        if subprocess.run(step, env=environment, stdin=subprocess.DEVNULL, check=False).returncode != 0:
            raise NoChromium(f"`{' '.join(step)}` failed; install Chromium, or name one in {VARIABLE}")


def ensure(*, may_install: bool) -> Path:
    """A Chromium that starts; raises NoChromium."""
    found = find()
    if found is None and may_install:
        install()
        found = find()
    if found is None:
        raise NoChromium(f"none on PATH or from Playwright; name one in {VARIABLE}, or run `make chromium`")
    return found


def main() -> int:
    try:
        print(f"chromium: {ensure(may_install='--install' in sys.argv[1:])}")
    except NoChromium as error:
        print(f"chromium: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
