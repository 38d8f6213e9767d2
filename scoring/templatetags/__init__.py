"""Template filters of the grading and office pages."""
