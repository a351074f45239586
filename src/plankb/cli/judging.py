"""The dialogue of `plankb measure`: a fact with the words around it, and whether it is right.

What was said is kept every few facts and at the end, however the dialogue ends.
"""

from __future__ import annotations

from contextlib import suppress

from plankb.cli.output import remark, safe, write_line
from plankb.cli.session import Session
from plankb.columns import Shown, heading, titles_of
from plankb.errors import PlankbError
from plankb.kb.correcting import points, texts
from plankb.kb.corrections import Judgement
from plankb.kb.measuring import Choice, Item
from plankb.kb.sampling import said
from plankb.phrases import trail
from plankb.words import word

_TOGETHER = 10
"""Judgements that are kept at once: each keeping makes a new state of the knowledge base."""
_AROUND = 60
"""Characters shown before and after a fact."""
_LONGEST = 600


def judge(at: Session, choice: Choice, who: str | None) -> None:
    """Asks about the facts of a sample that nobody judged yet, until they are through or the person has enough."""
    open_ = at.kb.sample(choice).open
    at.remark("judging.begin", count=len(open_))
    waiting: list[Judgement] = []
    try:
        for number, item in enumerate(open_, start=1):
            write_line(f"\n[{number}/{len(open_)}] {_shown(at, item)}")
            answer = _answer(at, item)
            if answer == "quit":
                break
            if isinstance(answer, Judgement):
                waiting.append(answer)
            if len(waiting) >= _TOGETHER:
                _keep(at, waiting, who)
    except EOFError:
        write_line("")
    finally:
        with suppress(KeyboardInterrupt):
            _keep(at, waiting, who)


def _keep(at: Session, waiting: list[Judgement], who: str | None) -> None:
    if waiting:
        at.kb.corrections.judge(waiting, who=who)
        at.remark("judging.kept", count=len(waiting))
        waiting.clear()


def _shown(at: Session, item: Item) -> str:
    """A fact in its words, and what was read of it."""
    fact, shown = item.fact, Shown(at.lang, titles_of(at.kb.store.plans()))
    text, (start, end) = at.kb.store.text(fact.plan), fact.span
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    quote = fact.quote if len(fact.quote) <= _LONGEST else fact.quote[:_LONGEST] + "…"
    lines = [
        f"{word('kind', fact.kind, at.lang)} · {shown.title(fact.plan)} · {trail(fact.section)}",
        f"  {' '.join(before.split())}【{quote}】{' '.join(after.split())}",
        *(f"  {name}: {said_}" for name, said_ in said(fact, shown)),
    ]
    return "\n".join(safe(line) for line in lines)


def _answer(at: Session, item: Item) -> Judgement | str:
    """What the person says: a judgement, "skip" or "quit". Raises EOFError where the input ends."""
    fields = texts(item.fact)
    while True:
        typed = input(at.say("judging.ask_fields" if fields else "judging.ask")).strip().lower()
        if typed in ("y", "1", "对", "是"):
            return Judgement(fact=item.fact.id, action="accept")
        if typed in ("n", "0", "错", "不是"):
            return Judgement(fact=item.fact.id, action="reject")
        if typed in ("s", "跳过"):
            return "skip"
        if typed in ("q", "退出", "结束"):
            return "quit"
        if typed in ("c", "改", "更正") and fields and (corrected := _corrected(at, item)):
            return corrected


def _corrected(at: Session, item: Item) -> Judgement | None:
    """The fields as the person types them, an empty line for one that is right; None where nothing was changed."""
    now = texts(item.fact)
    at.remark("judging.fields")
    for key, before in now.items():
        typed = input(f"  {heading(key, at.lang)} [{safe(before)}]: ").strip()
        now[key] = "" if typed == "-" else typed or before
    try:
        changed = points(item.fact, now, at.lang)
    except PlankbError as error:
        remark(error.text(at.lang))
        return None
    return Judgement(fact=item.fact.id, action="correct", points=tuple(changed)) if changed else None
