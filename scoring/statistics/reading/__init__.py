"""Marks from CSV files: Moodle's steps with a questions file, one mark a row, or candidates by items."""
