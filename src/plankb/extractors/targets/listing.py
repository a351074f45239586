"""Names of the members of a list that have numbers of their own: in a 分别 list, each as many (甲县、乙县各新建公园),
as the clause before lists them, or as those of another size (其中50万元以上的村)."""

from __future__ import annotations

from functools import partial

from plankb import rules
from plankb.indicators import coordination, naming
from plankb.indicators import phrase as phrases

_form = partial(rules.pattern, "ellipsis")


def apart(phrase: str, prefix: str, size: int) -> list[str]:
    """A phrase as the names of `size` values; it itself for each where it lists not as many. `prefix` opens it and is
    said of all (每人每月农村低保、城市低保标准)."""
    named = coordination.split_for(phrase.removeprefix(prefix), size)
    return [prefix + name for name in _made_alike(named)] if named else [phrase] * size


def of_worked(things: str, measure: str, size: int) -> list[str]:
    """What is measured of each of the things that the clause before works on (发展肉牛、肉羊，产值分别达到…); [] where
    it lists not as many."""
    if not things or naming.opens_with_scope(measure):
        return []
    closed = rules.pattern("coordination", "closed_things").fullmatch(things)
    members = coordination.members(closed["list"]) if closed else []
    headed = [member + closed["head"] for member in members] if closed and len(members) == size else None
    return [name + measure for name in headed or coordination.split_for(things, size) or ()]


def each_has(phrase: str) -> tuple[str, ...]:
    """The names of members of a list that each have as many; () where a phrase says nothing of that."""
    said = _form("each_of_list").fullmatch(phrase)
    size = len(coordination.members(said["list"])) if said else 0
    named = coordination.split_for(said["list"], size) if said and size > 1 else None
    if said is None or named is None:
        return ()
    if said["noun"]:
        return tuple(name + said["verb"] + said["noun"] for name in named)
    return tuple(said["verb"] + name for name in _made_alike(named))


def of_other_size(phrase: str, last: str) -> str:
    """The name of things of another size than those named last (其中50万元以上的村 after 年收入10万元以上的村占比); ""
    for a phrase that says no size alone."""
    part, whole = _form("size_of_part").fullmatch(phrase), _form("size_in_whole").search(last)
    if part is None or whole is None:
        return ""
    return last[: whole.start()] + part["size"] + (part["rest"] or last[whole.end() :])


def _made_alike(names: list[str]) -> list[str]:
    """The members of a list with the verb that makes the first, and so all of them (新增风电、光伏装机容量)."""
    made = phrases.make_verbs().match(names[0])
    if made is None or made.end() + 1 >= len(names[0]) or any(phrases.make_verbs().match(name) for name in names[1:]):
        return names
    return [names[0], *(made.group() + name for name in names[1:])]
