"""A real SMTP server for tests: keeps what it is given, and refuses or hangs up when it is told to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine; `refused` are recipients that it does not know."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.received: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.hang_up_after_data = False

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 test")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                self.say("221 bye")
                return
            if verb == b"DATA":
                if not self.take():
                    return
            elif verb == b"RCPT" and any(one in line.decode() for one in self.server.refused):
                self.say("550 no such user")
            else:
                self.say("250 ok")

    def take(self) -> bool:
        """The mail itself; False when the line is cut without an answer."""
        self.say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        found: Any = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.received.append(found)
        if self.server.hang_up_after_data:
            return False
        self.say("250 taken")
        return True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that runs as long as the block."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
