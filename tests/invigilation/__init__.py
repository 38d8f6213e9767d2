"""Tests of incidents, reminders, cases, the board and the frame socket, on real parts."""
