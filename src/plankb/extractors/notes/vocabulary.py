"""The words of responsibility notes (`rules/roles.toml`), ready to match, and what they say of a piece of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial
from typing import Literal, cast

from plankb import register, rules
from plankb.model import Span
from plankb.register import is_function
from plankb.register.listed import is_collective, is_name

Part = Literal["lead", "support", "answer", "none"]
"""What a note says of a name; "answer" is joint, or support beside a lead; "none" is named without a role."""

pattern = partial(rules.pattern, "roles")
"""The pattern of a section of the rules that has one entry."""
_LONGEST_COLLECTIVE, _LONGEST_DUTY = 12, 40


@cache
def labels() -> re.Pattern[str]:
    """A label before a list of names: with a colon (责任单位：), or in brackets of its own (【责任单位】)."""
    one, before = rules.union("roles", "label").pattern, pattern("before_label").pattern
    boxed = f"(?:{pattern('box_open').pattern})(?:{before})?(?P<boxed>{one})(?:{pattern('box_close').pattern})"
    return re.compile(f"{boxed}|(?:{before})?(?P<label>{one})(?:{pattern('behind_label').pattern})")


@cache
def bare_labels() -> re.Pattern[str]:
    """A label that the names follow at once (牵头单位市教育局)."""
    one, before = rules.union("roles", "label").pattern, pattern("before_label").pattern
    return re.compile(f"(?:{before})?(?P<label>{one}){pattern('behind_bare_label').pattern}")


@cache
def _verbs() -> tuple[tuple[re.Pattern[str], Part], ...]:
    """The verbs behind a list of names, each with the part it gives."""
    before = pattern("before_verb").pattern + pattern("manner").pattern
    found = rules.many("roles", "verb")
    return tuple((re.compile(f"{before}(?:{verb.expression})$"), cast(Part, verb.means)) for verb in found)


@cache
def _verbs_with_object() -> tuple[tuple[re.Pattern[str], Part], ...]:
    """The verbs that take an object with them, which a known body must stand before."""
    manner, behind = pattern("manner").pattern, pattern("verb_object").pattern
    found = rules.many("roles", "verb_with_object")
    return tuple((re.compile(f"{manner}{verb.expression}{behind}$"), cast(Part, verb.means)) for verb in found)


@cache
def _duties() -> tuple[tuple[re.Pattern[str], Part], ...]:
    """What else a body does, with what it does it to, which a body must stand before (市财政局监管资金使用)."""
    before = pattern("before_verb").pattern + pattern("manner").pattern
    behind = pattern("duty_object").pattern
    found = rules.many("roles", "duty")
    return tuple(
        (re.compile(f"{before}{duty.expression}(?P<object>{behind})$"), cast(Part, duty.means)) for duty in found
    )


@cache
def _ends_in_verb() -> re.Pattern[str]:
    """What every piece has that ends in a verb of either kind: most have not, and are looked at no further."""
    behind = pattern("verb_object").pattern
    plain = "|".join(f"(?:{verb.expression})" for verb in rules.many("roles", "verb"))
    taking = "|".join(f"(?:{verb.expression})" for verb in rules.many("roles", "verb_with_object"))
    duties = "|".join(f"(?:{duty.expression})" for duty in rules.many("roles", "duty"))
    return re.compile(f"(?:{plain}|(?:{taking}){behind}|(?:{duties}){pattern('duty_object').pattern})$")


def role_of_label(match: re.Match[str]) -> str:
    """What a label means: a part, "person", "time" or "other"."""
    label = match.groupdict().get("boxed") or match["label"]
    return next(rule.means for rule in rules.many("roles", "label") if rule.fullmatch(label))


def labels_in(text: str, span: Span) -> list[re.Match[str]]:
    """The labels of a note in order; those without a colon count where the note starts with one (牵头单位市教育局)."""
    found = list(labels().finditer(text, *span))
    if found or bare_labels().match(text, *span) is None:
        return found
    return list(bare_labels().finditer(text, *span))


def tells_who_leads(words: str) -> bool:
    """Whether words are a remark on which of the named bodies lead (排在第一位的为牵头单位)."""
    return any(pattern(kind).search(words) for kind in ("first_leads", "comma_leads", "star_leads"))


def marked_part(name: str) -> tuple[int, Part] | None:
    """Where the mark behind a name starts, and the part it gives (市教育局（牵头）); None where there is none."""
    marks = ((rule, rule.search(name)) for rule in rules.many("roles", "marked"))
    return next(((match.start(), cast(Part, rule.means)) for rule, match in marks if match), None)


def split_verb(text: str, piece: Span) -> tuple[Span, Part | None]:
    """A piece without its verb, and the part that the verb gives; None when it ends in a name."""
    words = text[slice(*piece)]
    if not _ends_in_verb().search(words):
        return piece, None
    plain = _first(_verbs(), words)
    if plain and (is_name(words[: plain[0]]) or not words[: plain[0]]):
        return (piece[0], piece[0] + plain[0]), plain[1]
    for verb, role in _verbs_with_object():
        match = verb.search(words)
        before = words[: match.start()] if match else ""
        if match and (is_function(before) or (is_collective(before) and len(before) <= _LONGEST_COLLECTIVE)):
            return (piece[0], piece[0] + match.start()), role
    return _split_duty(piece, words) or (((piece[0], piece[0] + plain[0]), plain[1]) if plain else (piece, None))


def _split_duty(piece: Span, words: str) -> tuple[Span, Part] | None:
    """A piece without its duty, where all before that is a body; None where it has none, or may be a name with the
    words of a duty in it (市民政局服务站)."""
    if len(words) > _LONGEST_DUTY or is_function(words):
        return None
    starts, named = range(2, len(words) - 1), is_name(words)
    bodies = [
        at for at in reversed(starts) if is_function(words[:at]) or (is_collective(words[:at]) and is_name(words[:at]))
    ]
    bodies += [at for at in starts if is_name(words[:at]) and register.has_prefix(words[:at])]
    for at in bodies:
        for duty, role in _duties():
            match = duty.match(words, at)
            if match and not (named and match["object"]):
                return (piece[0], piece[0] + at), role
    return None


def _first(verbs: Iterable[tuple[re.Pattern[str], Part]], words: str) -> tuple[int, Part] | None:
    """Where the first verb that ends a piece starts, and its part."""
    return next(((match.start(), role) for verb, role in verbs if (match := verb.search(words))), None)
