"""The rules that a candidate accepts before the start: the notice's clauses by tier, and the hash of what is shown."""

import hashlib
import json
from functools import cache
from typing import Any

from examserver.registration.notice import CLAUSES, TIERS, VERSION


@cache
def rules(language: str) -> dict[str, Any]:
    """`{version, sha256, clauses: [{tier, consequence, clauses: [{code, text}]}]}` in `language`."""
    grouped = [
        {
            "tier": tier.numeral,
            "consequence": tier.text(language),
            "clauses": [
                {"code": c.code, "text": c.text(language)} for c in CLAUSES.values() if c.tier == tier.tier
            ],
        }
        for tier in TIERS.values()
    ]
    text = json.dumps([VERSION, grouped], ensure_ascii=False, sort_keys=True)
    return {"version": VERSION, "sha256": hashlib.sha256(text.encode()).hexdigest(), "clauses": grouped}
