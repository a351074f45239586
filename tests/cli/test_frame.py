"""The frame: streams, exit codes, languages, and what a start-up imports."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from plankb import __version__
from plankb.cli.frame import _COMMANDS
from tests.cli.conftest import PROGRAM, run_plankb, spawn_plankb

HEAVY = ("spacy", "textual", "networkx", "whoosh", "docx", "xlsxwriter", "openpyxl", "jinja2", "jieba", "numpy")


def imported(*words: str | Path) -> set[str]:
    """The top-level modules that `plankb WORDS` has imported when it ends."""
    program = (
        "import sys\nfrom plankb.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, words)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return set(done.stderr.splitlines()[-1].split())


def test_help_and_list_load_no_heavy_library(sample_kb: Path) -> None:
    assert not imported("--help") & set(HEAVY)
    assert not imported("list", "tasks", "--kb", sample_kb) & set(HEAVY)


@pytest.mark.parametrize(("module", "names"), list(_COMMANDS.items()))
def test_a_module_has_the_commands_it_is_listed_with(module: str, names: tuple[str, ...]) -> None:
    app = typer.Typer()
    import_module(module).register(app)
    assert tuple(command.name for command in app.registered_commands) == names


def test_version() -> None:
    assert spawn_plankb("--version").stdout == f"plankb {__version__}\n"


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["list", "--help"], ["extract", "--help"]])
def test_help_is_in_the_language_chosen(words: list[str]) -> None:
    chinese, english = run_plankb(*words), run_plankb(*words, "--lang", "en")
    assert chinese.returncode == english.returncode == 0
    assert "用法" in chinese.stdout
    assert "Usage" in english.stdout
    assert not any("\u4e00" <= char <= "\u9fff" for char in english.stdout)
    assert run_plankb(*words, PLANKB_LANG="en").stdout == english.stdout


BAD_USAGE = [
    (["nonsense"], "E124"),
    (["lst"], "list"),
    (["build"], "PATH"),
    (["list"], "tasks|targets"),
    (["list", "things"], "tasks|targets"),
    (["list", "tasks", "--format", "xml"], "table|jsonl|csv"),
    (["list", "tasks", "--nonsense"], "--nonsense"),
    (["list", "tasks", "--by"], "--by"),
    (["list", "tasks", "more", "words"], "more words"),
    (["plans", "--lang", "fr"], "zh|en"),
    (["--kb"], "--kb"),
    (["remove"], "PLAN"),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("words", "said"), BAD_USAGE)
def test_a_slip_on_the_command_line_is_one_line(words: list[str], said: str, lang: str) -> None:
    done = run_plankb(*words, PLANKB_LANG=lang)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert said.startswith("E1") or said in done.stderr


@pytest.mark.parametrize("command", ["plans", "list tasks", "remove x"])
def test_no_knowledge_base_is_one_line(command: str, tmp_path: Path) -> None:
    done = run_plankb(*command.split(), "--kb", tmp_path)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert "plankb build" in done.stderr


def test_global_options_may_stand_anywhere(sample_kb: Path) -> None:
    first = run_plankb("--kb", sample_kb, "--lang", "en", "plans")
    assert first.stdout
    assert run_plankb("plans", "--lang=en", f"--kb={sample_kb}").stdout == first.stdout
    assert run_plankb("plans", "--lang=en", PLANKB_KB=str(sample_kb)).stdout == first.stdout


def test_output_is_utf8_whatever_the_locale(sample_kb: Path) -> None:
    done = spawn_plankb("plans", "--kb", sample_kb, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "某市交通实施方案" in done.stdout


def test_a_reader_that_stops_early_is_no_error(sample_kb: Path) -> None:
    words = [*PROGRAM, "list", "tasks", "--format", "jsonl", "--kb", str(sample_kb)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read().decode()
        assert process.wait() == 0
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors


def test_data_goes_to_stdout_and_remarks_to_stderr(sample_kb: Path) -> None:
    done = run_plankb("list", "tasks", "--format", "jsonl", "--kb", sample_kb)
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 6
    assert "6" in done.stderr


def test_stopping_the_program_while_it_loads_is_one_line() -> None:
    program = (
        "import sys\nfrom importlib.abc import MetaPathFinder\n"
        "class Stop(MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'plankb.kb': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "from plankb.cli import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", program, "plans"], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (130, "", 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("words", [("plans",), ("list", "targets", "--format", "jsonl"), ("list", "tasks")])
def test_output_that_cannot_be_written_is_one_line(sample_kb: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, *words, "--kb", sample_kb], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that can close a stream")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_stream_that_the_caller_closed_is_no_error(sample_kb: Path, closed: str) -> None:
    command = [*PROGRAM, "plans", "--kb", str(sample_kb)]
    done = subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", *command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_name_taken_for_an_option_is_told_how_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-方案.txt").write_text("方案", encoding="utf-8")
    done = run_plankb("extract", "-方案.txt")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "./-方案.txt" in done.stderr
