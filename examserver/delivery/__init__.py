"""The exam day: rooms, seats, sessions, sittings, the answers given in them, and time.

A sitting is one candidate in one subject on one day; it is also QTI's attempt, since nobody attempts a paper twice
in one sitting. Services stand in a package, one module a noun, because the day has more nouns than one file holds.
"""
