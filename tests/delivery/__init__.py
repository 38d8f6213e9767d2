"""Tests of the exam day."""
