"""The tests of planning a day."""
