"""`python -m proctor`: the same commands as `examserver proctor`."""

import sys

from proctor.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
