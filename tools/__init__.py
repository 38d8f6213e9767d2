"""What the Makefile, the CI script and the Dockerfile run; the product imports none of it."""
