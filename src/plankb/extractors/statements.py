"""Numbers that say what an indicator shall reach: for each quantity of a clause its indicator, operator and change.

Four shapes of the language are told apart:
  predicate     森林覆盖率达到64%, 能耗降低18%, 比例不低于30%
  after a noun  新建甲醇加注站10座, 名校长100名
  before a noun 培养100名优秀企业家
  share of      90%以上的机关达到创建要求
A number of another shape describes a noun or belongs to a name, and is no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from plankb import quantities, rules
from plankb.extractors import phrases
from plankb.extractors.clauses import Clause
from plankb.model import Baseline, Change, Operator, Span
from plankb.quantities import Quantity
from plankb.times import Time

_SHARES = ("%", "％", "‰", "个百分点", "百分点")
_GOAL_NOUN = re.compile(
    r"的?(?:总体|预期|约束性)?(?:目标|要求|任务|水平|标准|节能要求)(?:要求|任务)?(?=$|[，。；、）”])"
)
_JOINT = re.compile(r"(?:、|和|及|与|以及|，|并)\s*\Z")
_BASELINE = re.compile(r"(?:由|从)[^，。；]{0,14}\Z")
_BASE = re.compile(
    r"(?:(?:同比|较|比|相较于?|相比于?|与|在)[^，。；]{0,16}(?:年|上年|去年|期|现有|现状|目前)[^，。；]{0,10}?(?:相比|水平上?|基础上|基础|年)?(?:的)?|(?:较|比)(?:上年|现状|目前))\Z"
)
_DETACHED = re.compile(r"(至少|最少|不少于)(?=[^，。；]{1,10}\Z)|(最多|不超过)(?=[^，。；]{1,6}\Z)")
_AFTER_NOUN_END = re.compile(r"(?:等|的目标|目标|任务)?(?=$|[，。；、：:）)”]|和|及|与|以及|以上|左右|，)")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a quantity says. `pieces` are the spans that make the indicator phrase, () when it is elided; `start` is
    where the quotation begins. `group` counts the values of a 分别 list, 1 for a value alone."""

    quantity: Quantity
    pieces: tuple[Span, ...]
    start: int
    op: Operator
    change: Change | None = None
    base_year: str | None = None
    baseline: Baseline | None = None
    group: tuple[int, int] = (0, 1)
    shape: str = "predicate"
    prefix: str = ""
    suffix: str = ""


@cache
def _predicates(kind: str) -> tuple[tuple[re.Pattern[str], Change | None], ...]:
    filler = rules.load("operators")["filler"]["pattern"]
    return tuple(
        (re.compile(rf"(?:{entry['pattern']})(?:{filler})*\Z"), entry.get("direction"))
        for entry in rules.load("changes")[kind]
    )


@cache
def _signs(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry['pattern']})" for entry in rules.load("past")[kind]))


@cache
def _strong_verbs() -> re.Pattern[str]:
    verbs = rules.load("changes")["verbs"]
    words = "|".join(sorted(verbs["strong"], key=len, reverse=True))
    return re.compile(rf"(?:{words})了?\Z")


@cache
def _weak_verbs() -> re.Pattern[str]:
    words = "|".join(sorted(rules.load("changes")["verbs"]["make"], key=len, reverse=True))
    return re.compile(rf"(?:{words})\Z")


def told_as_past(clause: str) -> bool:
    """Whether a clause tells what has been or is."""
    return bool(_signs("told").search(clause))


class ClauseReader:
    """Reads the statements of one clause; `mentions` are its times with spans in the whole text."""

    def __init__(self, text: str, clause: Clause, values: tuple[Quantity, ...], mentions: tuple[Time, ...]) -> None:
        self._text = text
        self._clause = clause
        self._values = values
        self._mentions = mentions
        self.rejected: list[Quantity] = []

    def read(self) -> list[Statement]:
        """The statements in order; quantities that are none are kept in `rejected`."""
        found: list[Statement] = []
        edge = self._clause.span[0]
        index = 0
        while index < len(self._values):
            run = self._run(index)
            statements, edge_after = self._group(edge, run) if len(run) > 1 else self._single(edge, index)
            if not statements:
                self.rejected += run if len(run) == 1 else []
            if statements or len(run) == 1:
                found += statements
                index += len(run)
                edge = edge_after if statements else edge
                continue
            single, edge_after = self._single(edge, index)
            found += single
            self.rejected += [] if single else [self._values[index]]
            edge = edge_after if single else edge
            index += 1
        return found

    def _run(self, index: int) -> list[Quantity]:
        """Quantities that follow one another with nothing but a joint between: the values of a 分别 list."""
        run = [self._values[index]]
        for quantity in self._values[index + 1 :]:
            between = self._text[run[-1].span[1] : quantity.span[0]]
            if not re.fullmatch(r"(?:、|和|及|与|以及)(?:不低于|不少于|超过)?", between):
                break
            run.append(quantity)
        return run

    def _group(self, edge: int, run: list[Quantity]) -> tuple[list[Statement], int]:
        first, end = self._single_at(edge, run[0], self._values.index(run[0]), listed=True)
        if first is None or first.shape != "predicate":
            return [], edge
        size = len(run)
        group = [replace(first, group=(0, size))]
        group += [
            replace(first, quantity=quantity, op=self._op(quantity), group=(index, size))
            for index, quantity in enumerate(run[1:], 1)
        ]
        return group, max(end, run[-1].span[1])

    def _single(self, edge: int, index: int) -> tuple[list[Statement], int]:
        statement, end = self._single_at(edge, self._values[index], index, listed=False)
        return ([statement] if statement else []), end

    def _single_at(self, edge: int, quantity: Quantity, index: int, *, listed: bool) -> tuple[Statement | None, int]:
        if self._is_baseline(index):
            return None, edge
        left = self._text[edge : quantity.span[0]]
        right = self._right(index)
        if _signs("describes").match(right) or _signs("belongs").search(left):
            return None, edge
        statement = self._predicate(edge, quantity, left, right, listed=listed)
        if statement is None and not listed:
            statement = (
                self._share_of(edge, quantity, left, right)
                or self._before_noun(edge, quantity, right)
                or self._after_noun(edge, quantity, right)
            )
        if statement is None:
            return None, edge
        end = max([quantity.span[1], *(piece[1] for piece in statement.pieces)])
        return statement, end

    def _right(self, index: int) -> str:
        """What follows a quantity, up to the next one's own words or the end of the clause."""
        start = self._values[index].span[1]
        if index + 1 == len(self._values):
            return self._text[start : self._clause.span[1]]
        stop = self._values[index + 1].span[0]
        between = self._text[start:stop]
        joints = [match.start() for match in re.finditer(r"、|和|及|，|与", between)]
        return between[: joints[-1]] if joints else between

    def _is_baseline(self, index: int) -> bool:
        """Whether a quantity is the 由A of 由A提高到B."""
        if index + 1 >= len(self._values):
            return False
        quantity, following = self._values[index], self._values[index + 1]
        left = self._text[self._clause.span[0] : quantity.span[0]]
        between = self._text[quantity.span[1] : following.span[0]]
        leads = _BASELINE.search(left) and any(p.search(between) for p, _ in _predicates("level"))
        based = re.search(r"(?:在|较|比)[^，。；]{0,12}\Z", left) and re.match(r"的?基础上", between)
        return bool((leads and len(between) <= 10) or based)

    # The four shapes.

    def _predicate(self, edge: int, quantity: Quantity, left: str, right: str, *, listed: bool) -> Statement | None:
        found = self._predicate_at(left)
        if found is None and quantity.span[0] < quantity.core[0]:
            found = len(left), None
        if found is None:
            return None
        if right.startswith("的") and not _GOAL_NOUN.match(right) and not listed:
            return None
        at, change = found
        end = edge + at
        end, baseline = self._cut_baseline(edge, end)
        end, base_year = self._cut_base(edge, end)
        phrase = phrases.tidy(self._text, edge, end)
        noun = self._noun_after(quantity, right) if not listed else None
        if noun is None and not listed and not _ends_here(right):
            return None
        if noun and change is None and quantity.unit not in _SHARES:
            return None
        pieces = tuple(piece for piece in (phrase, noun) if piece and piece[0] < piece[1])
        start = pieces[0][0] if pieces else self._value_start(edge, quantity)
        suffix = self._yearly(edge, at, change)
        return Statement(
            quantity, pieces, start, self._op(quantity), change, base_year, baseline, suffix=suffix,
        )  # fmt: skip

    def _yearly(self, edge: int, at: int, change: Change | None) -> str:
        """年均增长 belongs to the indicator: a yearly change is another measure than one by the end."""
        window = self._text[max(edge, edge + at - 3) : edge + at + 4]
        match = re.search(r"年均(增长|提高|提升|降低|下降|减少|增加)", window)
        return match.group() if match and change else ""

    def _share_of(self, edge: int, quantity: Quantity, left: str, right: str) -> Statement | None:
        """90%以上的机关达到要求: the share of those that do."""
        if quantity.unit not in ("%", "％") or not right.startswith("的"):
            return None
        noun_start = quantity.span[1] + 1
        noun_end = quantity.span[1] + len(right)
        if right[1:].startswith("比例") or phrases.tidy(self._text, edge, quantity.span[0])[0] < self._lead_end(
            edge, quantity
        ):
            return self._having(edge, quantity, left, right)
        clause = self._text[noun_start:noun_end]
        verb = re.search(rules.load("changes")["verbs"]["state"], clause[2:])
        if not verb:
            return None
        at = noun_start + 2 + verb.start()
        return Statement(
            quantity,
            ((at, noun_end), (noun_start, at)),
            quantity.span[0],
            self._op(quantity),
            shape="share",
            suffix="比例",
        )

    def _lead_end(self, edge: int, quantity: Quantity) -> int:
        """Where the phrase before a share would have to be empty to."""
        start, end = phrases.tidy(self._text, edge, quantity.span[0])
        return quantity.span[0] if start < end else -1

    def _having(self, edge: int, quantity: Quantity, left: str, right: str) -> Statement | None:
        """需求侧具备3%左右的尖峰负荷响应能力."""
        verb = re.search(r"(?:具备|形成|拥有|完成|建立)\Z", left)
        if not verb or not phrases_head(right):
            verb = re.search(r"(?:完成)", left)
            if not (verb and _GOAL_NOUN.search(right)):
                return None
        subject = phrases.tidy(self._text, edge, edge + verb.start())
        rest = (edge + verb.end(), quantity.span[0])
        noun = (quantity.span[1] + 1, quantity.span[1] + len(right))
        pieces = tuple(piece for piece in (subject, rest, noun) if piece[0] < piece[1])
        return Statement(quantity, pieces, pieces[0][0], self._op(quantity), shape="having")

    def _before_noun(self, edge: int, quantity: Quantity, right: str) -> Statement | None:
        """培养100名优秀企业家: the verb, then the noun after the number."""
        if quantity.unit in _SHARES or not right or _AFTER_NOUN_END.match(right):
            return None
        if quantity.small and quantity.value < 2:
            return None
        phrase = phrases.tidy(self._text, edge, quantity.span[0], drop_change=False)
        phrase_text = self._text[phrase[0] : phrase[1]]
        counter = quantities.split_unit(quantity.unit)[1] in counters()
        if phrase_text:
            verbs = _strong_verbs() if quantity.small or not counter else _weak_verbs()
            if not verbs.search(re.sub(r"(?:至少|最少|不少于|超过|约)\Z", "", phrase_text)):
                return None
        elif not counter:
            return None
        noun_start = quantity.span[1] + (1 if right.startswith("的") else 0)
        noun = phrases.tidy(self._text, noun_start, quantity.span[1] + len(right), drop_change=False)
        if noun[0] >= noun[1] or (right.startswith("的") and quantity.op == "="):
            return None
        pieces = tuple(piece for piece in (self._without_detached(phrase), noun) if piece[0] < piece[1])
        start = phrase[0] if phrase_text else quantity.span[0]
        return Statement(quantity, pieces, start, self._op(quantity), shape="before")

    def _after_noun(self, edge: int, quantity: Quantity, right: str) -> Statement | None:
        """新建甲醇加注站10座, 名校长100名, 安装率100%."""
        if not _AFTER_NOUN_END.match(right) or quantity.small:
            return None
        phrase = phrases.tidy(self._text, edge, quantity.span[0], drop_change=False)
        if phrase[0] >= phrase[1]:
            return None
        words = self._text[phrase[0] : phrase[1]]
        made = phrases.make_verbs().match(words)
        headed = phrases_head(words)
        listed = edge > self._clause.span[0]
        if not (made or headed or listed) or (quantity.unit in _SHARES and not headed):
            return None
        return Statement(quantity, (self._without_detached(phrase),), phrase[0], self._op(quantity), shape="after")

    # Pieces.

    def _predicate_at(self, left: str) -> tuple[int, Change | None] | None:
        """(offset of the predicate in `left`, its change)."""
        best: tuple[int, Change | None] | None = None
        for kind in ("level", "change"):
            for pattern, change in _predicates(kind):
                match = pattern.search(left)
                if match and (best is None or match.start() < best[0]):
                    best = match.start(), change
        return best

    def _noun_after(self, quantity: Quantity, right: str) -> Span | None:
        """达到83%节能要求: the noun after the value completes the indicator; None when there is none."""
        match = re.match(r"[^，。；、的]{0,6}(?:要求)(?=$|[，。；])", right)
        return (quantity.span[1], quantity.span[1] + match.end()) if match and match.end() > 2 else None

    def _cut_baseline(self, edge: int, end: int) -> tuple[int, Baseline | None]:
        for quantity in self._values:
            if edge <= quantity.span[0] and quantity.span[1] <= end and self._is_baseline(self._values.index(quantity)):
                lead = re.search(r"(?:由|从|在|较|比)[^，。；]{0,14}\Z", self._text[edge : quantity.span[0]])
                if lead:
                    years = [
                        t for t in self._mentions if edge + lead.start() <= t.span[0] and t.span[1] <= quantity.span[1]
                    ]
                    year = str(years[-1].first) if years and years[-1].first else None
                    return edge + lead.start(), Baseline(value=quantity.value, year=year)
        return end, None

    def _cut_base(self, edge: int, end: int) -> tuple[int, str | None]:
        match = _BASE.search(self._text[edge:end])
        if not match:
            return end, None
        years = [t for t in self._mentions if t.first and edge + match.start() <= t.span[1] and t.span[1] <= end]
        return edge + match.start(), str(years[-1].first) if years else None

    def _without_detached(self, phrase: Span) -> Span:
        """Without an operator word at the end (每个街道至少设置1个 keeps it inside; see `indicator`)."""
        return phrase

    def _op(self, quantity: Quantity) -> Operator:
        if quantity.op != "=":
            return quantity.op
        left = self._text[self._clause.span[0] : quantity.span[0]]
        match = _DETACHED.search(left)
        return quantity.op if not match else ">=" if match[1] else "<="

    def _value_start(self, edge: int, quantity: Quantity) -> int:
        start, end = phrases.strip_times(self._text, edge, quantity.span[0])
        return min(start, end)


def _ends_here(right: str) -> bool:
    """Whether a statement ends with its value."""
    return bool(not right or _GOAL_NOUN.match(right) or _AFTER_NOUN_END.match(right) or right[0] in "，。；、）)”（(")


@cache
def counters() -> frozenset[str]:
    """Units that count things."""
    return frozenset(name for entry in rules.load("units")["counter"] for name in entry["names"])


def phrases_head(phrase: str) -> bool:
    """Whether a phrase ends in the head word of an indicator."""
    from plankb.extractors.coordination import head_pattern

    return bool(head_pattern().search(phrase))


def usable(text: str, clause: Clause, mentions: Iterable[Time]) -> tuple[Quantity, ...]:
    """The quantities of a clause that may say something: outside brackets, names in quotation marks and times."""
    start, end = clause.span
    masked = _masked(text[start:end])
    times_at = [time.span for time in mentions]
    found = []
    for quantity in quantities.find(masked):
        shifted = replace(
            quantity,
            span=(start + quantity.span[0], start + quantity.span[1]),
            core=(start + quantity.core[0], start + quantity.core[1]),
        )
        if not any(a < shifted.core[1] and shifted.core[0] < b for a, b in times_at):
            found.append(shifted)
    return tuple(found)


_HIDDEN = re.compile(r"（[^（）]*）|\([^()]*\)|《[^》]*》|〔[^〕]*〕|［[^］]*］|“[^”，。；]{1,14}”|‘[^’]*’")


def _masked(clause: str) -> str:
    """The clause with what stands in brackets and names blotted out, at its length."""
    return _HIDDEN.sub(lambda match: match.group()[0] + "□" * (len(match.group()) - 2) + match.group()[-1], clause)
