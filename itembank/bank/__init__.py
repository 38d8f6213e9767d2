"""Reads the bank: what papers may draw from, what its pages list and show."""
