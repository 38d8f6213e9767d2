"""Tests of what is started by hand."""
