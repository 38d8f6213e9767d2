"""Real parts for tests: databases, Redis, servers and browsers, each started and ended here."""
