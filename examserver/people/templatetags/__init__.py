"""Filters for the templates of people."""
