"""The tests of who may apply."""
