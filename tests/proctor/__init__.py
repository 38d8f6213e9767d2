"""Tests of the proctor package, on real detectors, real processes and real rooms for frames."""
