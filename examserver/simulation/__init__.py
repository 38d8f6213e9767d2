"""Simulated people: clients of docs/protocol.md over real HTTP and real sockets; they know nothing of the server's code."""
