"""What a plan asks of all of a thing, and a plan of its place or below it of some, of a share, or leaves to them.

所有乡镇均建成观测站 / 在沿海乡镇建成观测站; 企业全部安装报警装置 / 报警装置安装率达到90%; 渔船必须配备 / 鼓励渔船配备.
Sentences are read from the texts. What a plan asks has a noun and what is done with it; an answer says most of both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from plankb import rules, times
from plankb.checks.compare import is_bound, placed
from plankb.checks.pieces import around
from plankb.checks.wording import of_targets
from plankb.in_force import comparable, years
from plankb.model import Conflict, Plan, Span, Target

_STOPS = "，。；：\t\n"
_CLAUSE = re.compile(f"[^{_STOPS}]+")
_SENTENCE_STOPS = "。；\n\t"
_SAME_NOUN, _SAME_DOING, _SHORTEST, _HEAD, _KIND, _SPECIAL = 0.8, 0.7, 3, 4, 3, 6
"""Shares of the pairs of characters of a noun and of what is done that an answer must say; pairs that tell a thing;
characters that a thing without a noun of its own begins with, and that tell a noun by its end; those that tell its kind
behind 仅, and how many more may stand before it."""
_RARE, _COMMON = 3, 60
"""How many of a request's rarest pairs of characters its answers are looked for by, and how common these may be."""
_FORMS = ("before", "behind", "covers", "whole_share", "ought")
_OPEN, _CLOSE = 0.5, 4
"""Share of the pairs of what ought to be done that a clause which leaves it open must say, and its last characters."""
_LEFT_OPEN = "E396?"
"""The kind of an answer that leaves open what ought to be done."""
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: whose it is, where it stands, the form it has (`asked.toml`), the noun that it is asked of ("" where
    unknown) and what is done."""

    plan: Plan
    span: Span
    form: str
    noun: str
    what: str


@dataclass(frozen=True, slots=True)
class _Answer:
    """A sentence that may ask for less: `kind` is the code that says how, `words` the clause that does."""

    plan: Plan
    span: Span
    kind: str
    words: str


def less_than_asked(
    plans: Mapping[str, Plan], texts: Mapping[str, str], known: Iterable[Conflict] = ()
) -> Iterator[Conflict]:
    """One conflict for each request that a plan bound by it answers with less; those that are `known` left out."""
    told = [{(fact.plan, getattr(fact, "span", (0, 0))) for fact in conflict.facts} for conflict in known]
    asked = [one for plan, text in texts.items() if plan in plans for one in requests(plans[plan], text)]
    answers = [one for plan, text in texts.items() if plan in plans for one in _answers(plans[plan], text)]
    by_pair: dict[str, list[_Answer]] = defaultdict(list)
    for answer in answers:
        for pair in pairs_of(answer.words):
            by_pair[pair].append(answer)
    own: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        own[one.plan.id].append(one)
    for one in asked:
        for answer in _candidates(one, by_pair):
            if not _is_less(one, answer, own[answer.plan.id], texts):
                continue
            facts = (as_target(one.plan, one.span, texts), as_target(answer.plan, answer.span, texts))
            whole, part = (placed(fact, plans[fact.plan]) for fact in facts)
            if is_bound(whole, part) and not any(_holds(each, facts) for each in told):
                yield of_targets("looser", "warning", (whole, part), answer.kind.removesuffix("?"))
                break


def _holds(told: set[tuple[str, Span]], facts: Sequence[Target]) -> bool:
    """Whether a known conflict has a fact at each of two sentences."""
    return all(
        any(plan == fact.plan and span[0] < fact.span[1] and fact.span[0] < span[1] for plan, span in told)
        for fact in facts
    )


def requests(plan: Plan, text: str) -> Iterator[Asked]:
    """What the sentences of a text ask of all of a thing, or without a choice."""
    seen: set[int] = set()
    for match in rules.one("asked", "mark").regex.finditer(text):
        span = around(text, match.span(), _STOPS)
        before = around(text, span, _SENTENCE_STOPS)[0]
        if span[0] in seen or rules.one("asked", "told").search(text[before : span[1]]):
            continue
        seen.add(span[0])
        words = _bare(text[slice(*span)])
        for form in _FORMS:
            if found := rules.one("asked", form).match(words):
                noun = rules.one("asked", "levels").sub(_bare(found.groupdict().get("noun") or ""))
                one = Asked(plan, span, form, noun, rules.one("asked", "tail").sub(found["what"]))
                if len(pairs_of(one.noun + one.what)) >= _SHORTEST:
                    yield one
                break


def _bare(words: str) -> str:
    return rules.one("asked", "lead").sub(words.strip())


def _answers(plan: Plan, text: str) -> Iterator[_Answer]:
    """Clauses that narrow, give a share or leave it open; each with its clause's words."""
    for form, code in (("narrows", "E454"), ("only", "E454"), ("share", "E395")):
        for match in rules.one("asked", form).regex.finditer(text):
            span = around(text, match.span(), _STOPS)
            yield _Answer(plan, span, code, text[slice(*span)])
    for clause in _CLAUSE.finditer(text):
        words = _bare(clause.group())
        if rules.one("asked", "may").match(words):
            yield _Answer(plan, clause.span(), "E396", words)
        elif rules.one("asked", "may_inside").match(words):
            yield _Answer(plan, clause.span(), _LEFT_OPEN, words)


@lru_cache(maxsize=100_000)
def pairs_of(words: str) -> frozenset[str]:
    """The pairs of characters that follow one another, signs and 的 left out."""
    plain = rules.one("asked", "no_words").sub(_BRACKETS.sub("", words))
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def _candidates(one: Asked, by_pair: Mapping[str, Sequence[_Answer]]) -> list[_Answer]:
    """The answers of other plans that share one of the rarest pairs of characters with what is done."""
    rare = [pair for pair in pairs_of(one.what) if 0 < len(by_pair.get(pair, ())) <= _COMMON]
    others = ((sum(answer.plan.id != one.plan.id for answer in by_pair[pair]), pair) for pair in rare)
    common = sorted(each for each in others if each[0])
    found: dict[tuple[str, Span, str], _Answer] = {}
    for _, pair in common[:_RARE]:
        for answer in by_pair[pair]:
            if answer.plan.id != one.plan.id and comparable(answer.plan, one.plan):
                found.setdefault((answer.plan.id, answer.span, answer.kind), answer)
    return [*found.values()]


def share_said(asked: str, words: str) -> float:
    """The share (0..1) of the pairs of characters of what is asked that some words say; 1 where it has none."""
    pairs = pairs_of(asked)
    return len(pairs & pairs_of(words)) / len(pairs) if pairs else 1.0


def _is_less(one: Asked, answer: _Answer, own: Sequence[Asked], texts: Mapping[str, str]) -> bool:
    """Whether an answer is one to the request, asks for less, and its plan asks for all nowhere else."""
    text = texts[answer.plan.id]
    sentence = text[slice(*around(text, answer.span, _SENTENCE_STOPS))]
    clause = answer.words
    if rules.one("asked", "told").search(sentence) or (answer.kind == "E395" and one.form == "whole_share"):
        return False  # shares are set against shares elsewhere
    if answer.kind == _LEFT_OPEN:
        return _is_left_open(one, clause) and not _own(one, own)
    later = _year(one.plan, one.span, texts[one.plan.id]) <= _year(answer.plan, answer.span, text)
    if share_said(one.what, clause) < _SAME_DOING or (one.noun and share_said(one.noun, clause) < _SAME_NOUN):
        part = answer.kind == "E454" and later and not _own(one, own)
        return part and _is_part_of_one_noun(one, clause)
    if answer.kind == "E454" and not _narrowed(one, clause):
        return False
    return later and not _own(one, own)


def _is_left_open(one: Asked, clause: str) -> bool:
    """Whether a clause says of the request's noun that the same may be done, ending in the same thing."""
    same = clause.endswith(one.what[-_CLOSE:]) and share_said(one.what, clause) >= _OPEN
    return bool(one.noun) and same and share_said(one.noun, clause) >= _SAME_NOUN


def _is_part_of_one_noun(one: Asked, clause: str) -> bool:
    """Whether a clause narrows the noun's last words (沿海乡镇 of 乡镇（街道）) and says what is done."""
    return bool(one.noun) and share_said(one.what, clause) >= _SAME_DOING and _narrowed(one, clause)


def _narrowed(one: Asked, clause: str) -> bool:
    """Whether a narrowing word stands right before the noun of the request, or near its last characters."""
    noun = _BRACKETS.sub("", one.noun) or one.what[:_HEAD]
    only = rules.one("asked", "only").search(clause)
    if only and noun and noun[-_KIND:] in clause[only.end() :][: len(noun) + _SPECIAL]:
        return True  # 仅在3个中心水厂 of 所有乡镇水厂
    for match in rules.one("asked", "narrows").regex.finditer(clause):
        rest = clause[match.end() :]
        if (
            noun
            and match.group().rstrip("的") not in noun
            and (rest.startswith(noun) or noun[-_HEAD:] in rest[: len(noun) + 2])
        ):
            return True
    return False


def _own(one: Asked, own: Sequence[Asked]) -> bool:
    """Whether the answering plan asks the same of all as well."""
    return any(
        not _narrowed(one, other.noun + other.what)
        and share_said(one.what, other.noun + other.what) >= _SAME_DOING
        and (not one.noun or share_said(one.noun, other.noun + other.what) >= _SAME_DOING)
        for other in own
    )


def _year(plan: Plan, span: Span, text: str) -> int:
    """The year that the sentence of a span names last before its end; that in which its plan ends without one."""
    start, _ = around(text, span, _SENTENCE_STOPS)
    found = [time.last for time in times.find(text[start : span[1]]) if time.last and not time.past and not time.base]
    period = years(plan)
    return found[-1] if found else period[1] if period else 0


def as_target(plan: Plan, span: Span, texts: Mapping[str, str]) -> Target:
    """A request or an answer as a target whose words are the clause."""
    words = texts[plan.id][slice(*span)]
    return Target(
        id=f"{plan.id}-asked{span[0]}", plan=plan.id, section=(), quote=words, span=span, indicator=words,
        indicator_id=words, qualitative=words,
    )  # fmt: skip
