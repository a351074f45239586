"""Bodies whose place stands inside their name: 人行贵阳中心支行, 国家税务总局湖州市税务局, 团市委."""

from __future__ import annotations

from plankb.register import places
from plankb.register.entity import Entity
from plankb.register.places import Place, relative
from plankb.register.vocabulary import Regional

_RANKS = ("", "省", "市", "区", "县", "州", "自治区")


def match_regional(regional: Regional, text: str, home: Place | None) -> Entity | None:
    """A body whose place stands inside its name; one of a place below that (山西局大同分局) goes by its own name."""
    match = regional.pattern.fullmatch(text)
    if match is None:
        return None
    groups = match.groupdict()
    if groups.get("level"):
        place = relative(groups["level"], home)
        return Entity(f"{place.code if place else '?'}:{regional.function}", text, place, known=place is not None)
    named = places.at_start(text[match.start("place") :], within=home)
    if named is None:
        loose = regional.at_start or len(groups["place"]) < 2
        return None if loose else Entity(f"org:{text}", text, None, known=True)
    whole = text[match.start("place") + named[1] : match.end("place")] in _RANKS
    function = text if regional.own or not whole else regional.function
    return Entity(f"{named[0].code}:{function}", text, named[0], known=True)
