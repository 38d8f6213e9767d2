"""Blueprints: reading, assembling, checking, blaming."""
