"""Who may reach what of grading; whose work it is, the selectors decide."""

from examserver.kernel.access import Role

_GRADING = frozenset({Role.GRADER, Role.GRADING_LEAD})
_LEAD = frozenset({Role.GRADING_LEAD})
# Keys are on these pages: people who write or answer for items, once nobody sits the paper any more.
_STATISTICS = frozenset({Role.ITEM_AUTHOR, Role.GRADING_LEAD, Role.ADMIN})

_KEYS = frozenset({Role.ITEM_AUTHOR, Role.ITEM_REVIEWER, Role.GRADING_LEAD, Role.ADMIN})

ROWS: dict[str, frozenset[Role]] = {
    "grading_queue": _GRADING,
    "grading_take": frozenset({Role.GRADER}),
    "grading_sheet": _GRADING,
    "grading_lead": _LEAD,
    "grading_take_third": _LEAD,
    "key_papers": _KEYS,
    "key_paper": _KEYS,
    "key_decide": frozenset({Role.GRADING_LEAD, Role.ADMIN}),
    "api_grading_mark": _GRADING,
    "api_grading_note": _GRADING,
    "api_grading_finish": _GRADING,
    "api_grading_file": _GRADING,
    "api_grading_material": _GRADING,
    "statistics_list": _STATISTICS,
    "statistics_paper": _STATISTICS,
    "statistics_record": _STATISTICS,
}
