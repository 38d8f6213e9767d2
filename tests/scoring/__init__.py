"""Scoring and grading: rules on both sides of each boundary, services on the real database."""
