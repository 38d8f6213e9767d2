"""Question files of every format: what they mean, what is wrong with them, and how they are written."""
