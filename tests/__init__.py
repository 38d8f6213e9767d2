"""Every test of the project: folders mirror the packages, and those of the whole have their own."""
