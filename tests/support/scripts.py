"""Which scripts of ours come with which: the modules that a module imports at once, and how large they are."""

import re
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
# What is imported in a function comes later, when it is asked for.
_AT_ONCE = re.compile(r'^(?:import|export)\b[^;]*?\bfrom "(\.[^"]+)";', re.MULTILINE)


def with_imports(*names: str) -> frozenset[str]:
    """These modules and all that come with them, by path below static/js without `.js`."""
    found: set[str] = set()
    waiting = [(SCRIPTS / f"{name}.js").resolve() for name in names]
    while waiting:
        path = waiting.pop()
        name = str(path.relative_to(SCRIPTS).with_suffix(""))
        if name not in found:
            found.add(name)
            waiting += [(path.parent / one).resolve() for one in _AT_ONCE.findall(path.read_text("utf-8"))]
    return frozenset(found)


def size(names: frozenset[str]) -> int:
    """Bytes of these modules, uncompressed and with their comments, as they are served."""
    return sum((SCRIPTS / f"{name}.js").stat().st_size for name in names)
