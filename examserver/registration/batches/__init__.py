"""The months: batches with their least number, their roll-over, and December, which a person decides."""
