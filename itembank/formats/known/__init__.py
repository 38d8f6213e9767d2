"""The formats, one module or package each; each has a `FORMAT` and knows no other."""
