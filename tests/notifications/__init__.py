"""Messages: written with the deed, mailed afterwards, read by whose they are."""
