"""What a term means and what counts into a measure: 本方案所称X，是指…20米以上; 景观用水不计入定额."""

from __future__ import annotations

from collections.abc import Iterator

from plankb import quantities, rules
from plankb.checks.propositions.pairing import Pair, cover
from plankb.checks.propositions.said import Said, pairs_of, passages
from plankb.model import Plan, Severity

_ALIKE = 0.5


def counted(plan: Plan, text: str) -> Iterator[Said[bool]]:
    """What counts into something, and what does not."""
    for passage, match in passages(plan, text, rules.pattern("propositions", "counts_in")):
        words = passage.words
        subject = words.replace(match.group("does"), "，")
        yield passage.said(not match["not"], words, subject)


def unlike_counted(pair: Pair[bool]) -> Severity | None:
    """Whether the same counts in one plan and not in the other."""
    like = pair.likeness
    alike = like.many > 1 and like.one
    return "warning" if pair.first.value != pair.second.value and alike else None


def defined(plan: Plan, text: str) -> Iterator[Said[str]]:
    """The terms of a text with what they mean; the subject is the term."""
    for form in ("meaning", "meaning_by"):
        for _, match in passages(plan, text, rules.pattern("propositions", form)):
            pairs = pairs_of(match["term"])
            yield Said(plan, match.span(), pairs, pairs, match["body"], match["body"], match["term"])


def unlike_defined(pair: Pair[str]) -> Severity | None:
    """Whether one term is explained alike but for a figure, or means others by age, grade or home."""
    if pair.first.words.strip("“”") != pair.second.words.strip("“”"):
        return None
    if _other_people(pair.first.value, pair.second.value):
        return "warning"
    bodies = pairs_of(pair.first.value), pairs_of(pair.second.value)
    alike = max(cover(*bodies), cover(*reversed(bodies))) >= _ALIKE
    return "warning" if alike and _other_figure(pair.first.value, pair.second.value) else None


def _other_people(first: str, second: str) -> bool:
    """Whether two explanations that both name an age, a lowest grade or a home name another."""
    age = rules.pattern("propositions", "age_meant")
    for one, other in (
        (age.findall(first), age.findall(second)),
        (_named("grade_meant", first)[:1], _named("grade_meant", second)[:1]),
        (_named("home_meant", first), _named("home_meant", second)),
    ):
        if one and other and set(one).isdisjoint(other):
            return True
    return False


def _named(kind: str, words: str) -> list[str]:
    """The `means` of the forms of a kind that some words hold, in their order in the rules: the lowest grade first."""
    return [form.means for form in rules.many("propositions", kind) if form.search(words)]


def _other_figure(first: str, second: str) -> bool:
    """Whether two explanations have other figures of one unit."""
    one, other = ({(q.unit, float(q.value)) for q in quantities.find(words)} for words in (first, second))
    units = {unit for unit, _ in one} & {unit for unit, _ in other}
    return any({q for q in one if q[0] == unit}.isdisjoint({q for q in other if q[0] == unit}) for unit in units)
