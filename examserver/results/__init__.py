"""What an exam comes to: a result per subject, released by a person, looked up by the candidate.

A result says passed or failed against the paper's own pass mark, and nothing is rounded on the way. Voiding
comes from conduct and keeps the points, unseen; only an officer lets a candidate see anything.
"""
