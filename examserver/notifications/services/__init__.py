"""Telling, reading and sending."""
