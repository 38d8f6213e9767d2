"""Reads results: the office's day, and the candidate's own look-up."""
