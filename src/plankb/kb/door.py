"""`KnowledgeBase`: everything that a front end asks for, each as a small method that calls the part that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Unpack, overload

from plankb.errors import Language
from plankb.kb import asker
from plankb.kb.build_options import BuildOptions, Options, Progress, silent
from plankb.kb.opened import Opened

if TYPE_CHECKING:
    from collections import Counter

    from plankb.document import CleanText, Outline
    from plankb.exports.formats import What
    from plankb.exports.tables import Table
    from plankb.graph import Graph
    from plankb.graph.levels import Answering
    from plankb.kb.aligning import Compared, Covered
    from plankb.kb.backup import Kept
    from plankb.kb.build_options import BuildReport
    from plankb.kb.checking import Checked, Choice, ConflictFilter, Step
    from plankb.kb.corrections import CorrectionDesk
    from plankb.kb.ledger import LedgerDesk
    from plankb.kb.measuring import Choice as SampleChoice
    from plankb.kb.measuring import Measured, Sample
    from plankb.kb.naming import Named
    from plankb.kb.opening import AnyPath
    from plankb.kb.responsibility import GraphQuestion
    from plankb.kb.standing import Standing
    from plankb.kb.verifying import Verified
    from plankb.matrix import Matrix, Selection
    from plankb.model import (
        AnyFact,
        Attachment,
        Bureau,
        Citation,
        Conflict,
        Deadline,
        Doubt,
        Plan,
        Project,
        Record,
        Target,
        Task,
    )
    from plankb.query import Answer, Dialogue, Understood
    from plankb.search import SearchResult
    from plankb.store import FactKind


class KnowledgeBase(Opened):
    """A knowledge base in a folder, which need not be there yet. It may be used from several threads.

    Facts are asked for in the words that people use (see `Named`); `store` reads them by ids. Methods that read raise
    what `Store.open` raises: E201 where there is no knowledge base, E202 for a newer one, E203 for a damaged one.
    """

    def build(self, paths: Sequence[AnyPath], *, progress: Progress = silent, **named: Unpack[Options]) -> BuildReport:
        """Makes it of the plans of files and folders, and of no others; unchanged files are not read again."""
        from plankb.kb import build

        return build.build(self.folder, [Path(path) for path in paths], BuildOptions(progress=progress, **named))

    def add(self, paths: Sequence[AnyPath], *, progress: Progress = silent, **named: Unpack[Options]) -> BuildReport:
        """Adds plans, or reads them again where they changed."""
        from plankb.kb import build

        return build.add(self.folder, [Path(path) for path in paths], BuildOptions(progress=progress, **named))

    def describe(
        self, plan: str, values: Mapping[str, str], *, unset: Sequence[str] = (), who: str | None = None
    ) -> Plan:
        """Corrects what is known of a plan itself (`plan_record.FIELDS`), takes corrections of the fields `unset` back,
        and reads the plan again where its file is still there. Raises E204, E123."""
        self.corrections.describe(self.store.plan(plan), values, unset=unset, who=who)
        path = Path(self.store.sources()[plan].path)
        if path.is_file():
            self.add([path])
        return self.store.plan(plan)

    def verify(self, path: Path | None = None) -> Verified:
        """Proves the knowledge base, or a file made from it (`verifying.file`). Raises E203, E101, E105, E510, E220."""
        from plankb.kb import verifying

        if path is not None:
            return verifying.file(self.store, path)
        return verifying.knowledge_base(self.store, self.engine)

    def backup(self, path: Path) -> Kept:
        """Writes all that is the user's own to one file. Raises E201 to E203, E205, E501, E502."""
        from plankb.kb import backup

        return backup.backup(self.folder, path)

    def restore(self, path: Path, *, replace: bool = False) -> Kept:
        """Brings a backup back; with `replace`, a copy is kept of what it replaces. Raises E211, E212, E101, E205."""
        from plankb.kb import backup

        return backup.restore(self.folder, path, replace=replace)

    def remove(self, plans: Sequence[str]) -> BuildReport:
        """Removes plans by id."""
        from plankb.kb import build

        return build.remove(self.folder, plans)

    def plans(self) -> list[Plan]:
        """All plans, by id."""
        return self.store.plans()

    @overload
    def facts(self, kind: Literal["task"], **named: Unpack[Named]) -> list[Task]: ...
    @overload
    def facts(self, kind: Literal["target"], **named: Unpack[Named]) -> list[Target]: ...
    @overload
    def facts(self, kind: Literal["deadline"], **named: Unpack[Named]) -> list[Deadline]: ...
    @overload
    def facts(self, kind: Literal["project"], **named: Unpack[Named]) -> list[Project]: ...
    @overload
    def facts(self, kind: Literal["citation"], **named: Unpack[Named]) -> list[Citation]: ...
    @overload
    def facts(self, kind: Literal["doubt"], **named: Unpack[Named]) -> list[Doubt]: ...
    @overload
    def facts(self, kind: FactKind, **named: Unpack[Named]) -> list[AnyFact]: ...
    def facts(self, kind: FactKind, **named: Unpack[Named]) -> Sequence[AnyFact]:
        """The facts of a kind as they stand after all corrections, by plan and place in the text.

        Raises E204 for a plan that is not there, E207 for a bureau that no plan names, E123, E505.
        """
        from plankb.kb import naming

        where = naming.where(self.store, named)
        return [] if where is None else self.store.facts(kind, where)

    def tasks(self, **named: Unpack[Named]) -> list[Task]:
        """Tasks: `kb.tasks(bureau="市交委", role="lead", by="2025")`. Raises what `facts` raises."""
        return self.facts("task", **named)

    def targets(self, **named: Unpack[Named]) -> list[Target]:
        """Targets: `kb.targets(indicator="森林覆盖率")`. Raises what `facts` raises."""
        return self.facts("target", **named)

    def bureaus(self, **named: Unpack[Named]) -> list[Bureau]:
        """Bureaus, by id; under a condition, with the tasks that meet it. Raises what `facts` raises."""
        from plankb.kb import naming

        where = naming.where(self.store, named)
        return [] if where is None else self.store.bureaus(where)

    def fact(self, fact: str) -> AnyFact | None:
        """The fact of an id; None where there is none."""
        return self.store.fact(fact)

    def clean(self, plan: str) -> CleanText:
        """The clean text that the spans of a plan's facts point into, with its map to the file. Raises E204."""
        return self.store.clean(plan)

    def attached(self, plan: str) -> list[tuple[Attachment, Counter[str]]]:
        """The attachments of a plan, each with how many facts of every kind stand in it. Raises E204."""
        from plankb.kb.standing import attachments_counted

        return attachments_counted(self.store, plan)

    def search(self, words: str, *, limit: int = 20, plans: Sequence[str] = ()) -> SearchResult:
        """The passages that hold the words (see `plankb.search.syntax`), best first. Raises E351 to E355."""
        from plankb.search import search

        return search(self.engine, words, limit=limit, plans=plans)

    def plan_ids(self, words: Sequence[str] | None) -> tuple[str, ...]:
        """The ids of plans that are named by id or by a part of their title, else by that of one of their attachments;
        () for no words. Raises E204."""
        from plankb.kb import naming

        return naming.plan_ids(self.store, words)

    def bureau_ids(self, names: Sequence[str] | None) -> tuple[str, ...]:
        """The ids of bureaus by any of their names, else by a part of one; () for no names. Raises E207."""
        from plankb.kb import naming

        return naming.bureau_ids(self.store, names)

    def indicator_ids(self, words: str) -> tuple[str, ...]:
        """The ids of the indicators in whose name the words stand, else of those near to them; () for none."""
        from plankb.kb import naming

        return naming.indicator_ids(self.store, words)

    def matrix(self, selection: Selection | None = None, *, today: str | None = None) -> Matrix:
        """Who answers for what: rows, columns, cells, totals, holes; which plans are past their time `today`,
        `YYYY-MM-DD`. Raises E204, E410, E504 where no task is selected."""
        from plankb.kb import responsibility
        from plankb.matrix import Selection

        return responsibility.matrix(self.store, selection or Selection(), today)

    def write_matrix(self, matrix: Matrix, path: Path, *, lang: Language = "zh", **options: object) -> None:
        """Writes a matrix in the format that the file's name asks for; `options` are those of `exports.formats`:
        `columns`, `paper`, `bureau_sheets`. Raises E503, E544 for an option of other formats, E205."""
        from plankb.exports.formats import fitting

        self._write("matrix", matrix, path, lang=lang, **fitting(path.suffix.lower(), options))

    def write_each_bureau(
        self, matrix: Matrix, folder: Path, ending: str, *, lang: Language = "zh", **options: object
    ) -> list[Path]:
        """Writes a file for each bureau of a matrix into a folder, named by bureau, and gives their paths.

        Raises E503, E205, E543 where the folder is a file.
        """
        from plankb.exports.formats import fitting
        from plankb.kb import handing_out

        return handing_out.write(matrix, folder, ending, lang=lang, **fitting(ending, options))

    def write_table(self, table: Table, path: Path) -> None:
        """Writes one plain table in the format that the file's name asks for. Raises E503, E205."""
        self._write("table", table, path)

    def _write(self, what: What, made: object, path: Path, *, lang: Language = "zh", **options: object) -> None:
        from plankb.exports.formats import known, render
        from plankb.kb.outputs import hand_out

        hand_out(path, render(what, made, known(what, path), lang=lang, **options))

    def conflicts(self, where: ConflictFilter | None = None) -> tuple[Conflict, ...]:
        """The conflicts between plans and inside them, the gravest first. Raises E406 for an unknown type."""
        from plankb.kb import checking

        return self.all_conflicts if where is None else checking.conflicts(self.store, where)

    def standing(self, today: str | None = None) -> Standing:
        """Which plans are past their time, replaced, versions of one document, or without a place. Raises E410."""
        from plankb.kb.standing import standing_of

        return standing_of(self.store, today)

    def render_conflicts(
        self, found: Sequence[Conflict], ending: str, *, lang: Language = "zh", today: str | None = None
    ) -> bytes:
        """Conflicts as a file with an ending, as `formats` names them; titles say which plans are past their time or
        replaced `today`, `YYYY-MM-DD`. Raises E410."""
        from plankb.exports.formats import ConflictList, render

        standing = self.standing(today)
        titles = {plan.id: standing.title(plan, lang) for plan in self.store.plans()}
        return render("conflicts", ConflictList(found, titles), ending, lang=lang)

    def coverage(self, plan: str, above: Sequence[str] = ()) -> Covered:
        """How a plan answers to the plans named by id, or to all of the places above. Raises E204, E209."""
        from plankb.kb import aligning

        return aligning.coverage(self.store, plan, above)

    def render_coverage(self, covered: Covered, ending: str, *, lang: Language = "zh") -> bytes:
        """The table of what is asked and answered (对照表) as a file with an ending."""
        from plankb.kb import aligning

        return aligning.render_coverage(covered, ending, lang=lang)

    def diff(self, old: str, new: str) -> Compared:
        """Two versions of a plan, each a file or a plan's id, fact by fact. Raises E101 to E107."""
        from plankb.kb import aligning

        return aligning.compare(self.store if self.exists else None, old, new)

    def render_differences(self, compared: Compared, ending: str, *, lang: Language = "zh") -> bytes:
        """Two versions side by side, as a file with an ending."""
        from plankb.kb import aligning

        return aligning.render_differences(compared, ending, lang=lang)

    def check(
        self, draft: AnyPath, choice: Choice | None = None, *, progress: Callable[[Step, int], None] | None = None
    ) -> Checked:
        """A draft checked against itself, and against the knowledge base if there is one. Raises E101 to E107, E401."""
        from plankb.kb import checking

        store = self.store if self.exists else None
        return checking.check(store, Path(draft), choice or checking.Choice(), progress or checking.silent)

    def accept(self, checked: Checked, finding: str, reason: str) -> Path:
        """Accepts the findings RULE@LINE with a reason, and gives the file that says so. Raises E404, E405, E205."""
        from plankb.kb import checking

        return checking.accept(checked, finding, reason)

    def render_findings(self, checked: Checked, ending: str, *, lang: Language = "zh", **options: object) -> bytes:
        """Findings as a file with an ending; ".docx" is the draft with comments, and with tracked changes unless the
        option `fixes` is False. Raises E407."""
        from plankb.kb import checking

        return checking.render(checked, ending, lang=lang, **options)

    def graph(self, selection: Selection | None = None) -> Graph:
        """The responsibility graph of the plans and bureaus chosen, with those they work with. Raises E204, E504."""
        from plankb.kb import responsibility
        from plankb.matrix import Selection

        return responsibility.graph(self.store, selection or Selection())

    def graph_answers(
        self, question: GraphQuestion, selection: Selection, named: Sequence[tuple[str, ...]] = ()
    ) -> list[Record]:
        """What the graph says to a question; `named` are the ids of each bureau that was named. Raises E204, E504."""
        from plankb.kb import responsibility

        return responsibility.answers(self.store, question, selection, named)

    def answering(self, selection: Selection | None = None) -> list[Answering]:
        """Which tasks of lower plans answer to which of higher ones. Raises E204."""
        from plankb.kb import responsibility
        from plankb.matrix import Selection

        return responsibility.answering(self.store, selection or Selection())

    def write_graph(self, graph: Graph, path: Path, *, lang: Language = "zh") -> None:
        """Writes a graph in the format that the file's name asks for. Raises E503, E501, E502, E205."""
        self._write("graph", graph, path, lang=lang)

    @property
    def corrections(self) -> CorrectionDesk:
        """What people say of facts: accept, correct, reject, take back."""
        from plankb.kb.corrections import CorrectionDesk

        return CorrectionDesk(self.folder, lambda: self.store)

    @property
    def ledger(self) -> LedgerDesk:
        """How the tasks stand: what is due and late, who reported what; reports are added and taken back."""
        from plankb.kb.ledger import LedgerDesk

        return LedgerDesk(self.folder, lambda: self.store)

    def sample(self, choice: SampleChoice | None = None) -> Sample:
        """Facts to judge by kind and plan, the same each time, with what people said of them. Raises E123, E650."""
        from plankb.kb import measuring

        return measuring.draw(self.store, choice or measuring.Choice())

    def measured(self, choice: SampleChoice | None = None) -> Measured:
        """How much of what was read is right, by the judged facts of the sample. Raises what `sample` raises."""
        from plankb.kb import measuring

        return measuring.measured(self.sample(choice))

    def outline(self, plan: str) -> Outline:
        """The outline of a plan. Raises E204."""
        from plankb.document import outline

        return outline(self.store.clean(plan))

    def ask(self, question: str, *, lang: Language | None = None) -> Answer:
        """Answers a question; `lang` None answers in the question's language. Raises E301, E302."""
        from plankb import query

        return query.ask(question, self.library, lang=lang, context=asker.context())

    def answer(self, understood: Understood, *, lang: Language = "zh") -> Answer:
        """Answers a query, such as one of which a condition was taken out."""
        from plankb import query

        return query.answer(understood, self.library, lang)

    def dialogue(self) -> Dialogue:
        """A conversation, in which a question may go on from the one before."""
        from plankb.query import Dialogue

        return Dialogue(self.library, context=asker.context())
