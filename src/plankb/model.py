"""The records: what plankb knows, as frozen pydantic models. They are the contract with other programs:
`docs/records.md` is made of this file.

A fact is a record with its source: plan, section path, exact quotation and character span, so that
`clean[start:end] == quote` holds for the clean text of its plan.
"""

# Annotations are objects here, not text (no `from __future__`): pydantic would compile each at every start.

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from plankb.words import Language, say

Span = tuple[int, int]
"""[start, end) in the clean text of the plan."""

Number = int | float

Role = Literal["lead", "support", "joint"]
ROLES: tuple[Role, ...] = ("lead", "support", "joint")

Operator = Literal["=", ">=", ">", "<=", "<", "~", "range"]
Change = Literal["increase", "decrease"]
Nature = Literal["binding", "expected"]
Source = Literal["prose", "table", "box"]
Bound = Literal["by", "from", "during", "each"]
Level = Literal["national", "ministry", "province", "city", "county", "township"]
Severity = Literal["error", "warning", "info"]
State = Literal["not-started", "under-way", "done", "late"]


class Record(BaseModel):
    """The base of all records: frozen, and closed to fields that the contract does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Words(Record):
    """One message in both languages of the interface."""

    zh: str
    en: str

    @classmethod
    def of(cls, key: str, /, **details: object) -> "Words":
        """The words of a key of `plankb.words`; `details` fill their fields."""
        return cls(zh=say(key, "zh", **details), en=say(key, "en", **details))

    def text(self, lang: Language) -> str:
        """The message in one language."""
        return self.zh if lang == "zh" else self.en


class Attachment(Record):
    """What a document carries behind its text (附件), or only lists.

    `number` and `title` are None where none is printed. `span` runs from its mark to its end in the clean text of the
    plan, None where it is not in the file; the facts of an attachment are those whose span lies inside. `period` is
    that of its own title. `blank`: a form or model to be filled in, of which no tasks, targets and projects are read.
    """

    number: int | None = None
    title: str | None = None
    span: Span | None = None
    page: int | None = None
    period: str | None = None
    blank: bool = False


class Plan(Record):
    """One document as issued.

    `issuer` is the first of `issuers`, the bodies that issue it; `number` that of the document (国办发〔2019〕16号).
    `period` is a pair of years as printed on the plan (十四五 is 2021-2025), `date` that of signing, `YYYY-MM-DD` or
    `YYYY-MM`. `in_force` are the first and last day in force that it names itself (自印发之日起施行，有效期3年), ISO
    dates, None for an open side; `repeals` the titles that it puts out of force. `attachments` are those behind its
    text, in order, then those that it only lists; one that is the plan which the document was issued for is none. What
    is not known is None or empty.
    """

    kind: Literal["plan"] = "plan"
    id: str
    title: str
    issuer: str | None = None
    issuers: tuple[str, ...] = ()
    number: str | None = None
    jurisdiction: str | None = None
    level: Level | None = None
    period: str | None = None
    date: str | None = None
    in_force: tuple[str | None, str | None] | None = None
    repeals: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()


class Review(Record):
    """What a person said of a fact: that it is right, or what it should say; `fields` are those they changed."""

    action: Literal["accept", "correct"]
    who: str
    when: str
    fields: tuple[str, ...] = ()


class Fact(Record):
    """What every fact has: where it stands, word for word.

    `page` counts from 1 and is None where the file has none; `review` is None for a fact as the program read it.
    """

    id: str
    plan: str
    section: tuple[str, ...]
    quote: str
    span: Span
    page: int | None = None
    review: Review | None = None


class Measurement(Record):
    """A value in a unit; as printed, or in the canonical unit of its dimension."""

    value: Number
    unit: str


class Baseline(Record):
    """The value and year that a target starts from; `year` is None where the plan does not say."""

    value: Number
    year: str | None = None


class Target(Fact):
    """A commitment: indicator, operator, value, unit, time; or words: `qualitative`, then op, value, unit are None.

    `scope` is the area or population it speaks of, as printed; `per` is "year" for a yearly amount and None for a level
    or a total; `period` is the [first, last] year of the plan where `by` is None and the plan has a period.
    """

    kind: Literal["target"] = "target"
    indicator: str
    indicator_id: str
    op: Operator | None = None
    value: Number | None = None
    value_max: Number | None = None
    unit: str | None = None
    normal: Measurement | None = None
    change: Change | None = None
    base_year: str | None = None
    baseline: Baseline | None = None
    by: str | None = None
    nature: Nature | None = None
    stretch: bool = False
    qualitative: str | None = None
    source: Source = "prose"
    scope: str | None = None
    per: Literal["year"] | None = None
    period: tuple[str, str] | None = None

    @property
    def size(self) -> float:
        """The value in the canonical unit where it has one, else as printed; 0 without a value."""
        return float(self.normal.value if self.normal else self.value or 0)


class Task(Fact):
    """A numbered unit of work. `bureaus` maps each printed name of the three roles to its bureau id."""

    kind: Literal["task"] = "task"
    title: str
    text: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    collective: tuple[str, ...] | None = None
    by: tuple[str, ...] = ()
    bureaus: dict[str, str] = Field(default_factory=dict)
    targets: tuple[str, ...] = ()


class Deadline(Fact):
    """A normalised time of a task or target (`of` is its id). `start`, `end`: ISO dates, None for an open side."""

    kind: Literal["deadline"] = "deadline"
    by: str | None = None
    bound: Bound
    start: str | None = None
    end: str | None = None
    of: str | None = None


class Project(Fact):
    """A named piece of work in a 专栏 or list, with its sizes; `box` is the title of the 专栏."""

    kind: Literal["project"] = "project"
    name: str
    quantity: tuple[Measurement, ...] = ()
    box: str | None = None


class Citation(Fact):
    """A document that the plan refers to: 《title》 and its number 〔…〕…号, None when not printed."""

    kind: Literal["citation"] = "citation"
    title: str
    number: str | None = None


class Doubt(Fact):
    """What the program read but could not make a fact of. `reason` is a code, `message` says it in words."""

    kind: Literal["doubt"] = "doubt"
    reason: str
    message: Words


class Bureau(Record):
    """A body that answers for tasks; `names` holds every printed form, the roles hold task ids."""

    kind: Literal["bureau"] = "bureau"
    id: str
    name: str
    jurisdiction: str | None = None
    names: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()


class Passage(Record):
    """A search hit: a sentence in its section; `highlights` are spans inside `text`."""

    kind: Literal["passage"] = "passage"
    plan: str
    section: tuple[str, ...]
    text: str
    span: Span
    highlights: tuple[Span, ...] = ()
    score: float = 0.0


AnyFact = Annotated[Target | Task | Deadline | Project | Citation | Doubt, Field(discriminator="kind")]
"""The records that an extractor makes from one plan."""


class Correction(Record):
    """One correction of one fact by a person, kept apart from the fact so that it survives a rebuild.

    `field` is a field of the fact, or "roles" with the printed name of a bureau as `subject` and its id as `bureau`
    (None when the program knows no such bureau); None for a fact accepted or rejected as a whole, and for a task that
    was added: its record is `after`, its words in the plan `source`. `before` and `after`
    hold the values as text, roles for "roles", () for none; `words` are those in which the person put a time
    (2026年底前, 持续推进), None where `after` says it all. `source` is the quote of the fact at the time: when the plan
    says something else now, the correction is suspect. `when` is an ISO time with its zone.
    """

    kind: Literal["correction"] = "correction"
    id: str
    plan: str
    fact: str
    section: tuple[str, ...]
    title: str
    action: Literal["accept", "correct", "reject", "add"]
    field: str | None = None
    subject: str | None = None
    bureau: str | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    words: str | None = None
    source: str
    who: str
    when: str

    @model_validator(mode="before")
    @classmethod
    def _under_its_first_name(cls, data: object) -> object:
        """Knowledge bases of the first releases hold corrections as records of kind "override"."""
        if isinstance(data, dict) and data.get("kind") == "override":
            return {**data, "kind": "correction"}
        return data


class Conflict(Record):
    """Two or more facts that cannot, or should not, both stand."""

    kind: Literal["conflict"] = "conflict"
    id: str
    type: str
    severity: Severity
    indicator: str
    facts: tuple[AnyFact, ...]
    why: Words


class Fix(Record):
    """A change that mends a slip: the words of `span` become `text`; an empty span puts it in, "" takes them out."""

    span: Span
    text: str


class Finding(Record):
    """One remark of `check` on a draft. `line` counts from 1 in the draft's file; `related` are facts it rests on.

    `fixes` are the changes that together mend it, in the order of the text; () where a person has to decide.
    """

    kind: Literal["finding"] = "finding"
    rule: str
    severity: Severity
    message: Words
    span: Span
    quote: str
    line: int
    related: tuple[AnyFact, ...] = ()
    fixes: tuple[Fix, ...] = ()


Verdict = Literal["met", "stricter", "weaker", "later", "missing", "not-comparable"]


class Coverage(Record):
    """What a plan above asks of a plan, and how that one answers: 已承接, 自加码, 弱化, 推迟, 未承接, 无法比较.

    `superior` is the target or task of the plan above; `answers` are the facts of the plan that speak of it, () where
    none does.
    """

    kind: Literal["coverage"] = "coverage"
    superior: AnyFact
    answers: tuple[AnyFact, ...] = ()
    verdict: Verdict
    why: Words


class Difference(Record):
    """What changed between two versions of a plan: `before` is None for what was added, `after` for what was removed.

    `what` says which side of a fact it is about ("role": who answers for a task); `fields` names what changed.
    """

    kind: Literal["difference"] = "difference"
    what: Literal["target", "task", "role", "deadline", "text"]
    verdict: Literal["added", "removed", "changed", "moved"]
    before: AnyFact | None = None
    after: AnyFact | None = None
    fields: tuple[str, ...] = ()
    why: Words


class Progress(Record):
    """One report on one task (台账): 未启动, 推进中, 已完成, 滞后, and how far it is. Reports are never overwritten.

    `done` is the share done, 0 to 1, None where nobody says; `note` what was done, `evidence` what proves it,
    `problems` what stands in the way, `next` the next step. `who` reported it and `when` (an ISO day); `bureau` is the
    id of the bureau that it was reported for, None where that is not known. `title`, `section` and `source` (its quote)
    are those of the task at the time, so that the report finds a task whose words changed. `kept` is when it came into
    the knowledge base (an ISO time with its zone), `batch` what came with it, `origin` the name of the file that it was
    read from; `withdrawn` is when it was taken back, None for one that stands.
    """

    kind: Literal["progress"] = "progress"
    id: str
    task: str
    plan: str
    section: tuple[str, ...]
    title: str
    source: str
    state: State
    done: float | None = Field(default=None, ge=0, le=1)
    note: str = ""
    evidence: str = ""
    problems: str = ""
    next: str = ""
    who: str
    when: str
    bureau: str | None = None
    kept: str
    batch: str
    origin: str | None = None
    withdrawn: str | None = None
