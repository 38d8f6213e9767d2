"""QTI in and out: items, tests, stimuli and packages of 2.1, 2.2 and 3.0 as one model. Pure."""
