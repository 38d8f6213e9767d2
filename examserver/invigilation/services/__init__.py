"""What the machine reports and what staff decide about it, one module a noun."""
