"""Results: compiling, release, look-up."""
