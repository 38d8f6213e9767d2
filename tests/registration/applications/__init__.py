"""Applications: rules, services, files of groups, and sequences of calls that nobody thought of."""
