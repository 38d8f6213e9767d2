"""Reads scores and grading: what an office, a grader and the grading lead may each see of them."""
