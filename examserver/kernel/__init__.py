"""What every application shares: the clock, legal moves, the audit chain, the wire's closed types, publishing and access.

It imports nothing of ours. Its one model is LogEntry.
"""
