"""What a venue deploys, started as it is written."""
