"""Who may reach what of the bank: authors write, reviewers decide, custodians keep papers without their keys."""

from examserver.kernel.access import Role

_BANK = frozenset({Role.ITEM_AUTHOR, Role.ITEM_REVIEWER})
_AUTHOR = frozenset({Role.ITEM_AUTHOR})
_REVIEWER = frozenset({Role.ITEM_REVIEWER})
_CUSTODIAN = frozenset({Role.PAPER_CUSTODIAN})

ROWS: dict[str, frozenset[Role]] = {
    "bank": _BANK,
    "bank_item": _BANK,
    "bank_compare": _BANK,
    "bank_preview": _BANK,
    "bank_media": _BANK,
    "bank_act": _BANK,
    "bank_enemies": _BANK,
    "bank_new": _AUTHOR,
    "bank_edit": _AUTHOR,
    "api_bank_draft": _AUTHOR,
    "bank_queue": _REVIEWER,
    "bank_decide": _REVIEWER,
    "bank_import": _AUTHOR,
    "bank_import_file": _AUTHOR,
    "bank_template": _AUTHOR,
    "bank_papers": _CUSTODIAN,
    "bank_paper": _CUSTODIAN,
    "bank_assemble": _CUSTODIAN,
}
