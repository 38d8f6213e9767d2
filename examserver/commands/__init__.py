"""What `examserver …` can do, one module a command."""
