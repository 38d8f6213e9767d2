"""A board as a stranger would write it from docs/protocol.md: a snapshot, and events that replace objects by id."""

from collections import defaultdict
from typing import Any, cast

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from examserver.delivery.selectors import stream
from examserver.invigilation.cards import in_language
from examserver.invigilation.selectors import Snapshot, snapshot
from examserver.kernel.access import Actor
from examserver.kernel.audience import group_name

Collections = dict[str, dict[int, Any]]


def by_id(taken: Snapshot) -> Collections:
    """A snapshot's objects by collection and id; collections without objects are left out."""
    return {kind: {card["id"]: card for card in cards} for kind, cards in taken.objects.items() if cards}


class Board:
    """Listens on the channel layer's group of a session, and reduces what it hears."""

    def __init__(self, actor: Actor, session: int, language: str) -> None:
        self.actor, self.session, self.language = actor, session, language
        self.layer = cast(Any, get_channel_layer())
        self.channel = async_to_sync(self.layer.new_channel)()
        async_to_sync(self.layer.group_add)(group_name(stream(session)), self.channel)
        taken = snapshot(actor, session, language)
        self.number = taken.number
        self.objects: Collections = defaultdict(dict, by_id(taken))

    def close(self) -> None:
        """Stop listening."""
        async_to_sync(self.layer.group_discard)(group_name(stream(self.session)), self.channel)

    def hear(self) -> None:
        """Reduce every event that has come; a gap in the numbers is an error."""
        while not self._queue_empty():
            message = async_to_sync(self.layer.receive)(self.channel)
            event = message["event"]
            assert event["number"] == self.number + 1, "a number is missing"
            self.number = event["number"]
            for kind, cards in in_language(event["objects"], self.language).items():
                self.objects[kind].update({card["id"]: card for card in cards})

    def _queue_empty(self) -> bool:
        queue = self.layer.channels.get(self.channel)
        return queue is None or queue.empty()

    def fresh(self) -> Collections:
        """What a new board would see."""
        return by_id(snapshot(self.actor, self.session, self.language))
