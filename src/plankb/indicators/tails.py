"""What the last member of a list says once for all of them (光伏、风电装机容量: 装机容量).

Where the list itself shows it (members that end alike, siblings, substances, a measure taken per head) that counts,
then what is known to be said so; where nothing does, the last member is cut so that what is left is as long as its
neighbour.
"""

from __future__ import annotations

from functools import partial
from itertools import accumulate

from plankb import rules, segment
from plankb.indicators import naming
from plankb.rules.kinds import Siblings

_SHARED_END, _FEW = 4, 2
_form = partial(rules.pattern, "coordination")


def rates() -> tuple[str, ...]:
    """Rates whose list is split at 、."""
    return rules.one("indicators", "apart.rates").words


def substances() -> tuple[str, ...]:
    """Substances that are always measured apart."""
    return rules.one("indicators", "apart.substances").words


def shared(pieces: list[str]) -> str:
    """What the last member says for all: after the ending that the members share, else its longest known tail."""
    first, last = pieces[0], pieces[-1]
    if all(len(piece) > 2 and piece.endswith(last[-2:]) for piece in pieces):
        return ""
    if all(map(_form("whole_thing").search, pieces)):
        return ""
    doing = _form("share_of_doing").search(last)
    measured = (doing and doing.group()) or _after_substance(pieces) or after_sibling(pieces) or _after_ending(pieces)
    if measured:
        return measured
    words = _words(last)
    cut, edges = _where_measured(first, last, words), tuple(accumulate(map(len, words)))
    if not cut and first[:2] == last[:2] and len(first) <= _SHARED_END < len(last) and len(first) in edges:
        cut = len(first)  # 绿色学校、绿色社区创建率
    at = last.find(first[-1], 1) + 1
    if not cut and len(pieces) > _FEW and 0 < at < len(last) - 1 and all(p[-1] == first[-1] for p in pieces[:-1]):
        cut = at  # 雨水、污水、再生水管线
    if not cut and len(words) > 1 and len(words[0]) == len(pieces[-2]) and len(last) - len(words[0]) > 1:
        cut = len(words[0])
    return last[cut:] if cut else _known(pieces[-2], last, words) or _guessed(pieces[-2], last, words)


def _after_ending(pieces: list[str]) -> str:
    """What follows the ending of the first member where the last has it too (装修垃圾、大件垃圾清运率), or ""."""
    first, last = pieces[0], pieces[-1]
    if len(last) > len(first) + 1 and last[len(first) - 1] == first[-1] and naming.has_head(last):
        return last[len(first) :]
    for size in (4, 3, 2):
        at = last.find(first[-size:])
        if len(first) >= size and at >= 0 and at + size < len(last):
            return last[at + size :]
    return ""


def _known(other: str, last: str, words: list[str]) -> str:
    """What the last member says for all as its own words tell: from the word that ends like the member before it on
    (敬老院、互助院床位使用率), else a tail that is known to be shared; "" where they do not."""
    tails = [*rules.one("indicators", "tails").words, *rates()]
    tail = naming.longest_end(last, (tail for tail in tails if len(tail) < len(last)))
    kin = [end for end in accumulate(map(len, words[:-1])) if end > 1 and last[end - 1] == other[-1]]
    if len(other) > 1 and kin and (tail or naming.has_head(last)) and last[kin[-1] :].endswith(tail):
        return last[kin[-1] :]
    return _with_manner(last, tail) if tail else ""


def _guessed(other: str, last: str, words: list[str]) -> str:
    """What is left of the last member where it is cut as long as the one before it."""
    area = rules.one("indicators", "areas").match(other)
    rest = last[_nearest(last, words, len(other) - (area.end() if area else 0), alike=other[-1] == last[-1]) :]
    if len(rest) == 1 and len(other) + 1 < len(last):
        return last[len(other) :]  # no head is so short: 燃气管 | 网 of 供热、燃气管网
    return "" if rest.startswith("“") else rest  # a name in quotation marks is nobody else's


def _where_measured(first: str, last: str, words: list[str]) -> int:
    """Where the last member says what is taken per head of each (居民医保和卫生经费人均补助标准), or ends the area that
    stands beside another (全国和自由贸易试验区清单条数); 0 where it says neither."""
    per = _form("per_measure").search(last, 2)
    if per and not _form("per_measure").search(first):
        return per.start()
    area = naming.scope_end(last) if naming.is_scope(first) else 0
    return area if area in accumulate(map(len, words)) else 0


def _nearest(last: str, words: list[str], size: int, *, alike: bool) -> int:
    """The end of the words of the last member that is nearest to the length of the member before it, a head behind;
    the whole where no head is there and nothing more than in the member before (电子病历、远程会诊) or both end `alike`
    (康复室、远程诊室)."""
    ends = list(accumulate(map(len, words)))
    headed = [end for end in ends[:-1] if naming.has_head(last[end:])]
    if not headed and (len(last) <= size or alike):
        return len(last)
    return min(headed or ends[:1], key=lambda end: abs(end - size))


def _with_manner(last: str, tail: str) -> str:
    """A tail with how it is done, which is said of all: 安全利用率 of 受污染耕地、污染地块安全利用率."""
    manner = rules.one("indicators", "tail_manner").regex.search(last.removesuffix(tail))
    return manner.group() + tail if manner and manner.start() > 1 else tail


def _words(phrase: str) -> list[str]:
    """The words of a phrase; a first word of one character belongs to the next, since no noun is so short."""
    words, endings = list(segment.words(phrase)), rules.one("coordination", "endings").words
    while len(words) > 1 and (len(words[0]) == 1 or words[1] in endings):
        words[:2] = [words[0] + words[1]]
    return words


def after_sibling(pieces: list[str]) -> str:
    """What follows a word whose siblings the others are (城镇、农村居民收入: 居民收入); "" without one."""
    for group in rules.one("indicators", "siblings", Siblings).groups:
        own = max((word for word in group if pieces[-1].startswith(word)), key=len, default="")
        if own and all(piece.endswith(tuple(group)) for piece in pieces[:-1]):
            return pieces[-1][len(own) :]
    return ""


def _after_substance(pieces: list[str]) -> str:
    """What is measured of a list of substances: 排放浓度 of 颗粒物、氮氧化物排放浓度; "" when it lists others."""
    words = substances()
    if not all(piece.endswith(tuple(words)) for piece in pieces[:-1]):
        return ""
    ends = [pieces[-1].rfind(word) + len(word) for word in words if word in pieces[-1]]
    return pieces[-1][max(ends) :] if ends else ""
