"""The speed figures: each is what the product does, over a limit measured in the same run on the same machine."""
