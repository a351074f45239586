"""What kind of facts a question asks for, from its words and, where these do not say, from what it names."""

from __future__ import annotations

from dataclasses import replace

from plankb import quantities, rules
from plankb.late import dataclass
from plankb.query.link.roles import Participants
from plankb.query.link.topic import likely_kind
from plankb.query.model import Aggregate, Compare, Form, Kind, Period
from plankb.query.normalise.names import bare
from plankb.query.recognise.forms import asks_when
from plankb.query.recognise.keywords import Slots, alone
from plankb.query.recognise.mentions import Mentions
from plankb.query.recognise.terms import Term, is_number
from plankb.query.vocabulary import Vocabulary

_OF_TASKS = (None, "个", "项", "条", "件")
"""The units in which tasks are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """The kind of the answer; `counted` is what a ranking counts, or what plans are asked to hold."""

    kind: Kind | None
    counted: Kind | None = None
    aggregate: Aggregate | None = None
    compare: Compare | None = None
    form: Form | None = None


def find_intent(slots: Slots, mentions: Mentions, people: Participants, vocabulary: Vocabulary) -> Intent:
    """The intent of a question; `kind` None where nothing says what is asked for."""
    form = _form(mentions, slots)
    intent = _intent(slots, mentions, people, vocabulary)
    natured = form == "verify" and bool(slots.natures) and bool(mentions.terms)
    others = {"conflicts", "coverage", "projects", "citations", "plans"} & {*slots.asked, *slots.named}
    if form == "verify" and _counts_tasks(mentions, people):
        return Intent(kind="tasks", aggregate="count", form="verify")
    if (natured or _is_of_figures(form, mentions)) and not others:
        intent = Intent(kind="targets", compare=intent.compare)
    if intent.kind == "projects" and rules.one("question_forms", "adds_sizes").search(mentions.text):
        return replace(intent, form="sum")
    of_people = form == "verify" and intent.kind == "tasks" and bool(people.who and mentions.terms)
    return replace(intent, form=form if natured or of_people or _is_of_figures(form, mentions) else None)


def _counts_tasks(mentions: Mentions, people: Participants) -> bool:
    """Whether a figure put forward is how many tasks a bureau has (市交委牵头2项对吗)."""
    value = mentions.value
    return bool(value and people.who and not mentions.terms and value.unit in _OF_TASKS)


def _is_of_figures(form: Form | None, mentions: Mentions) -> bool:
    """Whether a form speaks of figures, which only targets have."""
    always = ("choice", "year", "more", "sum", "dated", "higher", "lower", "ratio", "floor", "ceiling", "bound")
    return form in always or (form == "verify" and mentions.value is not None)


def _form(mentions: Mentions, slots: Slots) -> Form | None:
    """What is done with what is found; None where it is only shown."""
    if mentions.claims:
        return "choice"
    if mentions.value and "deadlines" in slots.asked and asks_when(mentions.text):
        return "year"
    if bounds := mentions.forms.keys() & {"floor", "ceiling"}:
        return "bound" if len(bounds) > 1 else "floor" if "floor" in bounds else "ceiling"
    years = {year for mention in mentions.periods for year in (*mention.period.years, *_ends(mention.period))}
    if (
        "howmuch" in slots.filled
        and len(years) > 1
        and rules.one("question_forms", "asks_change").search(mentions.text)
    ):
        return "more"
    if "sum" in slots.filled and not {*slots.named} - {"targets", "projects"}:
        return "sum"
    if len(years) > 1 and "howmuch" not in slots.filled and (way := _way_of_years(mentions)):
        return way
    if "verify" in mentions.forms and mentions.value is None and mentions.periods and mentions.terms:
        compared = mentions.forms.keys() & {"higher", "lower", "ratio", "more"}
        if not compared:
            return None if mentions.bureaus else "dated"
    forms: tuple[Form, ...] = ("higher", "lower", "ratio", "more", "verify")
    return next((form for form in forms if form in mentions.forms), None)


def _way_of_years(mentions: Mentions) -> Form | None:
    """Whether one year is said to be higher or lower than another; None where that is not asked."""
    said = rules.one("question_forms", "years_compared").search(mentions.text)
    if said is None or not mentions.forms.keys() & {"verify", "higher", "lower"}:
        return None
    if said["lower"] or said["less"]:
        return "lower"
    return "higher" if said["higher"] or said["more"] else None


def _ends(period: Period) -> tuple[str, ...]:
    return tuple(day[:4] for day in (period.start, period.end) if day)


def _intent(slots: Slots, mentions: Mentions, people: Participants, vocabulary: Vocabulary) -> Intent:
    aggregate = slots.aggregates[0] if slots.aggregates else None
    compare = _compare(slots, mentions)
    if any(is_number(term.text) for term in mentions.terms) and "bureaus" not in slots.asked:
        plans = "plans" in slots.asked and "citations" in slots.asked
        return Intent(kind="plans" if plans else "citations", counted="citations" if plans else None)
    ranked = _ranking(slots, mentions, vocabulary)
    if _asks_for_terms(slots, mentions):
        return Intent(kind=None)
    if made := _issued(slots, mentions, people):
        return made
    if "order" in slots.values and not {"plans", "bureaus"} & set(slots.asked):
        kinds = {*slots.asked, *slots.named}
        return Intent(kind="targets" if "targets" in kinds else "tasks", aggregate=slots.values["order"])
    if kind := _of_the_whole_text(slots, mentions, people):
        return Intent(kind=kind)
    special = (
        _of_plan_itself(slots, mentions)
        or (_conflicts(slots) if not people.who else None)
        or _coverage(slots)
        or _superlative(slots, mentions, compare)
        or ranked
        or _of_plans(slots, led=any(who.role == "lead" and not who.excluded for who in people.who))
    )
    if special:
        return special
    # bureaus answer for tasks: 市委组织部牵头的项目 are tasks
    kind = _asked(slots, dated=bool(mentions.periods)) or _implied(slots, mentions, people, vocabulary)
    if kind == "tasks" and people.who and _asks_for_their_targets(mentions):
        kind = "targets"
    if kind in ("projects", "conflicts") and people.who:
        kind = "tasks"
    if kind == "tasks" and people.who and not slots.named and _of_amounts(slots, mentions):
        kind = "targets"
    if "howmuch" in slots.filled and kind and kind != "targets" and not slots.asked:
        aggregate = aggregate or "count"
    if kind == "targets" and "now" in slots.filled:
        compare = compare or "years"
    return Intent(
        kind=kind, aggregate=aggregate, compare=compare if kind in ("targets", "tasks", "deadlines") else None
    )


def _of_the_whole_text(slots: Slots, mentions: Mentions, people: Participants) -> Kind | None:
    """Passages for reasons, which no record holds; plans for what is spoken of or not, where no other kind is named."""
    if "why" in slots.filled:
        return "passages"
    lone = bool(mentions.terms) and not (slots.asked or slots.named or people.who or "howmuch" in slots.filled)
    by_place = mentions.group is not None and "mentioned" in slots.filled
    return "plans" if ("absent" in slots.filled or by_place) and lone else None


def _issued(slots: Slots, mentions: Mentions, people: Participants) -> Intent | None:
    """The plans that a bureau issued; who makes a thing (温室气体清单谁编) is no question for plans."""
    if "issued" not in slots.filled:
        return None
    papers = any(rules.one("question_forms", "plan_word").search(term.text) for term in mentions.terms)
    who = rules.one("question_forms", "asks_issuer")
    asks_who = any(
        word.slot == "issued" and word.also and who.search(mentions.text[slice(*word.span)])
        for word in mentions.keywords
    )
    plans = any(word.slot != "issued" and word.value == "plans" for word in mentions.keywords)
    if asks_who and mentions.terms and not (plans or people.who or mentions.plans or papers):
        return Intent(kind="bureaus")
    return Intent(kind="plans") if people.who and {"plans", "generic"} & {*slots.asked, *slots.filled} else None


def _asks_for_their_targets(mentions: Mentions) -> bool:
    """Whether the targets of tasks are asked for (市交委牵头的任务有哪些目标): they are named after the tasks."""
    said = [(word.span, slot, value) for word in mentions.keywords for slot, value in word.meanings()]
    tasks = [span[1] for span, slot, value in said if value == "tasks" and slot in ("asked", "kind")]
    targets = [span[0] for span, slot, value in said if value == "targets" and slot in ("asked", "kind")]
    if not (tasks and targets) or max(targets) < min(tasks):
        return False
    between = mentions.text[min(tasks) : max(targets)]
    return rules.one("parts", "joint").match(between) is None


def _asks_for_terms(slots: Slots, mentions: Mentions) -> bool:
    """牵头和配合的区别, 约束性和预期性有什么不同: of words of these plans, not of what stands in them."""
    roles = {word.value for word in mentions.keywords if word.slot == "role"}
    nothing_else = not (mentions.bureaus or mentions.plans or mentions.terms or mentions.periods or mentions.places)
    return nothing_else and "compare" in slots.filled and (len(roles) > 1 or len(slots.natures) > 1)


def _of_plan_itself(slots: Slots, mentions: Mentions) -> Intent | None:
    """X规划是哪年的: when the plan itself is from, since nothing else is named."""
    things = (mentions.terms, mentions.bureaus, mentions.periods, mentions.places, slots.named)
    if slots.asked == ("deadlines",) and "compare" in slots.filled and not any(things):
        return Intent(kind="plans")  # 这些规划的期限
    if slots.asked == ("deadlines",) and mentions.plans and not any(things) and "due" not in slots.filled:
        of_term = rules.one("question_forms", "plan_term").search(mentions.text)
        return Intent(kind="plans") if "年" in mentions.text or of_term else None
    return None


def _conflicts(slots: Slots) -> Intent | None:
    if "conflicts" not in slots.asked:
        return None
    return Intent(kind="conflicts", aggregate=_counting(slots))


def _coverage(slots: Slots) -> Intent | None:
    return Intent(kind="coverage") if "coverage" in slots.asked else None


def _superlative(slots: Slots, mentions: Mentions, compare: Compare | None) -> Intent | None:
    """哪个规划的X最高: the targets in that order, since a plan's record does not show them."""
    aggregate = next((one for one in slots.aggregates if one in ("highest", "lowest")), None)
    if aggregate is None:
        return None
    things = rules.one("question_forms", "project_word")
    if "projects" in (*slots.asked, *slots.named) or any(things.search(term.text) for term in mentions.terms):
        return Intent(kind="projects", aggregate=aggregate)
    return Intent(kind="targets", aggregate=aggregate, compare="plans" if "plans" in slots.asked else compare)


def _ranking(slots: Slots, mentions: Mentions, vocabulary: Vocabulary) -> Intent | None:
    """最多的单位, and the first so many (前三的单位) of what can only be put in order by its number of facts.

    最多 of a measure (光伏装机最多的省) is the highest.
    """
    kinds, limited = (*slots.asked, *slots.named), mentions.limit is not None
    dated: Aggregate | None = next((one for one in slots.aggregates if one in ("latest", "earliest")), None)
    if dated:
        return Intent(kind="plans", aggregate=dated)
    aggregate: Aggregate | None = next((one for one in slots.aggregates if one in ("most", "least")), None)
    if aggregate is None and limited and {"bureaus", "plans"} & set(kinds):
        aggregate = "most"
    if aggregate is None:
        return None
    of_places = mentions.group is not None and "bureaus" not in kinds and "tasks" not in kinds
    who_of_places = len(mentions.places) > 1 and "role" not in slots.filled  # 江苏和宁夏谁最多: the places
    others = {*kinds} - {"targets", *(("bureaus",) if who_of_places else ())}
    named = (who_of_places and "targets" in kinds) or likely_kind(mentions.terms, vocabulary) == "targets"
    if (not others or of_places) and mentions.terms and named:
        return Intent(kind="targets", aggregate="highest" if aggregate == "most" else "lowest")
    held = {"targets", "tasks", "projects"} & {*kinds} and "bureaus" not in kinds and not mentions.terms
    by_place = mentions.group is not None and (_names_plans(mentions) or bool(held))
    plans = by_place or ("plans" in slots.asked and "bureaus" not in slots.asked)
    counted: Kind = next((kind for kind in kinds if kind in ("tasks", "targets", "projects", "citations")), "tasks")
    return Intent(kind="plans" if plans else "bureaus", counted=counted, aggregate=aggregate)


def _names_plans(mentions: Mentions) -> bool:
    """Whether plans are ranked that no word asks for (哪个市的规划最多)."""
    return all(term.text in alone() for term in mentions.terms) and bool(
        rules.one("question_forms", "plans_counted").search(mentions.text)
    )


def _of_plans(slots: Slots, *, led: bool = False) -> Intent | None:
    """哪些规划…: plans, result by what they hold where that is named too."""
    if "plans" not in slots.asked or "bureaus" in slots.asked:
        return None
    if "tasks" in slots.asked or "projects" in slots.asked or "compare" in slots.filled:
        return None
    if led and not slots.named:
        return None  # 哪几个方案由市交委牵头: the tasks of making them
    others = [kind for kind in (*slots.asked, *slots.named) if kind not in ("plans", "definition")]
    return Intent(kind="plans", counted=others[0] if others else None, aggregate=_counting(slots))


def _counting(slots: Slots) -> Aggregate | None:
    return "count" if "count" in slots.aggregates else None


def _compare(slots: Slots, mentions: Mentions) -> Compare | None:
    compare: Compare | None = slots.values.get("compare")
    several = len({year for mention in mentions.periods for year in mention.period.years}) > 1
    if compare and several and len(mentions.plans) < 2 and "plans" not in slots.asked:
        return "years"
    return compare


def _asked(slots: Slots, *, dated: bool) -> Kind | None:
    """The kind that a question word asks for; what a count counts comes first.

    Where a time is given (targets with a deadline of 2023) its word asks for nothing.
    """
    asked = [kind for kind in slots.asked if kind != "plans" or len(slots.asked) == 1]
    if "definition" in asked:
        rest = [kind for kind in (*asked, *slots.named) if kind not in ("definition", "projects")]
        return rest[0] if rest else "definition"
    first: tuple[Kind, ...] = ("citations", "bureaus", "deadlines")
    named = [kind for kind in slots.named if kind in ("targets", "tasks")]
    if dated and named and asked == ["deadlines"]:
        return named[0]
    return next((kind for kind in first if kind in asked), asked[0] if asked else None)


def _implied(slots: Slots, mentions: Mentions, people: Participants, vocabulary: Vocabulary) -> Kind | None:
    if mentions.value and not slots.named and likely_kind(mentions.terms, vocabulary) == "projects":
        return "projects"
    about_targets = bool(
        mentions.value or mentions.unit or {"nature", "stretch", "qualitative", "baseline", "now"} & slots.filled
    )
    named = [kind for kind in slots.named if kind != "targets" or not about_targets]
    if named == ["bureaus"] and "howmuch" in slots.filled and "role" not in slots.filled and mentions.terms:
        named = ["targets"]  # 学校、医院这些单位最多能用多少电
    if any(mention.due for mention in mentions.periods) and not named:
        return "deadlines"
    if slots.filled & {"issued", "period"} and not named:
        return "plans"
    does = rules.one("question_forms", "asks_doing").search(mentions.text) and mentions.terms
    if does and not (mentions.periods or people.who) and set(named) <= {"bureaus"}:
        return "passages"  # 重点用能单位要做什么: what plans say that others than bureaus do
    if "due" in slots.filled and not named:
        return "deadlines" if mentions.periods or not people.who else "tasks"
    if about_targets and "tasks" not in named:
        return "targets"
    if slots.missing:
        return "targets" if named == ["targets"] and slots.missing == ("by",) else "tasks"
    if named:
        return "tasks" if "tasks" in named else "bureaus" if "bureaus" in named else named[0]
    roles = {word.value for word in mentions.keywords if word.slot == "role"}
    amount = "howmuch" in slots.filled or ("count" in slots.aggregates and roles <= {"any"})
    measured = amount and bool(mentions.terms) and not people.who
    if (people.who or ("role" in slots.filled and not slots.weak)) and not measured:
        return "tasks"
    return _of_topic(slots, mentions, vocabulary) if mentions.terms else _bare(slots, mentions)


def _of_topic(slots: Slots, mentions: Mentions, vocabulary: Vocabulary) -> Kind:
    """The kind of a question that holds little more than its topic."""
    likely = likely_kind(mentions.terms, vocabulary)
    amount = "howmuch" in slots.filled and mentions.measure is None
    if likely == "tasks" and (amount or "count" in slots.aggregates or mentions.measure not in _OF_TASKS):
        likely = "targets"  # so much or so many of a thing (PM2.5多少, how many charging piles), not so many tasks
    changes = rules.one("question_forms", "asks_change").search(mentions.text) is not None
    if likely == "projects" and (changes or ("howmuch" in slots.filled and mentions.periods)):
        likely = "targets"  # an amount at a time is a target, whatever projects are named like it
    if "how" in slots.filled:
        likely = likely_kind(mentions.terms, vocabulary, loosely=False)
    if "how" in slots.filled and likely == "targets" and is_measure(mentions.terms[-1].text):
        return "targets"
    if "how" in slots.filled and not (likely == "tasks" and any(term.whole for term in mentions.terms)):
        return "passages"
    if slots.weak and not _is_measure(mentions.terms[-1], likely):
        return "definition"
    if likely:
        return likely
    counted = "count" in slots.aggregates and rules.one("question_forms", "adds").search(mentions.text)
    return "targets" if mentions.group or counted or slots.filled & {"howmuch", "compare"} else "passages"


def _of_amounts(slots: Slots, mentions: Mentions) -> bool:
    """Whether an amount is asked of a bureau, and not how many tasks it has: of a length (省交通厅要修多少公里), or of
    things that are all measures (国家能源局定的电力装机和水电装机各多少)."""
    if mentions.measure in quantities.unit_names():
        return True
    if slots.asked or not ("howmuch" in slots.filled or "count" in slots.aggregates):
        return False
    ends = rules.one("question_forms", "amount_end")
    named = [term.text for term in mentions.terms if not term.text.isascii()]  # English words that no term is for
    return bool(named) and all(is_measure(term) or ends.search(term) for term in named)


def _is_measure(term: Term, likely: Kind | None) -> bool:
    """Whether what is asked for by X是什么 is the value of a measure, or a task by its title: nothing to define."""
    if likely == "tasks":
        return term.whole
    return likely == "targets" and (term.whole or is_measure(term.text))


def is_measure(text: str) -> bool:
    """Whether a phrase ends like the name of a measure."""
    return rules.one("questions", "measure.ends").search(bare(text)) is not None


def _bare(slots: Slots, mentions: Mentions) -> Kind | None:
    """The kind of a question that holds nothing but a section, a time, a plan or a place."""
    if slots.filled & {"howmuch", "compare"}:
        return None
    if any(number["box"] for number in mentions.section_numbers):
        return "projects"
    if mentions.section_name or mentions.section_numbers:
        return "tasks"
    if mentions.periods:
        return "deadlines"
    if "how" in slots.filled and mentions.places:
        return "targets"  # 省里对遵义有什么要求
    if "aggregate" in slots.filled and mentions.plans:
        return "tasks"
    return "plans" if mentions.plans or mentions.places or mentions.levels else None
