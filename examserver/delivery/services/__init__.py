"""What changes on an exam day, one module a noun."""
