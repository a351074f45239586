"""How many attributes an element of a page has, told before it is parsed.

libxml2 compares each attribute of an element with all before it: 300,000 in one tag keep it busy for minutes. The count
follows HTML's own rules of where an attribute begins and ends. It starts at whatever looks like a tag, also in comments
and scripts, so that no trick with these hides one; the attributes of a long tag are looked at once, however many tags
seem to hold them.
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 5_000
"""Of one element; that many take 20 ms. Pages have some tens."""
_FEW = 50
"""Attributes that may be counted once more for every tag that seems to hold them; of more the count is kept."""
_TAG = re.compile(r"<[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]*(?!>)[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>]*))?""")


def most_attributes(text: str) -> int:
    """The most attributes that one tag of a page has, counted no further than past `MOST_ATTRIBUTES`."""
    after: dict[int, int] = {}
    most = 0
    for tag in _TAG.finditer(text):
        most = max(most, _counted(text, tag.end(), after))
        if most > MOST_ATTRIBUTES:
            break
    return most


def _counted(text: str, start: int, after: dict[int, int]) -> int:
    """The attributes from a place to the end of the tag; `after` keeps how many there are from each that was met."""
    met: list[int] = []
    at, known = start, after.get(start, 0)
    while not known and len(met) <= MOST_ATTRIBUTES:
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            break
        met.append(at)
        at = found.end()
        known = after.get(at, 0)
    if len(met) > _FEW:
        after.update((place, known + back) for back, place in enumerate(reversed(met), start=1))
    return known + len(met)
