"""Template filters of the look-up."""
