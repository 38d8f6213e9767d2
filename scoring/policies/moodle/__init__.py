"""Grades a response as Moodle 4.1 does: the same fraction for the same question and answer. Pure.

Written from Moodle's documented and observable behaviour; `items.grade` takes every type.
"""
