"""Statistics of items and papers: known values, invariants, files of every form."""
