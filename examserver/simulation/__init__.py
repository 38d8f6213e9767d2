"""Simulated people: clients of docs/protocol.md over real HTTP and sockets; they know nothing of the server."""
