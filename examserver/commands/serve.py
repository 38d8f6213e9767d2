"""`examserver serve`: daphne with the application, the routines beside it."""

import argparse
import logging
import os
import threading
from typing import NoReturn

log = logging.getLogger(__name__)
HANDSHAKE_SECONDS = 60
BACKLOG = 2048
ROUTINES_END_WITHIN_SECONDS = 3.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--proxy-headers", action="store_true", help="trust X-Forwarded-For of the proxy in front"
    )


def run(options: argparse.Namespace) -> NoReturn:
    """Serve until SIGINT or SIGTERM, then end the process."""
    import django
    from daphne.server import Server

    django.setup()
    from examserver import routines
    from examserver.asgi import application

    _demand_fast_unmasking()
    _close_after_requests()
    stop = threading.Event()
    worker = routines.start(stop)
    server = Server(
        application,
        endpoints=[_endpoint(options.host, options.port)],
        websocket_handshake_timeout=HANDSHAKE_SECONDS,
        proxy_forwarded_address_header="X-Forwarded-For" if options.proxy_headers else None,
        ready_callable=lambda: log.info("serving on http://%s:%s", options.host, options.port),
    )
    server.run()
    stop.set()
    worker.join(ROUTINES_END_WITHIN_SECONDS)
    logging.shutdown()
    # Threads of requests that were cut off wait for a loop that runs no more, and Python would wait for them for ever.
    # What was acknowledged is committed; the rest is lost with any end, this one or a power cut.
    os._exit(0)


def _endpoint(host: str, port: int) -> str:
    """Everybody connects in the second of the start signal: a queue of 50 would refuse most of them."""
    escaped = host.replace(":", "\\:")
    return f"tcp:port={port}:interface={escaped}:backlog={BACKLOG}"


def _close_after_requests() -> None:
    """Sockets keep their database connection; a request's thread is used only once, and so is its connection."""
    from django.core.signals import request_finished
    from django.db import connections

    request_finished.connect(lambda **_: connections.close_all(), weak=False)


def _demand_fast_unmasking() -> None:
    """Without autobahn's native part a frame costs 26 times as much, and answers wait behind it."""
    from autobahn.websocket import USES_NVX

    if not USES_NVX:
        log.warning("autobahn runs without NVX: frames will be slow; unset AUTOBAHN_USE_NVX")
