"""How responses are judged: Moodle's grading, choices, other kinds of key, ways of writing."""
