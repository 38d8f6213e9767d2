"""Changes scores, grading tasks and marks: one module a step of the way from work to points."""
