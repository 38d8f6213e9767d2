"""A QTI item as a candidate is given it: content with interactions and media, and nothing that tells an answer. Pure.

What no paper can have is refused by name and line: adaptive items (they need feedback between attempts, which an
exam does not give), interactions that the player does not have, files that are missing, an upload beside other
interactions (its file goes the way of uploads, under the item's id). A template item needs the values that were
drawn for it.
"""

from collections.abc import Iterator, Mapping

from itembank.interactions.bodies import SHOWN, Body
from itembank.interactions.contents import Interaction, ItemContent, Upload
from itembank.interactions.kinds import NotOffered, Source, interaction_of
from itembank.interactions.markup import placed_html, plain_text
from itembank.interactions.media import MediaFile
from itembank.qti.faults import BadQti, Place, QtiFault, fault
from itembank.qti.model import Item, Node


def addresses(item: Item) -> tuple[str, ...]:
    """The addresses of all pictures, sounds and films of the item's body, as it writes them, in their order."""
    found = (one.get("src") or one.get("data") for one in item.body.walk() if one.name in SHOWN)
    return tuple(dict.fromkeys(address for address in found if address))


def content_of(
    item: Item, files: Mapping[str, MediaFile], *, name: str, values: Mapping[str, str] | None = None
) -> ItemContent:
    """The item's content; BadQti with every reason why no paper can have it, each with `name` and line.

    `files` has each file by its address in the item, `values` the text of each template variable that was drawn.
    """
    used = [address for address in addresses(item) if address in files]
    codes = {address: f"M{place}" for place, address in enumerate(used, 1)}
    templates = frozenset(one.identifier for one in item.declarations if one.kind == "template")
    body = Body({one: files[one] for one in used}, codes, dict(values or {}), templates)
    faults = [fault(Place(name), "adaptive_item", item.identifier)] if item.adaptive else []
    if item.template_processing is not None and values is None:
        faults.append(
            fault(Place(name, item.template_processing.line), "needs_template_values", item.identifier)
        )
    html = placed_html(body.inner(item.body.children), frozenset(codes.values()))
    interactions = _interactions(item, body, name, faults)
    faults += [fault(Place(name, one.line), one.code, one.name) for one in body.refusals]
    if faults:
        raise BadQti(faults)
    media = tuple(files[address].entry(code) for address, code in codes.items())
    return ItemContent(_stem(item, html, interactions), html.strip(), interactions, media)


def _interactions(item: Item, body: Body, name: str, faults: list[QtiFault]) -> dict[str, Interaction]:
    """The interactions that the body met, by their identifiers; what cannot be is added to `faults`."""
    result: dict[str, Interaction] = {}
    for node, stage in list(body.interactions):
        identifier = node.get("response-identifier")
        try:
            result[identifier] = interaction_of(Source(node, body, item.declaration(identifier), stage))
        except (NotOffered, ValueError) as refusal:
            faults.append(fault(Place(name, node.line), getattr(refusal, "code", "not_in_papers"), node.name))
    faults += _together(body.interactions, result, name)
    return result


def _together(
    met: list[tuple[Node, Node | None]], result: Mapping[str, Interaction], name: str
) -> Iterator[QtiFault]:
    names = [node.get("response-identifier") for node, _ in met]
    for node, _ in met:
        if names.count(node.get("response-identifier")) > 1:
            yield fault(Place(name, node.line), "shared_variable", node.name)
        elif isinstance(result.get(node.get("response-identifier")), Upload) and len(met) > 1:
            yield fault(Place(name, node.line), "upload_with_others", node.name)


def _stem(item: Item, html: str, interactions: Mapping[str, Interaction]) -> str:
    """One line for lists: what the body says, else the first prompt, else the title."""
    prompts = (plain_text(one.prompt) for one in interactions.values())
    found = plain_text(html) or next((one for one in prompts if one), "") or item.title or item.identifier
    return found[:1000]
