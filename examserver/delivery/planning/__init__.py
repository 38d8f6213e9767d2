"""Who sits where, before the day: seats allotted so that people of one institution do not sit together. Pure."""
