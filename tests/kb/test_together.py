"""Several at once: processes and the screens' own knowledge base write one after the other, and nothing is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from plankb.errors import INTERRUPTED, PlankbError, message
from plankb.kb import KnowledgeBase, draft

pytestmark = pytest.mark.slow

TEXT = "某市{name}方案\n\n一、主要任务\n\n" + "".join(
    f"（{n}）建设{{name}}{n}号。到2028年，新建{{name}}{n}0处。（市园林局牵头，市财政局配合）\n\n"
    for n in "一二三四五六"
)
WRITER = """
import sys, time
from pathlib import Path
from plankb.errors import PlankbError
from plankb.kb import KnowledgeBase
kb = KnowledgeBase(Path(sys.argv[1]))
for fact in sys.argv[2:]:
    while True:
        try:
            kb.corrections.correct(fact, field="title", after=["改" + fact[-4:]], who="另一个")
            break
        except PlankbError as error:
            if error.code != "E206":
                raise
            time.sleep(0.05)
"""
PLANKB = (sys.executable, "-m", "plankb")


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBase:
    """A plan of six tasks; another lies beside it."""
    for name in ("公园", "泵站"):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(name=name), encoding="utf-8")
    made = KnowledgeBase(tmp_path / "kb")
    made.build([tmp_path / "公园.txt"])
    return made


def test_two_processes_and_the_screens_keep_one_state(kb: KnowledgeBase, tmp_path: Path) -> None:
    tasks = [task.id for task in kb.store.facts("task")]
    assert len(tasks) == 6
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(kb.folder), *tasks[at : at + 2]]) for at in (0, 2)
    ]  # fmt: skip
    add = [*PLANKB, "--kb", str(kb.folder), "add", str(tmp_path / "泵站.txt")]
    again = ["sh", "-c", 'until "$@"; do sleep 0.1; done', "sh"]
    added = subprocess.Popen([*again, *add], stderr=subprocess.DEVNULL)
    for task in tasks[4:]:
        while not _corrected(kb, task):
            time.sleep(0.05)
    assert [process.wait(300) for process in (*writers, added)] == [0, 0, 0]
    for seen in (kb, KnowledgeBase(kb.folder)):
        assert {one.correction.fact for one in seen.corrections.list()} == set(tasks)
        assert [task.title for task in seen.store.facts("task") if task.id in tasks] == [
            f"改{id_[-4:]}" for id_ in tasks
        ]
        assert {plan.id for plan in seen.plans()} == {"公园", "泵站"}
        assert seen.verify().found == ()


def _corrected(kb: KnowledgeBase, task: str) -> bool:
    """Whether a task could be corrected; another was writing otherwise."""
    try:
        kb.corrections.correct(task, field="title", after=[f"改{task[-4:]}"], who="界面")
    except PlankbError as error:
        if error.code == "E206":
            return False
        raise
    return True


@pytest.mark.parametrize(
    "words",
    [
        ["build", "{d}", "--yes"],
        ["add", "{d}/泵站.txt"],
        ["verify"],
        ["check", "{d}/泵站.txt"],
        ["check", "{d}/泵站.txt", "--format", "html", "-o", "{d}/out/意见.html"],
        ["review", "{d}/更正.jsonl"],
        ["ledger", "-o", "{d}/out/台账.xlsx", "--yes"],
        ["restore", "{d}/备份.zip", "--replace"],
        ["matrix", "-o", "{d}/out/矩阵.xlsx"],
        ["conflicts", "--format", "html", "-o", "{d}/out/冲突.html"],
    ],
    ids=lambda words: " ".join(words[:1] + words[-1:]),
)
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("after", [0.5, 1.0])
def test_a_command_that_is_stopped_says_so_and_changes_nothing(
    kb: KnowledgeBase, tmp_path: Path, words: list[str], after: float, how: signal.Signals
) -> None:
    kb.backup(tmp_path / "备份.zip")
    made = kb.corrections.correct(kb.store.facts("task")[0].id, field="title", after=["建成公园"], who="甲")
    (tmp_path / "更正.jsonl").write_text(f"{made.model_dump_json()}\n", encoding="utf-8")
    kb.corrections.drop([made.id])
    out = tmp_path / "out"
    out.mkdir()
    for path in (tmp_path / f"{n}.txt" for n in range(40)):
        path.write_text(TEXT.format(name=f"公园{path.stem}") * 5, encoding="utf-8")
    command = [*PLANKB, "--kb", str(kb.folder), *(word.format(d=tmp_path) for word in words)]
    before = (kb.folder / "plankb.sqlite").read_bytes()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(after)
    process.send_signal(how)
    _, said = process.communicate(timeout=300)
    # Python itself, still starting on a busy machine, tells of Ctrl-C in its own way; the program never does.
    assert "Traceback" not in said or "plankb" not in said
    if process.returncode == INTERRUPTED:  # else it was done, or had not begun
        unchanged = (kb.folder / "plankb.sqlite").read_bytes() == before
        assert said.strip().endswith(message("E127" if unchanged else "E159"))
    assert [path for path in out.iterdir() if path.suffix != ".part" and not _is_whole(path)] == []
    assert KnowledgeBase(kb.folder).verify().found == ()
    if how is signal.SIGINT:
        assert not [path for path in (*kb.folder.iterdir(), *out.iterdir()) if path.suffix in (".new", ".part")]


@pytest.mark.parametrize("at", ["_copy", "StoreWriter", "_prepare", "_keep_copy", "swap"])
def test_ctrl_c_at_any_step_leaves_nothing_aside(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    step, before = getattr(draft, at), (kb.folder / "plankb.sqlite").read_bytes()

    def stopped(*given: object, **named: object) -> None:
        if at != "swap":
            step(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(draft, at, stopped)
    with pytest.raises(KeyboardInterrupt), draft.changing(kb.folder):
        pass
    assert not list(kb.folder.glob("*.new"))
    assert (kb.folder / "plankb.sqlite").read_bytes() == before


def _is_whole(path: Path) -> bool:
    """Whether a file that was handed out is all there."""
    if path.suffix == ".html":
        return path.read_text(encoding="utf-8").rstrip().endswith("</html>")
    with zipfile.ZipFile(path) as packed:
        return packed.testzip() is None
