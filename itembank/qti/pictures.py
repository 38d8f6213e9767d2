"""The picture of a graphic interaction: `img` in the model and in 3.0, `object` in 2.x. Pure."""

import mimetypes

from itembank.qti.model import Node
from itembank.qti.words import words

HOLDERS = words(
    """hotspot-interaction select-point-interaction graphic-order-interaction graphic-associate-interaction
    graphic-gap-match-interaction position-object-interaction position-object-stage gap-img drawing-interaction"""
)
_ANY = "application/octet-stream"


def with_image(node: Node) -> Node:
    """A holder with its picture as `img`, described or not; an object that holds more stays what it is."""
    if node.name not in HOLDERS:
        return node
    children = tuple(_image(child) if isinstance(child, Node) else child for child in node.children)
    return Node(node.name, node.attributes, children, node.line)


def with_object(node: Node) -> Node:
    """A holder with its picture as `object`."""
    if node.name not in HOLDERS:
        return node
    children = tuple(_object(child) if isinstance(child, Node) else child for child in node.children)
    return Node(node.name, node.attributes, children, node.line)


def _image(node: Node) -> Node:
    if node.name == "img" and "src" in node.attributes:
        return Node("img", {"alt": "", **node.attributes}, node.children, node.line)
    kind = node.get("type").strip()
    if node.name != "object" or node.elements or kind != _type(node.get("data")):
        return node
    kept = {key: value for key, value in node.attributes.items() if key not in ("data", "type")}
    return Node("img", {"src": node.get("data"), "alt": " ".join(node.text.split()), **kept}, (), node.line)


def _object(node: Node) -> Node:
    if node.name != "img" or "src" not in node.attributes or node.children:
        return node
    kept = {key: value for key, value in node.attributes.items() if key not in ("src", "alt")}
    attributes = {"data": node.get("src"), "type": _type(node.get("src")), **kept}
    return Node("object", attributes, (node.get("alt"),) if node.get("alt") else (), node.line)


def _type(path: str) -> str:
    """The media type that the path's ending says, if it is an image's."""
    found = mimetypes.guess_type(path, strict=False)[0] or _ANY
    return found if found.startswith("image/") else _ANY
