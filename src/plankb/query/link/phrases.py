"""The phrases of a question as the plans have them, before they are linked.

Places that belong to a name are put back, the area is taken off, words of the question are cut away, and what is
misspelt is spelled as the plans do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plankb import rules
from plankb.query.link.reduce import reduced, says_nothing, uncounted, without_tail
from plankb.query.link.topic import InTexts
from plankb.query.model import Kind
from plankb.query.normalise.names import bare
from plankb.query.normalise.short_names import measure_in_full
from plankb.query.normalise.spelling import spelled_as_named
from plankb.query.recognise.mentions import Mentions
from plankb.query.recognise.terms import Term
from plankb.query.vocabulary import Vocabulary
from plankb.register import Place, places
from plankb.rules.lazy import LazyPattern

_LETTERED = LazyPattern("([A-Za-z][A-Za-z0-9]{1,9})([\u4e00-\u9fff]{1,8})")
_SIZE = LazyPattern(r"(?<=[\u4e00-\u9fff]{2})(?:约|超|达)?\d+(?:\.\d+)?[\u4e00-\u9fff%]{0,3}$")
"""A size said with what is asked for (何时建成加氢站15座), of which questions make nothing."""
_LEVELS_OF = {"any": (), "national": ("national", "ministry")}
_BETWEEN, _BEFORE_PLACE = 2, 4


def with_named_places(mentions: Mentions, in_texts: InTexts) -> Mentions:
    """The mentions with a place that is a part of a longer name (中车资阳) as that name, where characters before it are
    left over and the texts have them together."""
    if not mentions.left or mentions.terms:
        return mentions
    for place in mentions.places:
        for size in range(_BEFORE_PLACE, 0, -1):
            start = place.span[0] - size
            name = mentions.text[max(start, 0) : place.span[1]]
            if start >= 0 and set(name[:size]) & set(mentions.left) and in_texts(name):
                left = tuple(char for char in mentions.left if char not in name)
                others = tuple(one for one in mentions.places if one != place)
                term = Term(name, (start, place.span[1]), attached=True, whole=True)
                return replace(mentions, terms=(term,), places=others, left=left)
    return mentions


def without_area(mentions: Mentions, vocabulary: Vocabulary) -> tuple[Mentions, tuple[str, ...]]:
    """The mentions with the area (全省) off its phrases where no name has it or one stands without it too (of a
    list of measures the first alone says it), and the levels of plans that it means."""
    terms: list[Term] = []
    found: list[str] = []
    for term in mentions.terms:
        for area in rules.many("questions", "own_area"):
            rest = area.sub(term.text)
            said = vocabulary.fits(bare(term.text)) and not vocabulary.fits(bare(rest))
            if rest != term.text and len(rest) > 1 and not said:
                term = replace(term, text=rest)
                found += _LEVELS_OF.get(area.means, (area.means,))
        terms.append(term)
    return replace(mentions, terms=tuple(terms)), tuple(found)


def cut_down(mentions: Mentions, vocabulary: Vocabulary, in_texts: InTexts) -> Mentions:
    """The mentions with the phrases cut down to what the plans hold, where the rest are words of the question."""

    def known(phrase: str) -> bool:
        return in_texts(phrase) or vocabulary.fits(bare(phrase))

    terms = _joined(mentions.terms, mentions.text, in_texts)
    terms = [term if term.whole else replace(term, text=uncounted(term.text, known)) for term in terms]
    if mentions.forms.keys() & {"more", "higher", "lower", "ratio"}:
        compared = rules.one("question_forms", "compared_end")
        terms = [replace(term, text=compared.sub(term.text)) for term in terms]
    measured = any(word.slot == "howmuch" or word.value == "targets" for word in mentions.keywords)
    named = (lambda phrase: vocabulary.fits(bare(phrase))) if measured else None
    said = tuple(t for t in terms if not says_nothing(t) or vocabulary.fits(bare(t.text))) or terms
    return replace(mentions, terms=tuple(reduced(term, known, named=named) for term in said))


def _joined(terms: Sequence[Term], text: str, in_texts: InTexts) -> list[Term]:
    """The phrases, those as one that a text holds as one with the little word between them (环境信息依法披露)."""
    found: list[Term] = []
    for term in terms:
        last = found[-1] if found else None
        between = text[last.span[1] : term.span[0]] if last else ""
        if last and 0 < len(between) <= _BETWEEN and in_texts(text[last.span[0] : term.span[1]]):
            span = (last.span[0], term.span[1])
            found[-1] = Term(text[slice(*span)], span, last.attached or term.attached)
        else:
            found.append(term)
    return found


def spelled_as_in_plans(
    mentions: Mentions, vocabulary: Vocabulary, in_texts: InTexts
) -> tuple[Mentions, tuple[tuple[str, str], ...]]:
    """The mentions with the phrases as they are spelled in the plans, and pairs of what was typed and taken."""
    corrections, terms = [], []
    for term in mentions.terms:
        known = term.whole or vocabulary.fits(bare(term.text)) or in_texts(term.text)
        forms = () if known else without_tail(term.text)
        meant = None if known else in_brackets(term.text, in_texts)
        meant = meant or next((name for form in forms if (name := spelled_as_named(form, vocabulary))), None)
        meant = meant or (None if known else measure_in_full(term.text, vocabulary))
        if (
            not (term.whole or meant or vocabulary.fits(bare(term.text)))
            and (cut := _SIZE.search(term.text))
            and cut.start() > 1
        ):
            term = replace(term, text=term.text[: cut.start()])
        terms.append(replace(term, text=meant) if meant else term)
        corrections += [(term.text, meant)] if meant else []
    return replace(mentions, terms=tuple(terms)), tuple(corrections)


def place_apart(term: Term) -> tuple[Term, ...]:
    """A phrase as the place that it starts with and the rest (开阳县风电), which names may hold apart."""
    place = next((place for place, at in places.mentions(term.text) if at == 0), None)
    size = len(place.name) if place else 0
    if not place or not term.text.startswith(place.name) or len(term.text) - size < _BETWEEN or term.whole:
        return (term,)
    start, end = term.span
    first = replace(term, text=place.name, span=(start, start + size))
    return first, replace(term, text=term.text[size:], span=(start + size, end))


def in_brackets(phrase: str, in_texts: InTexts) -> str | None:
    """A phrase of Latin letters and a Chinese end as a text writes it, with the letters in brackets; None where none
    does."""
    found = _LETTERED.fullmatch(phrase)
    forms = (f"（{found[1]}）{found[2]}", f"({found[1]}){found[2]}") if found else ()
    return next((form for form in forms if in_texts(form)), None)


def with_places(mentions: Mentions, kind: Kind | None, vocabulary: Vocabulary, in_texts: InTexts) -> Mentions:
    """The mentions with the places that no plan is for as what they are here.

    Targets may speak of such a place by name (遵义市绿色出行比例), then it is a condition; to other facts it is a word
    of the topic where a text has it; else it stays a place that is not there.
    """
    kept, terms = [], list(mentions.terms)
    for place in mentions.places:
        if place.known or place.span in mentions.excluded:
            kept.append(place)
        elif kind in ("targets", "conflicts") and vocabulary.holds(place.said):
            kept.append(replace(place, known=True))
        elif kind in ("passages", "definition", "projects", "citations") and in_texts(place.said):
            terms.append(Term(place.said, place.span, attached=True))
        else:
            kept.append(place)
    return replace(mentions, places=tuple(kept), terms=tuple(terms))


def without_misread_plans(mentions: Mentions, vocabulary: Vocabulary) -> Mentions:
    """The mentions without a plan whose title shares no more than the end of a longer name with what was typed
    (节能降碳改造方案 and 技术改造专项方案), or while a place named has plans of its own, where the places named are not
    its own, nor in it or around it."""
    named = [place for mention in mentions.places if (place := places.find(mention.name))]
    homes = {plan.id: plan.jurisdiction for plan in vocabulary.plans}
    kept, terms = [], list(mentions.terms)
    for plan in mentions.plans:
        before = mentions.text[: plan.span[0]][-1:]
        cut_off = "\u4e00" <= before <= "\u9fff" and before not in rules.words("question_fillers", "filler.edge")
        near = not named or any(_is_near(homes.get(id_), named) for id_ in plan.ids)
        elsewhere = cut_off or any(homes[plan.id] == place.name for plan in vocabulary.plans for place in named)
        if plan.quoted or not plan.ids or near or not elsewhere:
            kept.append(plan)
        else:
            terms.append(Term(plan.said, plan.span, attached=True))
    if len(kept) == len(mentions.plans):
        return mentions
    return replace(mentions, plans=tuple(kept), terms=tuple(sorted(terms, key=lambda term: term.span)))


def _is_near(home: str | None, named: Sequence[Place]) -> bool:
    """Whether a plan's place is one of those named, or one lies in the other; so is a plan without a place."""
    own = places.find(home) if home else None
    return own is None or any(own in places.ancestors(one) or one in places.ancestors(own) for one in named)
