"""Certificates: their numbers, their states, which passes make one, and the file for the look-ups. Pure."""
