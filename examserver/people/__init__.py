"""Who people are: staff with roles, candidates, and the sessions in which they act."""
