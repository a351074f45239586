"""One function a kind of question: the facts, and the sentence that sums them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from plankb.errors import Language
from plankb.model import ROLES, Bureau, Citation, Conflict, Project, Target, Task
from plankb.numbers import plain
from plankb.phrases import number
from plankb.query.answering import conditions, select
from plankb.query.answering.boxes import boxes_said, rest_of_box
from plankb.query.answering.bureaus import find_bureaus, tasks_of
from plankb.query.answering.by_topic import Selection
from plankb.query.answering.conditions import role_of
from plankb.query.answering.coverage import coverage
from plankb.query.answering.deadlines import deadlines
from plankb.query.answering.differences import differ
from plankb.query.answering.extremes import by_size, is_sized, placed_name
from plankb.query.answering.many import ManyTasks, all_of, plain_tasks, plans_of
from plankb.query.answering.meanings import definition
from plankb.query.answering.passages import passages, quoted, sentence_on_who
from plankb.query.answering.plans import plans
from plankb.query.answering.project_sizes import total_size
from plankb.query.answering.result import Result
from plankb.query.answering.sentences import joined, names, say, target_words, where
from plankb.query.answering.targets import targets
from plankb.query.library import Library
from plankb.query.model import AnyAnswer, Kind, Understood, Who
from plankb.store import FactFilter

Answering = Callable[[Understood, Library, Language], Result]
_FEW_TARGETS = 6
_RANKED = 4
_FEW_TITLES = 3
_HUNDRED = 100


def _tasks(query: Understood, library: Library, lang: Language) -> Result:
    if query.form == "verify" and query.claims:
        return _counted(query, library, lang)
    if query.form == "verify":
        return _verified(query, library, lang)
    if query.state:
        return _standing(query, library, lang)
    plain = plain_tasks(query, library)
    found = select.tasks(query, library) if plain is None else Selection(facts=plain)
    if not found.facts:
        return Result.nothing(query, lang)
    place = _where(found, library, lang)
    count = len(found.facts)
    named = [who for who in query.who if not who.excluded]
    if query.bodies_order:
        return _result(found, _by_bodies(query, found, lang))
    if not named:
        text = _with_titles(say("sentence", "tasks", lang, count=count, where=place), found, lang)
        return _result(found, text + (_sections(found, lang) if query.by_section else ""))
    who = joined((_spoken(one.names, one.said) for one in named), lang)
    roles = {_role_key(one) for one in named}
    role = say("role", roles.pop() if len(roles) == 1 else "any", lang)
    role = (say("role", "together", lang) if query.together and len(named) > 1 else "") + role
    rest = _role_counts(found.facts, named[0], lang) if len(named) == 1 and not named[0].role else ""
    rest += _sections(found, lang) if query.by_section else ""
    text = say("sentence", "tasks_of", lang, who=who, role=role, count=count, where=place)
    return _result(found, _with_titles(text, found, lang) + rest)


def _by_bodies(query: Understood, found: Selection, lang: Language) -> str:
    """The tasks with most or least bureaus, the first of them with how many, in the role asked for."""
    tasks = [task for task in found.facts if isinstance(task, Task)]
    roles = (query.role,) if query.role else ROLES
    sizes = [len({name for role in roles for name in getattr(task, role)}) for task in tasks]
    said = [say("sentence", "of_bodies", lang, title=t.title, count=n) for t, n in zip(tasks, sizes, strict=True)]
    return say(
        "sentence", f"{query.bodies_order}_bodies", lang, first=said[0], rest=joined(said[1:], lang, limit=_FEW_TITLES)
    )


def _sections(found: Selection, lang: Language) -> str:
    """In which sections tasks stand and how many in each; the heading of a task itself is none."""
    tasks = [task for task in found.facts if isinstance(task, Task)]
    above = [[heading for heading in task.section if task.title not in heading] for task in tasks]
    counts = Counter(headings[-1] for headings in above if headings)
    said = [say("sentence", "of_section", lang, title=title, count=count) for title, count in counts.most_common()]
    return say("sentence", "by_section", lang, list=joined(said, lang, limit=_FEW_TITLES)) if said else ""


def _with_titles(text: str, found: Selection, lang: Language) -> str:
    """A sentence on tasks with the titles of few of them at its end."""
    if len(found.facts) > _FEW_TITLES:
        return text
    titles = [f"“{task.title}”" for task in found.facts if isinstance(task, Task)]
    return text.rstrip("。.") + say("sentence", "tasks_titles", lang, titles=joined(titles, lang))


def _standing(query: Understood, library: Library, lang: Language) -> Result:
    """How many of the tasks that meet the other conditions stand as asked; none of them is an answer too."""
    everything = select.tasks(replace(query, state=None), library)
    if not everything.facts or query.state is None:
        return Result.nothing(query, lang)
    found = tuple(
        fact for fact in everything.facts if isinstance(fact, Task) and conditions.meets_state(fact, query, library)
    )
    people = joined((_spoken(one.names, one.said) for one in query.who if not one.excluded), lang)
    who = say("sentence", "state_who", lang, who=people) if people else ""
    total, state = len(everything.facts), say("state", query.state, lang)
    share = number(plain(round(len(found) / total * _HUNDRED, 1)))
    text = say("sentence", "state", lang, who=who, total=total, state=state, count=len(found), share=share)
    reported = conditions.reported(everything.facts, query, library)
    day = conditions.day_asked(query).isoformat()
    remark = say("note", "state", lang, today=day, reported=reported)
    return Result(text=text, facts=found, by_text=everything.by_text, remarks=(remark,), told=True)


def _role_counts(facts: Sequence[AnyAnswer], who: Who, lang: Language) -> str:
    """How many of a bureau's tasks it leads, supports, shares."""
    many = facts.roles if isinstance(facts, ManyTasks) else None
    roles = Counter(many or (role_of(task, who.ids) for task in facts if isinstance(task, Task)))
    counts = {role: roles[role] for role in ROLES}
    said = [say("sentence", f"of_{role}", lang, count=count) for role, count in counts.items() if count]
    return say("sentence", "roles", lang, list=joined(said, lang)) if said and not who.collectives else ""


def _verified(query: Understood, library: Library, lang: Language) -> Result:
    """Whether a bureau has its role in the tasks named: yes with these, or no with who has it."""
    found = select.tasks(query, library)
    others = found if found.facts else _of_others(query, library)
    tasks = [fact for fact in others.facts if isinstance(fact, Task)]
    if not tasks:
        return Result.nothing(query, lang)
    said = joined(
        (_responsible(task, replace(query, role=None), lang).rstrip("。.") for task in tasks),
        lang,
        limit=3,
        mark="parts",
    )
    return _result(others, say("sentence", "yes" if found.facts else "no", lang, list=said))


def _counted(query: Understood, library: Library, lang: Language) -> Result:
    """Whether a bureau has as many tasks as a question says, with how many there are."""
    found = _tasks(replace(query, form=None, claims=()), library, lang)
    count = len(found.facts)
    low, high = query.claims[0].low, query.claims[0].high
    right = (low is None or count >= low) and (high is None or count <= high)
    return replace(found, text=say("sentence", "that_is" if right else "that_is_not", lang, text=found.text))


def _of_others(query: Understood, library: Library) -> Selection:
    """The tasks asked about that others have: what names no bureau, or is of plans that know none of those asked for,
    denies nothing."""
    anyone = select.tasks(replace(query, who=(), role=None, together=False), library)
    known = [replace(who, role=None, without=None, sole=False, excluded=False) for who in query.who if who.ids]
    of_them = select.tasks(replace(query, who=tuple(known), topic=None, role=None, together=False), library).facts
    plans = {task.plan for task in of_them if isinstance(task, Task)} if known else set()
    kept = [task for task in anyone.facts if isinstance(task, Task) and any(getattr(task, role) for role in ROLES)]
    return replace(anyone, facts=tuple(task for task in kept if not plans or task.plan in plans))


def _role_key(who: Who) -> str:
    """The role asked for, as `answers.toml` names it."""
    return who.role or (f"any_but_{who.without}" if who.without else "any")


def _spoken(full: Sequence[str], said: str) -> str:
    return full[0] if len(full) == 1 else said


def _bureaus(query: Understood, library: Library, lang: Language) -> Result:
    if query.seat:
        return _of_seat(query.seat, library, lang)
    found = find_bureaus(query, library)
    bureaus = [fact for fact in found.facts if isinstance(fact, Bureau)]
    tasks = all_of(found.tasks, Task) or tasks_of(query, library)
    if not bureaus:
        return _joint_instead(query, library, tasks, lang)
    if query.aggregate in ("most", "least"):
        return _result(found, _ranking(query, bureaus, lang))
    held = [task for task in tasks if task.bureaus] if query.topic else []
    if query.topic and not query.who and len(held) == 1:
        return _result(found, _responsible(held[0], query, lang))
    said = _by_role(bureaus, lang) if query.role is None else names([bureau.name for bureau in bureaus], lang)
    if query.who:
        who = joined((_spoken(one.names, one.said) for one in query.who), lang)
        if all(one.excluded for one in query.who):
            role = say("role", query.role or "any", lang)
            text = say("sentence", "besides", lang, who=who, role=role, count=len(bureaus), names=said)
            return _result(found, text)
        return _result(found, say("sentence", "partners", lang, who=who, count=len(bureaus), names=said))
    if query.state and not query.topic:
        said = names([bureau.name for bureau in bureaus], lang)
        state = say("state", query.state, lang)
        return _result(found, say("sentence", "bureaus_in_state", lang, state=state, count=len(bureaus), names=said))
    text = say("sentence", "bureaus", lang, count=len(bureaus), names=said)
    if query.topic and 1 < len(held) <= _FEW_TITLES:
        titles = joined((f"“{task.title}”" for task in held), lang)
        text += say("sentence", "of_tasks", lang, titles=titles)
    return _result(found, text)


def _of_seat(seat: str, library: Library, lang: Language) -> Result:
    """The bureaus of a zone or place itself, those with most tasks first."""
    ids = tuple(bureau.id for bureau in library.vocabulary.bureaus.values() if bureau.jurisdiction == seat)
    own = library.store.bureaus(FactFilter(bureaus=ids)) if ids else []
    own.sort(key=lambda bureau: -len({*bureau.lead, *bureau.support, *bureau.joint}))
    said = names([bureau.name for bureau in own], lang)
    return Result(text=say("sentence", "seat", lang, place=seat, count=len(own), names=said), facts=tuple(own))


def _by_role(bureaus: Sequence[Bureau], lang: Language) -> str:
    """The bureaus by their first role: who leads, then who supports, then who shares."""
    left, parts = list(bureaus), []
    for role in ROLES:
        own = [bureau for bureau in left if getattr(bureau, role)]
        left = [bureau for bureau in left if bureau not in own]
        if own:
            parts.append(say("sentence", f"who_{role}", lang, names=names([bureau.name for bureau in own], lang)))
    return say("join", "parts", lang).join(parts)


def _joint_instead(query: Understood, library: Library, tasks: Sequence[Task], lang: Language) -> Result:
    """Of tasks that name no lead, the bureaus that share them, said to be no leads."""
    shared = find_bureaus(replace(query, role="joint"), library)
    if query.role not in ("lead", "support") or not query.topic or not shared.facts:
        return _without_role(query, tasks, library, lang)
    said = names([fact.name for fact in shared.facts if isinstance(fact, Bureau)], lang)
    titles = joined((f"“{task.title}”" for task in tasks if task.joint), lang, limit=_FEW_TITLES)
    role = say("role", query.role, lang)
    text = say("sentence", "joint_instead", lang, titles=titles, role=role, count=len(shared.facts), names=said)
    remark = say("note", "joint_instead", lang, role=role)
    return Result(text=text, facts=shared.facts, by_text=shared.by_text, remarks=(remark,))


def _without_role(query: Understood, tasks: Sequence[Task], library: Library, lang: Language) -> Result:
    """What to say of tasks that are there but name no bureau in the role asked for."""
    if not tasks or not query.topic:
        return Result.nothing(query, lang)
    role = say("role", query.role or "responsible", lang)
    titles = joined((_responsible(task, query, lang, role=None).rstrip("。.") for task in tasks), lang, limit=3)
    text = say("sentence", "no_role", lang, role=role, titles=titles)
    if said := sentence_on_who(query, library):
        plan = library.vocabulary.title_of.get(said.plan, said.plan)
        text += say("sentence", "who_text", lang, text=quoted(said), plan=plan)
        return Result(text=text, told=True, related=(said,))
    return Result(text=text, told=True)


def _responsible(task: Task, query: Understood, lang: Language, *, role: str | None = "asked") -> str:
    """Who answers for one task, in the roles asked for."""
    shown = [query.role] if query.role and role else ["lead", "support", "joint"]
    if task.joint and not task.lead and "joint" in shown:
        return say("sentence", "joint_only", lang, title=task.title, joint=joined(task.joint, lang)) + _stop(lang)
    parts = []
    for key, sentence in (("lead", "leads"), ("support", "supports"), ("joint", "joints")):
        people_ = getattr(task, key)
        if people_ and key in shown:
            parts.append(say("sentence", sentence, lang, title=task.title, **{key: joined(people_, lang)}))
    text = say("join", "comma", lang).join(parts) or f"“{task.title}”"
    if parts and task.title not in parts[0]:
        text = say("sentence", "of_task", lang, title=task.title, text=text)
    return text + _stop(lang)


def _stop(lang: Language) -> str:
    return "。" if lang == "zh" else "."


def _ranking(query: Understood, bureaus: Sequence[Bureau], lang: Language) -> str:
    loads = [len({*bureau.lead, *bureau.support, *bureau.joint}) for bureau in bureaus]
    others = [f"{b.name}（{n}）" if lang == "zh" else f"{b.name} ({n})" for b, n in zip(bureaus, loads, strict=True)]
    tied = min(sum(load == loads[0] for load in loads), _RANKED)
    following = joined(others[tied:], lang, limit=_RANKED)
    rest = say("sentence", "ranked_next", lang, names=following) if others[tied:] else ""
    first = joined((bureau.name for bureau in bureaus[:tied]), lang)
    sentence = "ranking" if query.aggregate == "most" else "ranking_least"
    what = say("what", query.role or "tasks", lang)
    if query.state and not query.role:
        what = say("what", "in_state", lang, state=say("state", query.state, lang))
    beside = [who for who in query.who if not who.excluded]
    if len(beside) == 1:  # of those that work with it
        what = say("what", "with", lang, who=_spoken(beside[0].names, beside[0].said))
    return say("sentence", sentence, lang, what=what, first=first, load=loads[0], rest=rest)


def _conflicts(query: Understood, library: Library, lang: Language) -> Result:
    found = select.conflicts(query, library)
    if not found.facts and query.topic and query.topic.labels:
        shown = targets(replace(query, kind="targets", form=None), library, lang)
        differs = len(query.places) > 1 and differ(shown.facts, query, library)
        key = "differs" if differs else "agreed"
        return replace(shown, text=say("sentence", key, lang, text=shown.text)) if shown.facts else shown
    if not found.facts:
        return Result.nothing(query, lang)
    conflicts = [fact for fact in found.facts if isinstance(fact, Conflict)]
    topics = joined((conflict.indicator for conflict in conflicts), lang, limit=_FEW_TARGETS)
    if len(conflicts) <= _FEW_TITLES:
        topics = say("join", "parts", lang).join(_conflict_words(conflict, library, lang) for conflict in conflicts)
    return _result(found, say("sentence", "conflicts", lang, count=len(found.facts), list=topics))


def _conflict_words(conflict: Conflict, library: Library, lang: Language) -> str:
    """What is in conflict, with what each side says."""
    sides = dict.fromkeys(
        target_words(fact, library.vocabulary.plans, lang) for fact in conflict.facts if isinstance(fact, Target)
    )
    if not sides:
        return conflict.indicator
    said = joined(sides, lang, limit=_FEW_TITLES)
    return say("sentence", "conflict", lang, indicator=conflict.indicator, list=said)


def _projects(query: Understood, library: Library, lang: Language) -> Result:
    found = select.projects(query, library)
    if query.measure and found.facts and not any(is_sized(fact, query.measure) for fact in found.facts):
        text = say(
            "sentence",
            "unsized",
            lang,
            measure=query.measure,
            count=len(found.facts),
            where=_where(found, library, lang),
        )
        return _result(found, text)
    if query.form == "sum" and (
        result := total_size([fact for fact in found.facts if isinstance(fact, Project)], library, lang)
    ):
        return result
    if query.form == "sum" and found.facts:
        place = _where(found, library, lang)
        return _result(found, say("sentence", "no_sizes", lang, count=len(found.facts), where=place))
    known = [fact for fact in found.facts if isinstance(fact, Project)]
    sized = by_size(known, query)
    if not sized and query.section and (boxes := boxes_said(query, known, library, lang)):
        return replace(_result(found, say("sentence", "targets_few", lang, list=boxes)), told=True)
    if not sized:
        plainly = _listed("projects", found, query, library, lang)
        return replace(plainly, text=plainly.text + rest_of_box(known, library, lang)) if known else plainly
    key, last = ("largest", "smallest_too") if query.aggregate == "highest" else ("smallest", "largest_too")
    things = (_thing(project).replace(project.name, placed_name(project, library), 1) for project in sized)
    listed = joined(things, lang, limit=query.limit or _FEW_TITLES, mark="parts")
    text = say("sentence", key, lang, list=listed)
    if len(sized) > 1:
        text = text.rstrip("。.") + say("sentence", last, lang, last=_thing(sized[-1]))
    return replace(_result(found, text), facts=tuple(sized))


def _citations(query: Understood, library: Library, lang: Language) -> Result:
    return _listed("citations", select.citations(query, library), query, library, lang)


def _listed(sentence: str, found: Selection, query: Understood, library: Library, lang: Language) -> Result:
    if not found.facts:
        return Result.nothing(query, lang)
    place = _where(found, library, lang)
    few = ""
    if len(found.facts) <= _FEW_TITLES:
        few = say("sentence", "listed", lang, list=joined(map(_thing, found.facts), lang, mark="parts"))
    return _result(found, say("sentence", sentence, lang, count=len(found.facts), where=place) + few)


def _thing(fact: AnyAnswer) -> str:
    """A project with its sizes, or a document with its number."""
    if isinstance(fact, Project):
        sizes = "、".join(f"{number(size.value)}{size.unit}" for size in fact.quantity)
        return f"{fact.name}（{sizes}）" if sizes else fact.name
    return f"《{fact.title}》{fact.number or ''}" if isinstance(fact, Citation) else ""


def _help(query: Understood, library: Library, lang: Language) -> Result:  # noqa: ARG001
    remark = say("note", "help", lang)
    return Result(text=say("help", query.help or "can", lang), remarks=(remark,))


def _result(found: Selection, text: str) -> Result:
    return Result(text=text, facts=found.facts, by_text=found.by_text, also=found.also)


def _where(found: Selection, library: Library, lang: Language) -> str:
    return where(plans_of(found.facts), library.vocabulary.plans, lang)


ANSWERS: Mapping[Kind, Answering] = MappingProxyType(
    {
        "tasks": _tasks,
        "bureaus": _bureaus,
        "targets": targets,
        "deadlines": deadlines,
        "conflicts": _conflicts,
        "coverage": coverage,
        "projects": _projects,
        "citations": _citations,
        "plans": plans,
        "definition": definition,
        "passages": passages,
        "help": _help,
    }
)
