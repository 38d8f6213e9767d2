"""The tests of months and batches."""
