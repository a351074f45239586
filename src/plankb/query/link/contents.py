"""Questions for the headings of a plan: 分几章, 第四章有几节, （六）讲什么, 十大行动都是哪些."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from plankb import numbers, rules
from plankb.query.model import Contents, ContentsForm, Understood
from plankb.query.normalise.names import bare, pieces
from plankb.query.recognise.mentions import Mentions
from plankb.query.recognise.sections import numbered
from plankb.query.vocabulary import Vocabulary

_FORMS: dict[str, ContentsForm] = {
    "章": "chapter", "章节": "chapter", "节": "section", "条": "item", "专栏": "box", "附表": "table", "表": "table",
    "表格": "table", "附件": "annex",
}  # fmt: skip
_COUNTED = ("chapter", "section", "part", "box", "table", "annex", "named")
"""What may be asked of the headings of all plans, where a question names none."""
_OF_TARGETS = ("qualitative", "nature", "stretch", "baseline", "missing")
"""What is said of targets and tasks, which are counted in 条 too."""
_SHORTEST = 3

Reading = Callable[[str], Mentions]


def with_contents(text: str, read: Reading, vocabulary: Vocabulary) -> Understood | None:
    """The query of a question for the headings of plans; None where it is none, or names something else too."""
    listed = rules.one("question_forms", "contents_listed").search(text)
    found = (_asked(text[: listed.start()]) if listed else None) or _asked(text)
    if found is None:
        return None
    asked, rest = found
    item = rules.one("question_forms", "contents_item").search(rest)
    mentions = read(rest[: item.start()] if item else rest)
    of_people = mentions.bureaus or any(word.slot == "role" for word in mentions.keywords)
    of_targets = asked.form == "item" and any(
        word.slot in _OF_TARGETS or word.value == "targets" for word in mentions.keywords
    )
    if of_people or of_targets or mentions.periods or mentions.value or mentions.forms:
        return None
    plans = tuple(dict.fromkeys(id_ for plan in mentions.plans for id_ in plan.ids))
    levels = tuple(level for level, _ in mentions.levels)
    places = tuple(dict.fromkeys(place.name for place in mentions.places if place.known))
    section = numbered(mentions.section_numbers) if mentions.section_numbers else None
    if item and (number := numbers.parse(item[1])):
        section = f"（{number}）"
    filler = rules.one("question_forms", "contents_filler")
    words = [term.text for term in mentions.terms if not filler.fullmatch(term.text)]
    words += [mentions.section_name] if mentions.section_name else []
    heading = asked.heading or _heading(words, vocabulary, whole=asked.form in ("item", "task"))
    if asked.form == "task" and (not (heading or section) or heading in vocabulary.task_titles):
        return None  # what a task holds is said by its text
    whole = not words and asked.form in _COUNTED
    if (words and not heading and asked.form != "named") or not (
        plans or levels or places or section or heading or whole
    ):
        return None
    if asked.heading and (words or mentions.section_name):
        return None  # 保障措施 of something
    if asked.form == "content" and not (section or heading):
        return None
    return Understood(
        kind="passages",
        plans=plans,
        plan_words=tuple(plan.said for plan in mentions.plans if plan.ids),
        levels=levels,
        places=places,
        section=section,
        contents=replace(asked, heading=heading),
        ignored=tuple(word for word in words if not heading),
    )


def _asked(text: str) -> tuple[Contents, str] | None:
    """What is asked of headings, and the question without it."""
    if match := rules.one("question_forms", "contents_named").search(text):
        number = numbers.parse(match["number"] or match["number2"] or match["number3"])
        count = int(number) if number else None
        ending = match["ending"] or match["ending2"] or match["ending3"]
        asked = Contents(form="named", count=count, ending=ending)
        return asked, text[: match.start()]
    if match := rules.one("question_forms", "contents_count").search(text):
        return Contents(form=_FORMS.get(match["form"] or match["form2"] or "", "part")), text[: match.start()]
    if match := rules.one("question_forms", "contents_items").search(text):
        return Contents(form="task"), text[: match.start()]
    if match := rules.one("question_forms", "contents_common").search(text):
        form: ContentsForm = "content" if not match["count"] else "item" if match["measure"] == "条" else "task"
        return Contents(form=form, heading=bare(match["heading"])), match["before"]
    if match := rules.one("question_forms", "contents_of").search(text):
        return Contents(form="content"), text[: match.start()]
    return None


def _heading(words: list[str], vocabulary: Vocabulary, *, whole: bool) -> str | None:
    """The words of a question that are a heading of the plans, or part of one; None where they are none.

    `whole`: only a whole one; 河道多少条 asks for rivers and not for the items below a heading on them.
    """
    said = bare("".join(words))
    if len(said) < _SHORTEST:
        return None
    fits = said in vocabulary.sections if whole else any(pieces(said, one) == 1 for one in vocabulary.sections)
    return said if fits else None
