"""Items, papers and how papers come to be: read from files, assembled, frozen, hashed."""
