"""A stored version as the draft that it was made from."""

from itembank.models import ItemVersion
from itembank.states import ItemType
from itembank.versions import Draft


def draft_of(version: ItemVersion) -> Draft:
    """What the version says, key and columns included; its media stay in the store."""
    return Draft(
        type=ItemType(version.type),
        content=version.content,
        key=version.key.key,
        explanation=version.key.explanation,
        points=version.points,
        knowledge_point=version.knowledge_point,
        direction=version.direction,
        difficulty=version.difficulty,
        attributes=version.attributes,
    )
