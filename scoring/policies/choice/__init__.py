"""What chosen options bring: each policy is a module with `Params` and `judge(choice, params)`. Pure."""
