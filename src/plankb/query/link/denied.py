"""Questions for the facts that do not speak of a thing: 除绿地率外还有哪些约束性指标, 不涉及农业的任务."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from plankb import rules
from plankb.query.model import Kind, Topic, Understood
from plankb.query.recognise.mentions import Mentions

_KINDS = ("tasks", "targets", "projects")

Reading = Callable[[str, Kind | None], tuple[Mentions, Understood]]
"""Reads a question for facts of a kind, None to find out: what it mentions, and the query."""


def with_denied(text: str, read: Reading) -> Understood | None:
    """The query of a question that leaves a thing out; None where it leaves none out, or names a bureau, plan, place or
    time to leave out, which are conditions of their own."""
    match = rules.one("question_forms", "denied_thing").search(text)
    if match is None:
        return None
    thing = match["thing"] or match["other"]
    mentions, named = read(thing, "targets")
    if not mentions.terms or mentions.bureaus or mentions.plans or mentions.places or mentions.periods:
        return None
    _, query = read(f"{text[: match.start()]}，{text[match.end() :]}", None)
    if query.kind not in _KINDS:
        return None
    if query.kind != "targets":
        named = read(thing, query.kind)[1]
    words = tuple(term.text for term in mentions.terms)
    return replace(query, denied=named.topic or Topic(words=words))
