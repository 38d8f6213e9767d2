"""Filters of the bank's pages."""
