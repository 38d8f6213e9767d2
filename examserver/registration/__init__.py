"""What may be sat and by whom: offerings, admission tickets, bars."""
