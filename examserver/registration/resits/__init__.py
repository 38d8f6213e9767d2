"""Resits: who may take one subject again, for how long, at which price, and when the chance is given up. Pure."""
