"""Paths inside a package: never absolute, never above its root. Pure."""

from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit


def safe_path(path: str) -> str | None:
    """The path in its shortest form, or None where it leaves the package or could do so somewhere."""
    if not path or "\0" in path or "\\" in path or path.startswith("/") or ":" in path.split("/", 1)[0]:
        return None
    short = normpath(path)
    return None if short == ".." or short.startswith("../") or short == "." else short


def resolve(base: str, href: str) -> str | None:
    """The path in the package that `href` in the file `base` means; None for the network and for what lies outside."""
    address = urlsplit(href.strip())
    if address.scheme or address.netloc or not address.path:
        return None
    folder = dirname(base)
    path = unquote(address.path)
    if path.startswith("/"):
        return None
    return safe_path(f"{folder}/{path}" if folder else path)
