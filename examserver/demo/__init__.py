"""The demo venue: invented people in invented rooms, loaded through the same services as a real day."""
