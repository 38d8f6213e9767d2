"""Compiles results from scores, and releases them."""
