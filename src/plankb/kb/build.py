"""Making a knowledge base: what is new or changed is read, and all is swapped in when it is complete."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from plankb.errors import PlankbError
from plankb.kb import executors, files, plan_record
from plankb.kb.build_options import BuildOptions, BuildReport, Failure
from plankb.kb.draft import STORE, aside, changing, check, settings
from plankb.kb.executors import Executor
from plankb.kb.files import PlanFile
from plankb.kb.jobs import Job, Outcome
from plankb.kb.lock import writing
from plankb.store import Source, Store, StoreWriter
from plankb.store.opening import ENGINE


@dataclass
class _Work:
    """What is to be done; ids to files."""

    fresh: dict[str, PlanFile] = field(default_factory=dict)
    moved: dict[str, PlanFile] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    duplicates: list[tuple[Path, str]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def build(folder: Path, paths: Sequence[Path], options: BuildOptions) -> BuildReport:
    """Makes the knowledge base hold the plans of `paths` and no others.

    Raises E101, E102, E105, E106 for a path that cannot be used, the error of the first file where none could be read,
    E113, E114 for a cluster that cannot be used, E202, E203 for a knowledge base that cannot be replaced, E205, E206
    where it cannot be written, E218 where plans would go that may not.
    """
    return replace(_change(folder, files.collect(paths), options, whole=True), skipped=files.skipped(paths))


def add(folder: Path, paths: Sequence[Path], options: BuildOptions) -> BuildReport:
    """Adds the plans of `paths`, or reads them again where they changed. Raises what `build` raises."""
    return replace(_change(folder, files.collect(paths), options, whole=False), skipped=files.skipped(paths))


def remove(folder: Path, plans: Sequence[str]) -> BuildReport:
    """Removes plans by id. Raises E204 for one that is not there; then none is removed."""
    with changing(folder) as draft:
        store = Store.open(folder / STORE)
        for plan in plans:
            store.plan(plan)
            draft.writer.drop(plan)
        store.close()
        draft.changed.update(plans)
    return BuildReport(removed=tuple(dict.fromkeys(plans)))


def _change(folder: Path, found: Sequence[PlanFile], options: BuildOptions, *, whole: bool) -> BuildReport:
    with writing(folder):
        sources, said = _known(folder)
        work = _plan_work(found, sources, said, whole=whole)
        _ask(folder, work, options)
        kept = options.index is None or settings(folder).get(ENGINE) == options.index
        if kept and not (work.fresh or work.moved or work.removed):
            return BuildReport(unchanged=tuple(work.unchanged), duplicates=tuple(work.duplicates))
        return _write(folder, work, sources, options)


def _known(folder: Path) -> tuple[Mapping[str, Source], Mapping[str, Mapping[str, str]]]:
    """What the knowledge base holds, and what people said of its plans themselves; nothing where there is none yet."""
    if not (folder / STORE).exists():
        return {}, {}
    check(folder)
    store = Store.open(folder / STORE)
    sources, said = store.sources(), plan_record.said(store.corrections())
    store.close()
    return sources, said


def _ask(folder: Path, work: _Work, options: BuildOptions) -> None:
    """Raises E218 where plans would be removed that may not."""
    if not work.removed:
        return
    store = Store.open(folder / STORE)
    plans = [store.plan(plan) for plan in work.removed]
    store.close()
    if not options.agree(plans):
        raise PlankbError("E218", count=len(plans), plans="、".join(plan.id for plan in plans))


def _plan_work(
    found: Iterable[PlanFile], sources: Mapping[str, Source], said: Mapping[str, Mapping[str, str]], *, whole: bool
) -> _Work:
    by_path = {source.path: plan for plan, source in sources.items()}
    # Files that the knowledge base knows come first, so that they keep their ids.
    known_first = sorted(found, key=lambda file: str(file.path) not in by_path)
    known = {by_path[str(file.path)] for file in found if str(file.path) in by_path}
    taken = known if whole else set(sources)
    content = {sources[plan].sha256: plan for plan in taken - known}
    work = _Work()
    for file in known_first:
        if file.sha256 in content:
            work.duplicates.append((file.path, content[file.sha256]))
            continue
        plan = by_path.get(str(file.path)) or files.new_id(file, taken)
        content[file.sha256] = plan
        taken = {*taken, plan}
        _sort_in(work, plan, file.corrected(said.get(plan, {})), sources.get(plan))
    held = {*content.values(), *(taken if not whole else ())}
    work.removed = [plan for plan in sources if plan not in held]
    return work


def _sort_in(work: _Work, plan: str, file: PlanFile, source: Source | None) -> None:
    if source is None or source.stamp != file.stamp:
        work.fresh[plan] = file
    elif source.path != str(file.path):
        work.moved[plan] = file
    else:
        work.unchanged.append(plan)


def _write(folder: Path, work: _Work, sources: Mapping[str, Source], options: BuildOptions) -> BuildReport:
    failures: list[Failure] = []
    remarks: list[tuple[str, PlankbError]] = []
    kept: list[str] = []
    plans = len({*sources, *work.fresh} - set(work.removed))
    with aside(folder, plans=plans, choice=options.index) as draft:
        draft.changed.update(work.removed, work.fresh)
        for plan in work.removed:
            draft.writer.drop(plan)
        for plan, file in work.moved.items():
            draft.writer.relocate(plan, str(file.path))
        for (plan, file), outcome in zip(work.fresh.items(), _outcomes(work, draft.writer, options), strict=True):
            remarks += [(plan, remark) for remark in outcome.remarks]
            if outcome.packed:
                draft.writer.put_packed(outcome.packed, _source(file))
            elif outcome.error:
                failures.append(Failure(file.path, outcome.error, file.named))
                kept.extend([plan] if plan in sources else [])
        if failures and len(failures) == len(work.fresh) and not (work.unchanged or work.moved or kept):
            raise failures[0].error
    failed = {failure.path for failure in failures}
    return BuildReport(
        read=tuple(plan for plan, file in work.fresh.items() if file.path not in failed),
        unchanged=(*work.unchanged, *work.moved),
        removed=tuple(work.removed),
        kept=tuple(kept),
        outdated=tuple(file.path for file in work.fresh.values() if file.outdated),
        failures=tuple(failures),
        duplicates=tuple(work.duplicates),
        remarks=tuple(remarks),
    )


def _outcomes(work: _Work, writer: StoreWriter, options: BuildOptions) -> Iterator[Outcome]:
    """What became of each fresh file, in their order; others are read while one is written."""
    names = [file.path.name for file in work.fresh.values()]
    jobs = [Job(plan=plan, file=file, fulltext=writer.holds_fulltext) for plan, file in work.fresh.items()]
    done = 0
    options.progress(0, len(names), names[0] if names else "")
    outcomes = _executor(work, options).run(
        jobs, lambda name, page, pages: options.progress(done, len(names), f"{name} {page}/{pages}")
    )
    try:
        for outcome in outcomes:
            yield outcome
            done += 1
            options.progress(done, len(names), names[done] if done < len(names) else "")
    finally:
        if isinstance(outcomes, Generator):
            outcomes.close()  # ends the workers, also where what is told of the progress stops the work


def _executor(work: _Work, options: BuildOptions) -> Executor:
    if options.cluster is None:
        return executors.choose(options.jobs, [file.path for file in work.fresh.values()])
    from plankb.kb.cluster import Cluster

    return Cluster(options.cluster)


def _source(file: PlanFile) -> Source:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Source(path=str(file.path), sha256=file.sha256, stamp=file.stamp, read_at=now)
