"""The notice of a year as data: what its file may say, how it is read and checked, and what a new version changes."""
