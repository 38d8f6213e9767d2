"""What people are told: an inbox and the mails that leave from it.

It lies below registration, so that every deed can tell of itself in one line; it knows its recipients by keys only. Its
pages stand in registration, whose frames they wear. The rows are the outbox: they are written in the transaction of the
deed that they tell of, and the mail leaves afterwards, from a thread of its own.
"""
