"""Tags and filters of messages."""
