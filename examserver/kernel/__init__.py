"""What every application shares: clock, legal moves, audit chain, the wire's closed types, publishing, access.

It imports nothing of ours. Its one model is LogEntry.
"""
