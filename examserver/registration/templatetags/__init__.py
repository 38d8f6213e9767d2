"""Filters of the pages of registration."""
