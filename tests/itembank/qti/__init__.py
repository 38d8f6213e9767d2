"""QTI read and written: own material, and the fixtures where they are."""
