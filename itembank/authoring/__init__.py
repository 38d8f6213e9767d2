"""Turns neutral questions into what the bank keeps, and back: type, content for candidates, and key apart. Pure.

`drafts` is the door; `choices`, `entries`, `sets` and `gaps` know the types, `questions` goes the other way for the
editor and for export. Ids that candidates see tell nothing: what has a right order or a right partner is numbered in
an order drawn from its own words. Every number in a key is text, so that no database changes it.
"""
