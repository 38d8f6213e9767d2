"""A whole exam day, played by everybody in real browsers against real processes."""
