"""What must hold of the code as a whole: imports, sizes, access, words, and one reader of the clock."""
