"""Compiles every locale file that is newer than what was made of it: `python -m tools.compile_locale`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("examserver", "itembank", "scoring")


class BadLocale(ValueError):
    """A locale file that cannot be read."""


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Every .po file of the product's packages."""
    for package in PACKAGES:
        yield from sorted((root / package).rglob("locale/*/LC_MESSAGES/*.po"))


def is_stale(source: Path) -> bool:
    """Whether the .mo beside `source` is missing or older."""
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_one(source: Path) -> None:
    """Write the .mo beside `source` in one step; BadLocale names the file and what is wrong in it."""
    try:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise BadLocale(f"{source}: {error}") from error
    partial = source.with_suffix(".mo.part")
    with partial.open("wb") as file:
        write_mo(file, catalogue)
    partial.replace(source.with_suffix(".mo"))


def compile_stale(root: Path = ROOT) -> int:
    """Compile what has changed; returns how many files."""
    stale = [source for source in sources(root) if is_stale(source)]
    for source in stale:
        compile_one(source)
    return len(stale)


def main() -> int:
    try:
        count = compile_stale()
    except BadLocale as error:
        print(f"locale: {error}", file=sys.stderr)
        return 1
    if count:
        print(f"locale: {count} files compiled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
