"""What staff see and decide while an exam runs: incidents with their evidence, reminders, cases, the room board.

The machine only points: an incident proposes clauses and changes nothing else. A person reminds, a person proposes
a case, and another person confirms it. What must hold before that is pure and stands in `gate`.
"""
