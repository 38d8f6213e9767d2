"""The only door to the open pages: on commit, and never the record itself.

The channel layer is at most once. A board that misses a number asks for the snapshot again; a candidate's
page is only told to look, and reads its state from the database.
"""

import asyncio
import logging
from concurrent.futures import Future
from functools import partial
from typing import cast

import msgspec
from asgiref.sync import async_to_sync
from channels.layers import BaseChannelLayer, get_channel_layer
from django.db import transaction

from examserver.kernel.audience import group_name, server_loop
from examserver.kernel.events import WireObject, changed
from examserver.kernel.models import LogEntry

log = logging.getLogger(__name__)


def _send(audience: str, message: dict[str, object]) -> None:
    """A layer that is down costs the pages a delay, never the act that has been committed."""
    sending = cast(BaseChannelLayer, get_channel_layer()).group_send
    if (loop := server_loop()) is not None:
        future = asyncio.run_coroutine_threadsafe(sending(group_name(audience), message), loop)
        future.add_done_callback(partial(_note_failure, audience))
        return
    try:
        async_to_sync(sending)(group_name(audience), message)
    except Exception:
        log.exception("publish to %s failed; pages catch up with their next snapshot", audience)


def _note_failure(audience: str, done: Future[None]) -> None:
    if not done.cancelled() and (problem := done.exception()) is not None:
        log.error("publish to %s failed (%r); pages catch up with their next snapshot", audience, problem)


def publish(entry: LogEntry, *objects: WireObject) -> None:
    """Tell the boards of the entry's stream, once the transaction is committed, what has changed."""
    event = msgspec.to_builtins(changed(entry.stream, entry.number, objects))
    transaction.on_commit(partial(_send, entry.stream, {"type": "board.event", "event": event}))


def ring(audience: str, about: str) -> None:
    """Tell the pages of `audience`, once the transaction is committed, to look again; `about` says why."""
    transaction.on_commit(partial(_send, audience, {"type": "state.changed", "about": about}))
