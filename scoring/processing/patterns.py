"""Regular expressions of XML Schema, as libxml2 understands them: it knows the language and never backtracks. Pure."""

from functools import lru_cache

from lxml import etree

_XSD = "http://www.w3.org/2001/XMLSchema"


class BadPattern(ValueError):
    """A text that is no regular expression of XML Schema."""


def matches(pattern: str, text: str) -> bool:
    """Whether all of `text` follows `pattern`; a text that XML cannot hold follows none."""
    schema = _schema(pattern)
    holder = etree.Element("text")
    try:
        holder.text = text
    except ValueError:
        return False
    return bool(schema.validate(holder))


@lru_cache(maxsize=512)
def _schema(pattern: str) -> etree.XMLSchema:
    root = etree.Element(f"{{{_XSD}}}schema", nsmap={"xs": _XSD})
    element = etree.SubElement(root, f"{{{_XSD}}}element", name="text")
    kind = etree.SubElement(element, f"{{{_XSD}}}simpleType")
    restriction = etree.SubElement(kind, f"{{{_XSD}}}restriction", base="xs:string")
    try:
        etree.SubElement(restriction, f"{{{_XSD}}}pattern", value=pattern)
        return etree.XMLSchema(root)
    except (ValueError, etree.XMLSchemaParseError):
        raise BadPattern(repr(pattern)) from None
