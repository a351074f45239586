"""Which role a question asks for, of which bureau: 市交委牵头、市商务局配合; tasks led by A and supported by B."""

from __future__ import annotations

import re
from dataclasses import replace

from plankb import rules
from plankb.late import dataclass
from plankb.model import ROLES, Role, Span
from plankb.query.model import Who
from plankb.query.recognise.bureaus import BureauMention
from plankb.query.recognise.mentions import Mentions
from plankb.query.vocabulary import Vocabulary
from plankb.rules.lazy import LazyPattern

_WITH = LazyPattern(r"(?:^|[^\u4e00-\u9fff])(?:与|和|跟|同)\s*$")
_WORDS = ("与", "和", "跟", "同")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """Who takes part. `role` is that of the bureaus asked for, or of any bureau where none is named."""

    who: tuple[Who, ...]
    role: Role | None
    together: bool


@dataclass(frozen=True, slots=True)
class _RoleWord:
    role: Role | None
    span: Span
    asks: bool
    without: Role | None = None


def participants(mentions: Mentions, vocabulary: Vocabulary) -> Participants:
    """The bureaus of a question with their roles."""
    words = _jointly(_role_words(mentions), mentions)
    counts = sum(word.value == "count" for word in mentions.keywords)
    if counts > 1 and len({word.role for word in words}) > 1 and len(mentions.bureaus) == 1:
        words = []  # 牵头几项，配合几项: each role is counted in the answer
    asking = [word for word in words if word.asks]
    free = [word for word in words if not word.asks]
    together = any(word.slot == "together" for word in mentions.keywords)
    barred = _barred(mentions)
    denied = [word.role for word in mentions.keywords if word.slot == "not_role"] + [word.without for word in free]
    without: Role | None = next((role for role in denied if role and not barred), None)
    sole = any(word.slot == "sole" for word in mentions.keywords)
    who = tuple(
        replace(
            _who(mention, _role_of(mention, mentions, free), vocabulary),
            excluded=mention.span in mentions.excluded,
            without=without,
            sole=sole,
        )
        for mention in mentions.bureaus
    )
    who = tuple(
        replace(one, excluded=True, role=barred[mention.span], sole=False) if mention.span in barred else one
        for one, mention in zip(who, mentions.bureaus, strict=True)
    )
    who = tuple(one for at, one in enumerate(who) if not any(_is_same(one, other) for other in who[:at]))
    asked = {word.role for word in asking}
    role = asked.pop() if len(asked) == 1 else None
    if not who and not asking and free:
        role = free[0].role
    elif who and together and not asking:
        role = next((one.role for one in who if one.role), None)
    together = together or sole  # A和B牵头、没有别的单位: the only ones can only be both
    return Participants(who=who, role=role, together=(together and len(who) > 1) or _each_has_own_role(who))


def _is_same(who: Who, other: Who) -> bool:
    """Whether a bureau is named a second time (市水务局，…由市水务局牵头的)."""
    return bool(who.ids) and (who.ids, who.role, who.excluded) == (other.ids, other.role, other.excluded)


def _barred(mentions: Mentions) -> dict[Span, Role | None]:
    """The bureaus beside another one that must not have a role (A牵头但B不牵头): span to that role, None for any."""
    found: dict[Span, Role | None] = {}
    for word in mentions.keywords:
        if word.slot != "not_role":
            continue
        after = [mention.span for mention in mentions.bureaus if mention.span[0] >= word.span[1]]
        if after and _is_denied_by(mentions.text[slice(*word.span)]):  # not supported by the forestry bureau
            joined = rules.one("question_forms", "bodies_joined")
            for last, span in zip((word.span, *after), after, strict=False):
                if last is not word.span and not joined.fullmatch(mentions.text[last[1] : span[0]]):
                    break
                found[span] = word.role
            continue
        if len(mentions.bureaus) < 2:
            continue
        before = [mention.span for mention in mentions.bureaus if mention.span[1] <= word.span[0]]
        own = [other for other in mentions.keywords if before and before[-1][1] <= other.span[0] < word.span[0]]
        if before and not any(other.slot == "role" for other in own):
            found[before[-1]] = word.role
    return found


def _is_denied_by(word: str) -> bool:
    """Whether a word denies a role of the bureau that it stands before."""
    return word.isascii() and word.lower().endswith((" by", " with", " involving"))


def _role_words(mentions: Mentions) -> list[_RoleWord]:
    """The words for roles, in order; two that are joined (牵头或配合) are one word for any role but the third."""
    found: list[_RoleWord] = []
    for word in mentions.keywords:
        if word.slot != "role":
            continue
        role = word.role
        asks = ("asked", "bureaus") in word.also
        last = found[-1] if found else None
        between = mentions.text[last.span[1] : word.span[0]] if last and not (last.asks or asks) else None
        if last and between is not None and rules.one("question_forms", "roles_joined").fullmatch(between):
            third = set(ROLES) - {last.role, role}
            without = third.pop() if len(third) == 1 else None
            found[-1] = _RoleWord(None, (last.span[0], word.span[1]), asks=False, without=without)
        else:
            found.append(_RoleWord(role, word.span, asks))
    return found


def _jointly(words: list[_RoleWord], mentions: Mentions) -> list[_RoleWord]:
    """Of one bureau 共同负责 and 按职责分工由…负责 mean the joint role; the word for any role says no more.

    都 of one bureau (省国资委都参与了哪些工作) speaks of the tasks and says nothing of the bureau.
    """
    said = [mentions.text[slice(*word.span)] for word in mentions.keywords if word.slot == "together"]
    together = any(word not in ("都", "均") for word in said) and not _with_others(mentions)
    if any(word.role == "joint" for word in words) or (together and len(mentions.bureaus) == 1):
        return [replace(word, role="joint") if word.role is None and not word.asks else word for word in words]
    return words


def _with_others(mentions: Mentions) -> bool:
    """Whether others are asked for that work with the bureau named (与市交委共同承担任务的单位, 谁跟市交委一起做)."""
    asks = any(value == "bureaus" for word in mentions.keywords for _, value in word.meanings())
    said = [mentions.text[: mention.span[0]] for mention in mentions.bureaus]
    after = [mentions.text[mention.span[1] :] for mention in mentions.bureaus]
    return any(_WITH.search(before) or (asks and before.endswith(_WORDS)) for before in said) or (
        asks and any(rules.one("question_forms", "with_whom").match(rest) for rest in after)
    )


def _role_of(mention: BureauMention, mentions: Mentions, words: list[_RoleWord]) -> Role | None:
    """The role word that follows a bureau, over the other bureaus of its list; else the one before it."""
    after = [word for word in words if word.span[0] >= mention.span[1]]
    before = [word for word in words if word.span[1] <= mention.span[0]]
    english = bool(re.search(r"[A-Za-z]{3}", mentions.text))
    if before and (not after or english) and _led_by(mentions.text[before[-1].span[0] : before[-1].span[1]]):
        return before[-1].role
    if after:
        return after[0].role
    return before[-1].role if before else None


def _led_by(word: str) -> bool:
    return word.lower().endswith(("by", " of")) or not word.isascii()


def _who(mention: BureauMention, role: Role | None, vocabulary: Vocabulary) -> Who:
    names = tuple(vocabulary.bureaus[id_].name for id_ in mention.ids)
    return Who(said=mention.said, ids=mention.ids, names=names, role=role, collectives=mention.collectives)


def _each_has_own_role(who: tuple[Who, ...]) -> bool:
    """Whether bureaus are named in different roles, which only makes sense of one and the same task."""
    return len({one.role for one in who if not one.excluded}) > 1
