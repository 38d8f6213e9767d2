"""Names for actors, as the bank's pages show them."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(names: Mapping[str, str], actor: str) -> str:
    """The name of an actor; an actor without one is shown as it is written down."""
    return names.get(actor, actor)


@register.filter
def lookup(mapping: Mapping[str, object], name: str) -> object:
    """What stands under `name`, also where a mapping has a method of that name."""
    return mapping.get(name)
