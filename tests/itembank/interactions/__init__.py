"""Tests of what a candidate meets in an item."""
