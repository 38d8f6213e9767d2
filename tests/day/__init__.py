"""A whole exam day on real processes."""
