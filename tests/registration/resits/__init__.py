"""Resits."""
