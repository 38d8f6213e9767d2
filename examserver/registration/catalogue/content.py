"""What the file of a notice's year says: offerings, fees, windows, documents, hours, addresses, rules. Pure.

A clerk may edit the file, so every field is closed and bounded: a misspelt one is an error and not lost.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from examserver.registration.applications.documents import DocumentKind
from examserver.registration.applications.states import Channel
from examserver.registration.dates.results_due import ResultDays
from examserver.registration.dates.service_hours import ServiceHours
from examserver.registration.dates.windows import Window
from examserver.registration.dates.years import LeapDay
from examserver.registration.money import Fee
from itembank.states import Subject

Text = Annotated[str, Meta(min_length=1, max_length=400, pattern=r"\A\S(.*\S)?\Z")]
Code = Annotated[str, Meta(pattern=r"\A[A-Z0-9][A-Z0-9-]{0,7}\Z")]
Mailbox = Annotated[str, Meta(max_length=120, pattern=r"\A[^@\s]+@[^@\s]+\.[^@\s]+\Z")]
Address = Annotated[str, Meta(max_length=400, pattern=r"\Ahttps?://\S+\Z")]
LevelNumber = Annotated[int, Meta(ge=1, le=5)]
Count = Annotated[int, Meta(ge=1, le=1000)]
# How an offering is examined: a word of its own for every change that a resit cannot follow without a plan.
Mode = Annotated[str, Meta(pattern=r"\A[A-Z0-9+._-]{1,40}\Z")]


class Closed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Data whose misspelt fields are an error and not lost."""


class Words(Closed, frozen=True):
    """The same in Chinese, which is official, and in English."""

    zh: Text
    en: Text

    def of(self, language: str) -> str:
        """The words in `language` (zh-hans, en)."""
        return self.en if language.startswith("en") else self.zh


class Body(Closed, frozen=True):
    """The evaluation body that issues the certificates, and its filing number (机构备案号)."""

    name: Words
    filing_no: Annotated[str, Meta(pattern=r"\A[A-Z][0-9]{12}\Z")]


class Payee(Closed, frozen=True):
    """Where fees are paid in, as it is shown to who pays; money counts from the day on which it arrives here."""

    name: Words
    tax_id: Annotated[str, Meta(pattern=r"\A[0-9A-Z]{18}\Z")]
    address: Words
    phone: Text
    bank: Words
    account: Annotated[str, Meta(pattern=r"\A[0-9]{8,30}\Z")]
    slip_mail: Mailbox


class Occupation(Closed, frozen=True):
    """What is evaluated, and by which version of the national standard one may apply."""

    code: Annotated[str, Meta(pattern=r"\A[0-9](-[0-9]{2}){3}\Z")]
    name: Words
    standard: Words
    eligibility: Text


class Level(Closed, frozen=True):
    """A level: its name as the fee table writes it, and the years for which a passed subject is kept."""

    level: LevelNumber
    name: Words
    validity_years: Annotated[int, Meta(ge=1, le=10)]


class Offered(Closed, frozen=True):
    """A direction at a level that may be applied for; `fee_name` is its name in the fee table and the payer's mail."""

    code: Code
    direction: Words
    name: Words
    fee_name: Text
    level: LevelNumber
    fee: Fee
    human_marked: bool
    mode: Mode = "THEORY+PRACTICAL"


class Desk(Closed, frozen=True):
    """Where one applies in person and collects a certificate, and whom one asks."""

    address: Words
    hours: ServiceHours
    phone: Text
    mail: Mailbox


class Supervision(Closed, frozen=True):
    """A telephone for complaints with hours of its own."""

    name: Words
    phone: Text
    hours: ServiceHours


class Link(Closed, frozen=True):
    """An address outside, e.g. of an official look-up; `path` is the way through its menus."""

    key: Annotated[str, Meta(pattern=r"\A[a-z_]{1,30}\Z")]
    title: Words
    path: Words | None = None
    url: Address | None = None


class CountsOn(StrEnum):
    """Which moment decides in whose window an application falls (AMB-8)."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    PAID = "paid"


class Scope(StrEnum):
    """What is counted together, for a batch (AMB-9) or for a forfeiture (AMB-14)."""

    OFFERING = "offering"
    LEVEL = "level"
    TOTAL = "total"


class PublishedPlan(Closed, frozen=True):
    """A published 补考方案 (REQ-72): what somebody takes in `new_mode` for each subject failed in `old_mode`."""

    code: Code
    offering: Code
    old_mode: Mode
    new_mode: Mode
    published_on: date
    takes: Mapping[Subject, tuple[Subject, ...]]


class Rules(Closed, frozen=True):
    """The numbers of the notice, and a choice wherever it leaves one open (requirements A.6 and E)."""

    least_age: Annotated[int, Meta(ge=0, le=99)]
    leap_birthday: LeapDay
    window_counts_on: CountsOn
    same_day: bool
    batch_least: Count
    batch_scope: Scope
    batch_counts_resits: bool
    rollover_alert_after: Count
    forfeit_scope: Scope
    ticket_days_before: Annotated[int, Meta(ge=0, le=60)]
    results: ResultDays
    review_workdays: Count


class Catalogue(Closed, frozen=True):
    """The notice of a year, from `valid_from` to `valid_to`, both included."""

    year: Annotated[int, Meta(ge=2000, le=2999)]
    title: Words
    reference: Text
    published: date
    valid_from: date
    valid_to: date
    body: Body
    payee: Payee
    occupation: Occupation
    levels: tuple[Level, ...]
    offerings: Annotated[tuple[Offered, ...], Meta(min_length=1)]
    windows: Annotated[tuple[Window, ...], Meta(min_length=1)]
    documents: Mapping[Channel, tuple[DocumentKind, ...]]
    desk: Desk
    supervision: tuple[Supervision, ...]
    links: tuple[Link, ...]
    rules: Rules
    resit_plans: tuple[PublishedPlan, ...] = ()

    def offered(self, code: str) -> Offered | None:
        """The offering `code`, if one may apply for it."""
        return next((one for one in self.offerings if one.code == code), None)

    def offered_at(self, direction: str, level: int) -> Offered | None:
        """The offering of a direction, by its Chinese name, at a level (REQ-5 to 7)."""
        found = (one for one in self.offerings if (one.direction.zh, one.level) == (direction, level))
        return next(found, None)

    def level(self, number: int) -> Level | None:
        """The level `number`, offered or not."""
        return next((one for one in self.levels if one.level == number), None)

    def link(self, key: str) -> Link | None:
        """The address outside that `key` names."""
        return next((one for one in self.links if one.key == key), None)
