"""Tests of QTI processing."""
