"""What is owed: prices of subjects in whole yuan, totals of orders, and the subject of the payer's mail. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, ClassVar

import msgspec

from examserver.registration.applications.faults import refuse
from itembank.states import Subject

Yuan = Annotated[int, msgspec.Meta(ge=0, le=100_000)]


class Fee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The prices of an offering in whole yuan; `total` stands in the notice too and must be their sum."""

    theory: Yuan
    practical: Yuan
    total: Yuan

    BOTH: ClassVar = frozenset(Subject)

    def of(self, subject: Subject) -> int:
        """The price of one subject: also what its resit costs (AMB-12)."""
        return self.theory if subject is Subject.THEORY else self.practical

    def of_all(self, subjects: Iterable[Subject]) -> int:
        """The price of each of `subjects` once."""
        return sum(self.of(one) for one in frozenset(subjects))


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One person's subjects at the prices of an offering."""

    fee: Fee
    subjects: frozenset[Subject] = Fee.BOTH

    @property
    def owed(self) -> int:
        """What the person owes, in whole yuan; Refused `no_subject` without any."""
        if not self.subjects:
            raise refuse("no_subject", "subjects")
        return self.fee.of_all(self.subjects)


def owed(lines: Iterable[OrderLine]) -> int:
    """What a person or a group owes together, in whole yuan."""
    return sum(line.owed for line in lines)


def mail_subject(payer: str, offering: str, level: str, count: int) -> str:
    """The subject that the notice demands of the mail with the slip (REQ-52), in the fee table's own words.

    考务费+单位（个人）名称+项目名称（等级）+人数. Refused: `payer_missing`, `count_low`, and `payer_unprintable`, for a
    line break would forge a mail's headers.
    """
    name = payer.strip()
    if not name:
        raise refuse("payer_missing", "payer")
    if not name.isprintable():
        raise refuse("payer_unprintable", "payer")
    if count < 1:
        raise refuse("count_low", "count", least=1)
    return f"考务费+{name}+{offering}（{level}）+{count}"
