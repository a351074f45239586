"""Making a knowledge base: what is read, what is kept, and that nothing is ever lost."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase, files, program
from plankb.kb.draft import STORE
from plankb.kb.lock import writing
from plankb.model import Plan
from plankb.readers.manifest import Entry
from plankb.store import StoreWriter
from tests import corpus

TEXT = "某市{name}实施方案\n\n一、重点任务\n\n（一）做好{name}工作。到2025年，{name}覆盖率达到90%。（市{name}局牵头）\n"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder of three plans."""
    for name in ("交通", "教育", "卫生"):
        write(tmp_path / "plans" / f"{name}.txt", name)
    return tmp_path / "plans"


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    return KnowledgeBase(tmp_path / "kb")


def write(path: Path, name: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(name=name), encoding="utf-8")
    return path


def ids(kb: KnowledgeBase) -> list[str]:
    return sorted(plan.id for plan in kb.store.plans())


def test_a_plan_is_known_by_its_file_name_and_its_text_comes_back(plans: Path, kb: KnowledgeBase) -> None:
    report = kb.build([plans])
    assert sorted(report.read) == ids(kb) == sorted(["交通", "教育", "卫生"])
    assert kb.store.raw("交通") == TEXT.format(name="交通")
    assert kb.clean("交通").text == kb.store.text("交通")
    assert [section.title for section in kb.outline("交通").sections] == ["重点任务", "做好交通工作"]


def test_the_manifest_of_a_folder_says_what_its_plans_are(kb: KnowledgeBase) -> None:
    kb.build([corpus.FOLDER / "guiyang-air-145.txt"])
    plan = kb.store.plan("guiyang-air-145")
    assert (plan.issuer, plan.level, plan.period, plan.date) == ("贵阳市生态环境局", "city", "2021-2025", "2022-11")


def test_only_what_changed_is_read_again(plans: Path, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    kb.build([plans])
    assert kb.build([plans]).read == ()
    write(plans / "教育.txt", "体育")
    report = kb.build([plans])
    assert (report.read, len(report.unchanged)) == (("教育",), 2)
    (plans / "plans.toml").write_text('[[plan]]\nfile = "交通.txt"\ntitle = "新题"\n', encoding="utf-8")
    assert kb.build([plans]).read == ("交通",)
    assert kb.store.plan("交通").title == "新题"
    monkeypatch.setattr(program, "digest", lambda: "another program")
    assert sorted(kb.build([plans]).read) == ids(kb)


def test_a_manifest_of_another_state_of_a_file_is_named_and_used(plans: Path, kb: KnowledgeBase) -> None:
    entry = f'[[plan]]\nfile = "交通.txt"\ntitle = "新题"\nsha256 = "{"0" * 64}"\n'
    (plans / "plans.toml").write_text(entry, encoding="utf-8")
    assert [path.name for path in kb.build([plans]).outdated] == ["交通.txt"]
    assert kb.store.plan("交通").title == "新题"


def test_build_holds_the_plans_that_were_given_and_no_others(plans: Path, kb: KnowledgeBase) -> None:
    kb.build([plans])
    assert sorted(kb.build([plans / "交通.txt"]).removed) == sorted(["教育", "卫生"])
    assert ids(kb) == ["交通"]


def test_add_and_remove(plans: Path, tmp_path: Path, kb: KnowledgeBase) -> None:
    kb.build([plans])
    assert kb.add([write(tmp_path / "more" / "农业.txt", "农业")]).read == ("农业",)
    assert len(ids(kb)) == 4
    kb.remove(["农业", "交通"])
    assert ids(kb) == sorted(["教育", "卫生"])
    with pytest.raises(PlankbError, match="E204"):
        kb.remove(["教育", "没有"])
    assert ids(kb) == sorted(["教育", "卫生"])


def test_files_of_one_name_are_two_plans_that_keep_their_ids(tmp_path: Path, kb: KnowledgeBase) -> None:
    write(tmp_path / "a" / "方案.txt", "交通")
    kb.build([tmp_path / "a"])
    write(tmp_path / "A0" / "方案.md", "教育")  # sorts before the file that was there first
    kb.add([tmp_path / "A0"])
    assert ids(kb) == ["方案", "方案-2"]
    kb.build([tmp_path / "A0", tmp_path / "a"])
    assert "交通" in kb.store.raw("方案")
    assert "教育" in kb.store.raw("方案-2")


def test_a_file_of_the_same_content_is_no_second_plan(plans: Path, tmp_path: Path, kb: KnowledgeBase) -> None:
    kb.build([plans])
    copy = shutil.copy(plans / "交通.txt", tmp_path / "副本.txt")
    assert kb.add([Path(copy)]).duplicates == ((Path(copy).resolve(), "交通"),)
    assert len(ids(kb)) == 3
    assert len(kb.build([plans, Path(copy)]).duplicates) == 1
    assert len(ids(kb)) == 3


def test_plans_that_moved_are_not_read_again(plans: Path, tmp_path: Path, kb: KnowledgeBase) -> None:
    kb.build([plans])
    moved = plans.rename(tmp_path / "moved")
    report = kb.build([moved])
    assert (report.read, report.removed, len(report.unchanged)) == ((), (), 3)
    assert kb.store.sources()["交通"].path == str((moved / "交通.txt").resolve())


def test_swapped_contents_are_followed(plans: Path, kb: KnowledgeBase) -> None:
    kb.build([plans])
    write(plans / "交通.txt", "教育")
    write(plans / "教育.txt", "交通")
    assert sorted(kb.add([plans]).read) == sorted(["交通", "教育"])
    assert "教育" in kb.store.raw("交通")


@pytest.mark.parametrize("name", ["a:b c/../x", "  ", "…", "x" * 300, "\x1b[31m", "=1+1"])
def test_ids_are_made_of_harmless_characters(name: str) -> None:
    file = files.PlanFile(path=Path("f.txt"), named=True, sha256="", entry=Entry(file="f", id=name))
    plan = files.new_id(file, ())
    assert 0 < len(plan) <= 80
    assert not set(plan) & set(" :/\\\x1b")


def test_one_bad_file_among_many_is_named_and_the_rest_is_kept(plans: Path, kb: KnowledgeBase) -> None:
    (plans / "empty.txt").write_bytes(b"")
    (plans / "picture.txt").write_bytes(bytes(range(256)) * 8)
    report = kb.build([plans])
    assert [(failure.path.name, failure.error.code) for failure in report.failures] == [
        ("empty.txt", "E103"),
        ("picture.txt", "E104"),
    ]
    assert not any(failure.named for failure in report.failures)
    assert len(ids(kb)) == 3


def test_a_plan_whose_file_went_bad_keeps_its_last_reading(plans: Path, kb: KnowledgeBase) -> None:
    kb.build([plans])
    (plans / "教育.txt").write_bytes(b"")
    assert kb.build([plans]).kept == ("教育",)
    assert "教育" in kb.store.raw("教育")
    write(plans / "教育.txt", "教育局")
    assert kb.build([plans]).read == ("教育",)


def test_a_plan_that_the_program_fails_on_costs_no_other(
    plans: Path, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = files.read

    def fails(file: files.PlanFile, plan: str, *, data: bytes | None = None) -> object:
        if plan == "教育":
            raise RecursionError("too deep")
        return read(file, plan, data=data)

    monkeypatch.setattr(files, "read", fails)
    report = kb.build([plans])
    assert [failure.error.code for failure in report.failures] == ["E108"]
    assert ids(kb) == sorted(["交通", "卫生"])


UNUSABLE: dict[str, tuple[dict[str, bytes], str]] = {
    "E101": ({}, "missing"),
    "E102": ({"notes.log": b"x"}, "."),
    "E103": ({"empty.txt": b""}, "empty.txt"),
    "E104": ({"binary.txt": b"\x00\xff" * 99}, "binary.txt"),
    "E106": ({"plans.toml": b"[[", "a.txt": b"text"}, "a.txt"),
}


@pytest.mark.parametrize("code", UNUSABLE)
def test_a_build_of_what_cannot_be_used_changes_nothing(
    tmp_path: Path, plans: Path, kb: KnowledgeBase, code: str
) -> None:
    kb.build([plans])
    before = (kb.folder / STORE).read_bytes()
    content, given = UNUSABLE[code]
    (tmp_path / "other").mkdir()
    for name, data in content.items():
        (tmp_path / "other" / name).write_bytes(data)
    with pytest.raises(PlankbError, match=code):
        kb.build([tmp_path / "other" / given])
    assert (kb.folder / STORE).read_bytes() == before


def test_a_file_of_the_knowledge_base_that_is_damaged_is_left_as_it_is(plans: Path, kb: KnowledgeBase) -> None:
    kb.folder.mkdir()
    (kb.folder / STORE).write_bytes(b"precious" * 100)
    for change in (kb.build, kb.add):
        with pytest.raises(PlankbError, match="E203"):
            change([plans])
    assert (kb.folder / STORE).read_bytes() == b"precious" * 100


def test_two_writers_at_once(plans: Path, kb: KnowledgeBase) -> None:
    kb.build([plans])
    with writing(kb.folder):
        for change in (kb.build, kb.add):
            with pytest.raises(PlankbError, match="E206"):
                change([plans])
        with pytest.raises(PlankbError, match="E206"):
            kb.remove(["交通"])
        assert len(ids(kb)) == 3
    assert kb.build([plans]).read == ()


def test_an_interrupted_build_leaves_what_was_there(plans: Path, kb: KnowledgeBase) -> None:
    def stop(done: int, total: int, name: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    kb.build([plans / "交通.txt"])
    with pytest.raises(KeyboardInterrupt):
        kb.build([plans], progress=stop)
    assert ids(kb) == ["交通"]
    assert sorted(path.name.split("-")[0] for path in kb.folder.iterdir()) == ["index", "plankb.lock", STORE]


def test_a_disk_that_is_full_stops_the_build_and_leaves_what_was_there(
    plans: Path, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.build([plans / "交通.txt"])
    before = (kb.folder / STORE).read_bytes()
    (plans / "教育.txt").write_text(TEXT.format(name="教育") * 300, encoding="utf-8")
    made = StoreWriter.__init__

    def on_a_small_disk(self: StoreWriter, path: Path) -> None:
        made(self, path)
        (pages,) = self._db.execute("PRAGMA page_count").fetchone()
        self._db.execute(f"PRAGMA max_page_count = {pages + 2}")

    monkeypatch.setattr(StoreWriter, "__init__", on_a_small_disk)
    with pytest.raises(PlankbError, match=r"E205.*full"):
        kb.build([plans])
    assert (kb.folder / STORE).read_bytes() == before
    assert ids(kb) == ["交通"]


def test_a_disk_that_is_full_before_the_build_has_begun_keeps_no_part_of_a_copy(
    plans: Path, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    kb.build([plans / "交通.txt"])
    before = (kb.folder / STORE).read_bytes()

    def on_a_full_disk(_store: Path, path: Path) -> None:
        path.write_bytes(before[:1000])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfile", on_a_full_disk)
    with pytest.raises(PlankbError, match=r"E205.*full"):
        kb.add([plans / "教育.txt"])
    assert (kb.folder / STORE).read_bytes() == before
    assert list(kb.folder.glob("*.new")) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from plankb.kb import KnowledgeBase, build, draft
folder, plans, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
def progress(done, total, name):
    if moment == str(done):
        die()
if moment == "swap":
    draft.swap = die
if moment == "commit":
    draft.StoreWriter.commit = die
if moment == "index":
    draft.indexing.make = die
KnowledgeBase(folder).build([plans], progress=progress)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
@pytest.mark.parametrize("moment", ["0", "1", "2", "commit", "index", "swap"])
def test_kill_9_at_any_moment_leaves_the_last_good_knowledge_base(plans: Path, kb: KnowledgeBase, moment: str) -> None:
    kb.build([plans / "交通.txt"])
    before = (kb.folder / STORE).read_bytes()
    done = subprocess.run([sys.executable, "-c", KILLED, kb.folder, plans, moment], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (kb.folder / STORE).read_bytes() == before
    assert ids(kb) == ["交通"]
    assert sorted(kb.build([plans]).read) == sorted(["教育", "卫生"])
    assert len(ids(kb)) == 3
    assert sorted(path.name.split("-")[0] for path in kb.folder.iterdir()) == ["backups", "index", "plankb.lock", STORE]
    assert kb.search("覆盖率").total == 3


def test_what_another_process_builds_is_seen(plans: Path, kb: KnowledgeBase) -> None:
    kb.build([plans / "交通.txt"])
    assert ids(kb) == ["交通"]
    KnowledgeBase(kb.folder).add([plans])
    assert len(ids(kb)) == 3


def test_progress_tells_each_file_and_the_end(plans: Path, kb: KnowledgeBase) -> None:
    told: list[tuple[int, int, str]] = []
    kb.build([plans], progress=lambda *words: told.append(words))
    assert [(done, total) for done, total, _ in told] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert {name for *_, name in told[:3]} == {path.name for path in plans.iterdir()}


@pytest.mark.parametrize("name", ["x" * 5000, "nul\x00", "file/below"])
def test_a_folder_that_cannot_be(plans: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    kb = KnowledgeBase(tmp_path / name)
    assert not kb.exists
    with pytest.raises(PlankbError, match="E201"):
        kb.store.plans()
    for change in (kb.build, kb.add):
        with pytest.raises(PlankbError, match="E205"):
            change([plans])
    with pytest.raises(PlankbError, match=r"E20[15]"):
        kb.remove(["x"])


def test_no_knowledge_base(kb: KnowledgeBase) -> None:
    assert not kb.exists
    with pytest.raises(PlankbError, match="E201"):
        kb.store.plans()
    with pytest.raises(PlankbError, match="E201"):
        kb.remove(["x"])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(plans: Path, kb: KnowledgeBase) -> None:
    kb.build([plans])
    kb.folder.chmod(0o500)
    write(plans / "新.txt", "新")
    with pytest.raises(PlankbError, match="E205"):
        kb.build([plans])
    kb.folder.chmod(0o700)
    assert len(ids(kb)) == 3


def test_a_build_tells_of_every_file_of_a_folder(tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    plans.mkdir()
    for name, text in (
        ("a.txt", "某市方案\n"),
        ("b.txt", "某市方案\n"),
        ("c.txt", ""),
        ("d.jpg", "x"),
        (".e.txt", "x"),
    ):
        (plans / name).write_text(text, encoding="utf-8")
    report = KnowledgeBase(tmp_path / "kb").build([plans])
    told = {
        "a.txt": bool(report.read == ("a",)),
        **{path.name: True for path, _ in report.duplicates},
        **{failure.path.name: True for failure in report.failures},
        **{skipped.path.name: True for skipped in report.skipped},
    }
    assert told == dict.fromkeys(("a.txt", "b.txt", "c.txt", "d.jpg", ".e.txt"), True)


def test_a_build_that_would_remove_plans_asks_first(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{name}市方案\n", encoding="utf-8")
    kb = KnowledgeBase(tmp_path / "kb")
    kb.build([tmp_path / "a.txt", tmp_path / "b.txt"])
    asked: list[str] = []

    def refuse(plans: Sequence[Plan]) -> bool:
        asked.extend(plan.id for plan in plans)
        return False

    with pytest.raises(PlankbError, match=r"E218.*\bb\b"):
        kb.build([tmp_path / "a.txt"], agree=refuse)
    assert asked == ["b"]
    assert {plan.id for plan in kb.store.plans()} == {"a", "b"}
    assert kb.build([tmp_path / "a.txt"], agree=lambda _: True).removed == ("b",)
    kb.build([tmp_path / "a.txt"], agree=refuse)
    kb.add([tmp_path / "b.txt"], agree=refuse)
    assert asked == ["b"]


def test_what_a_reader_could_not_read_is_told_with_the_plan(tmp_path: Path) -> None:
    from tests.readers.word import p, word

    (tmp_path / "方案.wps").write_bytes(word(p("某市方案") + p("一、总体要求")))
    report = KnowledgeBase(tmp_path / "kb").build([tmp_path / "方案.wps"])
    assert [(plan, remark.code) for plan, remark in report.remarks] == [("方案", "E136")]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_file_whose_name_is_in_gbk_is_a_plan_like_others(plans: Path, kb: KnowledgeBase, tmp_path: Path) -> None:
    """As an archive from Windows leaves it on Linux."""
    odd = tmp_path / "more" / os.fsdecode("园林".encode("gbk") + b".txt")
    write(odd, "园林")
    kb.build([plans, odd.parent])
    assert "园林" in {plan.id for plan in kb.plans()}
    assert kb.store.sources()["园林"].path == str(odd)
    assert not kb.build([plans, odd.parent]).read
    kb.describe("园林", {"date": "2024-05-01"})
    moved = odd.parent.rename(tmp_path / "moved")
    kb.add([moved])
    assert kb.verify().found == ()


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_plan_without_a_title_is_called_by_its_name_as_people_see_it(tmp_path: Path, kb: KnowledgeBase) -> None:
    path = tmp_path / os.fsdecode("广场".encode("gbk") + b".txt")
    path.write_text("一、重点任务\n\n1.建设广场。到2025年，建成广场3个。（市园林局牵头）\n", encoding="utf-8")
    kb.build([path])
    assert [(plan.id, plan.title) for plan in kb.plans()] == [("广场", "广场")]
