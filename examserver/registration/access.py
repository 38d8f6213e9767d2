"""Who may reach the addresses of registration."""

from examserver.kernel.access import Role

ROWS: dict[str, frozenset[Role]] = {}
