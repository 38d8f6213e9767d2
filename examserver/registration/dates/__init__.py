"""The notice's rules about days: windows, working days, tickets, validity, ages, hours. Pure; no clock is read."""
