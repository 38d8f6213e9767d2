"""Brings two spellings of the same answer to one form, step by step, each step switchable as data. Pure."""
