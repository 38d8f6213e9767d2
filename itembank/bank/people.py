"""Names of staff for the actors that rows and the audit hold."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model


def names(actors: Iterable[str]) -> dict[str, str]:
    """The display name of every `staff:ID`; other actors are called as they are."""
    ids = {actor: int(actor.partition(":")[2]) for actor in set(actors) if actor.startswith("staff:")}
    rows = get_user_model().objects.filter(pk__in=ids.values()).values_list("pk", "display_name")
    known = dict(rows)
    return {actor: known.get(pk, actor) for actor, pk in ids.items()}
