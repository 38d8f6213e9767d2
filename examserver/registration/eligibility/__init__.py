"""Who may apply, as versioned data and a pure engine that says pass, what is missing, or why a person must look."""
