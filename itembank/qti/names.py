"""One name for a thing in all QTI versions: 2.x names to canonical ones, and back. Pure."""

import re

VERSIONS = {
    "http://www.imsglobal.org/xsd/imsqti_v2p0": "2.1",
    "http://www.imsglobal.org/xsd/imsqti_v2p1": "2.1",
    "http://www.imsglobal.org/xsd/apip/apipv1p0/qtiitem/imsqti_v2p1": "2.1",
    "http://www.imsglobal.org/xsd/imsqti_v2p2": "2.2",
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0": "3.0",
}
"""Namespace of the root -> version; 2.0 reads as 2.1, which kept its words."""

QTI_2P2 = "http://www.imsglobal.org/xsd/imsqti_v2p2"
QTI_3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
HTML = {
    "http://www.imsglobal.org/xsd/imsqtiv2p2_html5_v1p0",
    "http://www.imsglobal.org/xsd/imsqtiv2p2p1_html5_v1p0",
    "http://www.imsglobal.org/xsd/imsqtiv2p2p2_html5_v1p0",
    "http://www.imsglobal.org/xsd/imsqtiv2p2p3_html5_v1p0",
    "http://www.imsglobal.org/xsd/imsqtiv2p2p4_html5_v1p0",
    "http://www.w3.org/1999/xhtml",
}
"""HTML that 2.2 keeps in a namespace of its own; canonical names carry no prefix."""

FOREIGN = {
    "http://www.w3.org/1998/Math/MathML": "mathml",
    "http://www.w3.org/2010/Math/MathML": "mathml",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/2001/10/synthesis": "ssml",
    "http://www.w3.org/2010/10/synthesis": "ssml",
}
"""Vocabularies that stand inside a body as they are; canonical names are "mathml:mi"."""

FOREIGN_OUT = {
    "mathml": "http://www.w3.org/1998/Math/MathML",
    "svg": "http://www.w3.org/2000/svg",
    "ssml": "http://www.w3.org/2001/10/synthesis",
}
XINCLUDE = "http://www.w3.org/2001/XInclude"
XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XLINK = "http://www.w3.org/1999/xlink"
APIP = "http://www.imsglobal.org/xsd/apip/"

TEMPLATES = frozenset(
    {
        "match_correct",
        "map_response",
        "map_response_point",
        "CC2_match",
        "CC2_match_basic",
        "CC2_map_response",
    }
)
"""The standard response processing templates, by the last part of their addresses."""

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ODD_ELEMENTS = {"duration-gte": "durationGTE", "duration-lt": "durationLT"}


def canonical(name: str) -> str:
    """A 2.x name in words with hyphens: `responseElseIf` -> `response-else-if`, `durationGTE` -> `duration-gte`."""
    return _HUMP.sub("-", name).lower()


def camel(name: str) -> str:
    """The 2.x name of a canonical element: `response-else-if` -> `responseElseIf`."""
    if name in _ODD_ELEMENTS:
        return _ODD_ELEMENTS[name]
    first, *rest = name.split("-")
    return first + "".join(part.capitalize() for part in rest)


def canonical_attribute(name: str) -> str:
    """The canonical name of an attribute of a QTI 2.x element; hyphenated ones (data-, aria-) only in lower case."""
    return name.lower() if "-" in name else canonical(name)


def camel_attribute(name: str) -> str:
    """The 2.x name of a canonical attribute of a QTI element; one that would not come back keeps its hyphens."""
    if name.startswith(("data-", "aria-")) or ":" in name:
        return name
    return found if canonical_attribute(found := camel(name)) == name else name


def template_name(address: str) -> str | None:
    """The standard template at an address or of a bare name; None where it is none of them."""
    last = address.strip().rstrip("/").rsplit("/", 1)[-1].removesuffix(".xml")
    return last if last in TEMPLATES else None


def template_address(name: str, version: str) -> str:
    """Where the standard template `name` stands, as items of that version write it."""
    if version == "3.0":
        return f"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{name}.xml"
    edition = "qti_v2p1" if name.startswith("CC2_") else f"qti_v{version.replace('.', 'p')}"
    return f"http://www.imsglobal.org/question/{edition}/rptemplates/{name}"
