"""The commands of the proctor, one a module: `add(commands)` declares it, `run(asked)` does it."""

FAILED = 1
WRONG_USAGE = 2
