"""The notice as data: its file, its versions, its page."""
