"""The pages of signing in and out: staff, and applicants with their accounts."""
