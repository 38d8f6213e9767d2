"""How each kind of key judges a response: a module with `read(data) -> Grader`. Pure.

A key that cannot be judged by raises ValueError when it is read, so that no response ever meets it.
"""
