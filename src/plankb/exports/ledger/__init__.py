"""The ledger as files: the workbook that is filled in, lists and summaries, the calendar; and what they are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from plankb.errors import Language
from plankb.ledger import Counts, Ledger
from plankb.model import ROLES, Role
from plankb.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFile:
    """A ledger to be written. `name` is that of the bureau or plan in its title, "" for none; `bureau` is the id of the
    bureau whose file it is, None for a ledger of all; `bureaus` are names of bureaus by id; `roles` are those in which
    a task counts for a bureau in the summary."""

    ledger: Ledger
    name: str = ""
    bureau: str | None = None
    bureaus: Mapping[str, str] = field(default_factory=dict)
    roles: tuple[Role, ...] = ROLES

    def title(self, lang: Language) -> str:
        """The title of the file."""
        return say("ledger.sheet.title_of", lang, name=self.name) if self.name else say("ledger.sheet.title", lang)

    def counts(self, lang: Language) -> str:
        """How many tasks stand how, in a line."""
        return counts_text(self.ledger, lang)


def counts_text(ledger: Ledger, lang: Language) -> str:
    """How many tasks stand how on the day of a ledger, in a line."""
    counts = Counts.of(ledger)
    return say(
        "ledger.remark.counts", lang, day=ledger.today.isoformat(), total=counts.total, done=counts.done,
        share=f"{counts.share:.0%}", under_way=counts.under_way, behind=counts.behind,
        not_started=counts.not_started, late=counts.late, soon=counts.soon, soon_days=ledger.soon,
        reported=counts.reported,
    )  # fmt: skip
