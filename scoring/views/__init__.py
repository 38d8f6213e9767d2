"""The grading pages, their API, and the work files."""
