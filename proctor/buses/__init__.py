"""The rooms a bus can live in: `shared` for one machine, `redis` for many."""
