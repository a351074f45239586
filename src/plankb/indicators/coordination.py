"""Coordination: one phrase that names several indicators (光伏、风电和生物质发电装机容量), taken apart.

A list is split where its members are measured apart, and kept whole where it delimits one population or sum.
"""

from __future__ import annotations

import re
from functools import partial

from plankb import rules, segment
from plankb.indicators import naming, tails, things
from plankb.rules.kinds import Words

_LONGEST_POPULATION, _SHARED_END = 14, 4
_form = partial(rules.pattern, "coordination")
_NUMERALS = "两三四五六七八九十"
_LAST_BRACKET = re.compile(r"（[^（）]*）\Z")
_BRACKETS = {"（": "）", "(": ")", "“": "”", "《": "》"}


def members(phrase: str) -> list[str]:
    """The pieces between the joints of a phrase, outside brackets and quotation marks."""
    if not rules.pattern("parts", "joint").search(phrase, 1):
        return [phrase]
    pieces, start, index, depth = [], 0, 0, 0
    while index < len(phrase):
        char = phrase[index]
        depth += (char in _BRACKETS) - (char in _BRACKETS.values())
        joint = rules.pattern("parts", "joint").match(phrase, index) if depth <= 0 else None
        if joint and index > 0 and joint.end() < len(phrase) and not _inside_word(phrase, index):
            pieces.append(phrase[start:index])
            index = start = joint.end()
            continue
        index += 1
    pieces.append(phrase[start:])
    return pieces


def _inside_word(phrase: str, index: int) -> bool:
    """Whether a 和, 及 or 与 is part of a word (和谐, 普及, 参与), or relates two parties (医院与学校签约率)."""
    if _form("relates").match(phrase, index):
        return True
    pair_left, pair_right = phrase[index - 1 : index + 1], phrase[index : index + 2]
    return (
        pair_right in rules.one("indicators", "not_joints").vocabulary
        or pair_left in rules.one("indicators", "not_joints").vocabulary
    )


def split_for(phrase: str, count: int) -> list[str] | None:
    """The phrase as exactly `count` indicators; None when it does not name as many."""
    if summed := _summed_up(phrase, count):
        return summed
    for joined, parts in rules.one("indicators", "run_together", Words).values.items():
        if joined in phrase and len(parts) == count and len(members(phrase)) == 1:
            return [phrase.replace(joined, part) for part in parts]
    closed = _form("closed_list").fullmatch(phrase)
    if closed and naming.has_head(closed["head"]) and len(members(closed["list"])) == count:
        return [member + closed["head"] for member in members(closed["list"])]
    ways = (members(phrase), _by_mark(phrase, "、"))
    for pieces in sorted(ways, key=lambda pieces: len(pieces) != count):
        if len(pieces) > count > 1:
            pieces = ["、".join(pieces[: len(pieces) - count + 1]), *pieces[len(pieces) - count + 1 :]]
            pieces = _with_leading_scope(pieces)
        if len(pieces) == count:
            substances = tails.substances()
            scoped = _with_leading_scope(pieces) if all(p.startswith(substances) for p in pieces[1:]) else pieces
            return _with_leading_population(_completed(scoped))
    return None


def _summed_up(phrase: str, count: int) -> list[str]:
    """The members of a list that a number sums up before the noun that they share (甲、乙两类岗位); [] for others."""
    numeral = _NUMERALS[count - 2 : count - 1] if count > 1 else ""
    for word in rules.words("coordination", "summed_up") if numeral else ():
        listed, _, noun = phrase.partition(numeral + word)
        pieces = members(listed) if len(noun) > 1 else []
        if len(pieces) == count and all(pieces):
            kind = word if len(pieces[-1]) == 1 else ""
            return [piece + kind + noun for piece in pieces]
    return []


def _with_leading_scope(pieces: list[str]) -> list[str]:
    """What stands before the substance of the first member belongs to all (机头、球团烟气颗粒物、二氧化硫)."""
    words = tails.substances()
    substance = naming.longest_end(pieces[0], words)
    if not substance:
        return pieces
    scope = pieces[0][: -len(substance)]
    return [pieces[0], *(scope + piece for piece in pieces[1:])]


def _with_leading_population(names: list[str]) -> list[str]:
    """The area or population that opens a list of rates belongs to those that name none (建成区绿地率、绿化覆盖率)."""
    area = rules.one("indicators", "areas").match(names[0])
    known = rules.one("indicators", "populations")
    if area and not any(naming.opens_with_scope(name) for name in names[1:]):
        of = known.match(names[0][area.end() :])
        led_by = of.group() if of and not any(known.search(name) for name in names[1:]) else ""
        return [names[0], *(area.group() + led_by + name.removeprefix(area.group()) for name in names[1:])]
    led = known.match(names[0])
    bare = led and len(names[0]) - led.end() > 1 and all(naming.has_share_head(name) for name in names)
    if led is None or not bare or any(known.search(name) or naming.opens_with_scope(name) for name in names[1:]):
        return names
    return [names[0], *(led.group() + name for name in names[1:])]


def _with_leading_area(names: list[str]) -> list[str]:
    """The area that opens a list, with whose measures it names there (全市公办幼儿园在园人数、保教人员数)."""
    area, owners = rules.one("indicators", "areas").match(names[0]), rules.pattern("indicators", "owners")
    if area is None or any(naming.opens_with_scope(name) for name in names[1:]):
        return names
    of = None if any(map(owners.search, names[1:])) else owners.match(names[0], area.end())
    led = area.group() + (of.group() if of else "")
    return [names[0], *(led + name.removeprefix(area.group()) for name in names[1:])]


def _by_mark(phrase: str, mark: str) -> list[str]:
    return phrase.split(mark)


def split_apart(phrase: str, *, share: bool) -> list[str]:
    """The indicators that one value is said of; `share`: the value is a share, not an amount that adds up."""
    for joined, parts in rules.one("indicators", "pairs", Words).values.items():
        if joined in phrase:
            return [phrase.replace(joined, part) for part in parts]
    pieces = members(phrase)
    if len(pieces) < 2 or _form("levels").search(phrase):
        return [phrase]
    if all(naming.has_head(piece) for piece in pieces):
        return _with_leading_area(_rates_of(pieces)) if share else [phrase]
    groups = _headed_groups(pieces)
    if len(groups) > 1 and all(naming.has_head(group[-1]) for group in groups):
        return [name for group in groups for name in split_apart("、".join(group), share=share)]
    if not share or not naming.has_share_head(phrase):
        return [phrase]
    if _form("one_population").search(phrase):
        return [phrase]
    apart = _parallel(pieces) or _rated(phrase, pieces)
    return _with_leading_population(_completed(pieces)) if apart else [phrase]


def split_rates(phrase: str) -> list[str]:
    """The indicators that an outcome in words is said of: a list is taken apart where it names rates or substances."""
    assigned = _form("assigned").fullmatch(phrase)
    if assigned and len(members(assigned["list"])) > 1:
        return split_rates(assigned["list"])
    pieces = members(phrase)
    if (
        len(pieces) > 1
        and "等" not in phrase
        and "的" not in pieces[-1]
        and (tails.after_sibling(pieces) or _measured_alike(pieces))
    ):
        return _completed(pieces)
    words = tails.substances()
    measured = _form("measured").search(phrase) or any(word in phrase for word in words)
    paired = phrase in rules.one("indicators", "pairs", Words).values
    return split_apart(phrase, share=True) if measured or paired else [phrase]


def _measured_alike(pieces: list[str]) -> bool:
    """Whether all members end in the same measure or change (能耗下降、碳排放下降) and each has words of its own before
    it; what is built or set up together (生产体系、流通体系) is one thing."""
    ending = pieces[-1][-2:]
    alike = all(piece.endswith(ending) and 2 < len(piece) <= _LONGEST_POPULATION for piece in pieces[:-1])
    measured = naming.has_share_head(pieces[-1]) or naming.is_change(ending)
    return alike and bool(measured) and len(pieces[-1]) <= 2 * max(map(len, pieces[:-1]))


def _rates_of(pieces: list[str]) -> list[str]:
    """Members that each have a head; where only the last is a rate, it is that of all (占地面积、建筑面积达标率)."""
    if all(naming.has_share_head(piece) for piece in pieces) or not naming.has_share_head(pieces[-1]):
        return _completed(pieces)
    tail = naming.longest_end(pieces[-1], tails.rates())
    if not tail:
        return _completed(pieces)
    at = pieces[0].find(pieces[1][:2])
    beginning = pieces[0][:at] if at > 0 else ""
    names = [piece if piece.endswith(tail) else piece + tail for piece in pieces]
    return [names[0], *(name if name.startswith(beginning) else beginning + name for name in names[1:])]


def split_covered(phrase: str, who: str = "") -> list[str]:
    """The things that 全覆盖 is said of: a list closed by 和 names each of them (A、B和C监测), all things of `who`
    where that opens the phrase."""
    pieces = members(phrase)
    if len(pieces) < 2 or "等" in phrase or "的" in phrase or not _form("closing_joint").search(phrase):
        return [phrase]
    if any(len(piece) > _LONGEST_POPULATION for piece in pieces) or _form("does").search(phrase):
        return [phrase]
    pieces = _completed([pieces[0].removeprefix(who), *pieces[1:]]) if who else _completed(pieces)
    return [who + piece for piece in pieces]


def _headed_groups(pieces: list[str]) -> list[list[str]]:
    """Members gathered up to each that has a head of its own (替代率 | 公共建筑、厂房光伏覆盖率)."""
    groups: list[list[str]] = [[]]
    substances = tails.substances()
    for piece in pieces:
        groups[-1].append(piece)
        if naming.has_head(piece) and piece not in substances:
            groups.append([])
    return [group for group in groups if group]


def _rated(phrase: str, pieces: list[str]) -> bool:
    """Whether a list names substances, or things of which a rate of doing is said."""
    substances = tails.substances()
    if all(any(piece.endswith(word) or piece.startswith(word) for word in substances) for piece in pieces):
        return True
    tail = naming.longest_end(pieces[-1], tails.rates())
    named = len(pieces[-1]) - len(tails.shared(pieces))
    # A much longer last member says more for all than its rate (园区高速网络接入覆盖率): what, cannot be told.
    alike = named <= 2 * max(map(len, pieces[:-1]))
    return bool(tail) and alike and len(pieces[-1]) > len(tail) + 1 and not _form("word_joint").search(phrase)


def _parallel(pieces: list[str]) -> bool:
    """Whether the members are measured apart: they end alike (装修垃圾、大件垃圾…率), or are names of places."""
    last, area = pieces[-1], _form("area_word")
    for piece in pieces[:-1]:
        if piece[:2] == last[:2] and len(piece) > 3:
            continue
        ending = piece[-2:]
        if len(piece) < 2 or not (ending in last or (area.match(piece[-1]) and area.search(last))):
            return False
    return True


def _completed(pieces: list[str]) -> list[str]:
    """Members with the tail or the beginning that the list says once."""
    pieces = _with_works(_with_population(pieces))
    substances = tails.substances()
    if all(naming.has_head(piece) and not piece.endswith(substances) for piece in pieces):
        return _with_beginning(pieces)
    tail = tails.shared(pieces)
    pieces = _with_thing_done(pieces, tail)
    guessed = not naming.has_head(tail)  # 增加值、税收: what has a head of its own takes no other that is none
    return [
        piece
        if piece.endswith(tail) or index == len(pieces) - 1 or (guessed and naming.has_head(piece))
        else piece + tail
        for index, piece in enumerate(pieces)
    ]


def _with_population(pieces: list[str]) -> list[str]:
    """Whose 单位能耗 or 人均用水量 the first member says, those that start so share (公共机构人均能耗、人均水耗)."""
    per = _form("per").search(pieces[0])
    if per is None or not 0 < per.start() <= _LONGEST_POPULATION:
        return pieces
    population = pieces[0][: per.start()]
    return [pieces[0], *(population + piece if _form("per").match(piece) else piece for piece in pieces[1:])]


def _with_works(pieces: list[str]) -> list[str]:
    """The works that the first rate is of are those of which later ones measure a part (项目落地率、资金到位率)."""
    works = rules.one("indicators", "of_works").match(pieces[0])
    parts = rules.one("indicators", "of_works_parts").words
    if works is None:
        return pieces
    return [pieces[0], *(works["who"] + piece if piece.startswith(parts) else piece for piece in pieces[1:])]


def _with_thing_done(pieces: list[str], tail: str) -> list[str]:
    """What is done something to belongs to all that is done (油菜种植、收获机械化率)."""
    acts = rules.one("indicators", "bare_starts").words
    first = naming.longest_end(pieces[0], acts)
    bare = all(piece.removesuffix(tail) in acts for piece in pieces[1:])
    thing = pieces[0].removesuffix(first)
    return [pieces[0], *(thing + piece for piece in pieces[1:])] if first and thing and bare else pieces


def missing_rate(phrase: str, before: str) -> str:
    """The rate that a phrase leaves unsaid after one that says it (厂房不低于30% after 学校光伏比例); "" if none."""
    if naming.has_head(phrase) or _form("says_rate").search(phrase) or not naming.has_share_head(before):
        return ""
    share = _form("share_of_doing").search(before)
    if share:
        return share.group()
    return naming.longest_end(before, tails.rates()) or "".join(segment.words(before)[-2:])


def unsaid_head(phrase: str, before: str) -> str:
    """The head that a phrase leaves to a sibling named before (企业投资项目 after 政府投资项目审批时限); "" if none."""
    phrase = _LAST_BRACKET.sub("", phrase)
    if naming.has_head(phrase) or len(phrase) < _SHARED_END:
        return ""
    for size in (_SHARED_END, _SHARED_END - 1, _SHARED_END - 2):
        at = before.rfind(phrase[-size:])
        head = before[at + size :] if at > 0 else ""
        if naming.has_head(head):
            return head
    return ""


def unsaid_share(phrase: str) -> str:
    """比例 or 占比 where a phrase says a part and its whole and leaves it out (新增床位中护理型床位); "" elsewhere."""
    if _form("share_said").search(phrase):
        return ""
    if _form("of_whole").search(phrase):
        return "比例"
    return "占比" if "中" in tuple(segment.words(phrase))[1:-1] else ""


def _with_beginning(pieces: list[str]) -> list[str]:
    """The first member's beginning belongs to those that start with what is measured (先行联系率、按时办结率); per what
    (单位产值) or of whom it is measured, to all that name no other."""
    basis, of = _form("basis").match(pieces[0]), rules.one("indicators", "populations").match(pieces[0])
    begun = [_beginning(pieces[0], piece) for piece in pieces[1:]]
    led = basis.group() if basis else of.group() if of and of.group() in begun else ""
    if led and not any(_form("own_basis").search(piece) for piece in pieces[1:]):
        begun = [led] * len(begun)
    return [pieces[0], *(start + piece for start, piece in zip(begun, pieces[1:], strict=True))]


def _beginning(first: str, piece: str) -> str:
    """What a member leaves unsaid of the first one's beginning; "" when it stands alone."""
    cut = len(first) - len(piece)
    said = things.unnamed(piece)
    if said and said.acts:  # 投诉受理率、按期答复率: of what the act is that names no thing
        return next((first[:end] for end in range(2, len(first) - 1) if things.unnamed(first[end:])), "")
    starts_bare = any(piece.startswith(word) for word in rules.one("indicators", "bare_starts").words)
    same_head = first[-3:] == piece[-3:] and len(piece) <= 6
    if cut < 2 or not (starts_bare or same_head or len(piece) <= 4):
        return ""
    edges, end = [0], 0
    for word in segment.words(first):
        end += len(word)
        edges.append(end)
    return first[: next(edge for edge in edges if edge >= cut)]
