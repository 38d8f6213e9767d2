"""Tests of the item bank: files, assembly, freezing, orders and shapes."""
