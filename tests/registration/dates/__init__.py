"""The rules about days, on both sides of each boundary."""
