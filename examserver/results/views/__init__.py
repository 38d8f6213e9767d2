"""The office's pages, the candidate's look-up, and the public verification of certificates."""
