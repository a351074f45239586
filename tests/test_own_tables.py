"""The program's own TOML files say the same whether they are parsed or taken from what was kept of them."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import plankb
from plankb import own_tables

OWN = sorted(
    path for folder in ("rules", "words") for path in Path(plankb.__file__).parent.joinpath(folder).glob("*.toml")
)
PACKAGE = "package_with_a_table"


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A TOML file in a package of its own, whose byte code may be kept beside it."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    monkeypatch.syspath_prepend(str(tmp_path))
    folder = tmp_path / PACKAGE
    folder.mkdir()
    (folder / "__init__.py").touch()
    path = folder / "words.toml"
    path.write_text('[greeting]\nzh = "你好"\ntimes = [1, 0.1, 1e9]\n', encoding="utf-8")
    yield path
    sys.modules.pop(PACKAGE, None)


def _kept(source: Path) -> list[Path]:
    return sorted(source.parent.glob("__pycache__/*.json"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_every_own_file_survives_being_kept(path: Path, source: Path) -> None:
    source.write_bytes(path.read_bytes())
    parsed = own_tables.table(PACKAGE, "words")
    assert _kept(source)
    assert own_tables.table(PACKAGE, "words") == parsed == tomllib.loads(path.read_text(encoding="utf-8"))


def test_a_kept_table_is_not_parsed_again(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = own_tables.table(PACKAGE, "words")
    monkeypatch.setattr(tomllib, "loads", None)
    assert own_tables.table(PACKAGE, "words") == first


def test_a_file_that_was_changed_is_read_anew(source: Path) -> None:
    own_tables.table(PACKAGE, "words")
    source.write_text('greeting = "早上好"\n', encoding="utf-8")
    assert own_tables.table(PACKAGE, "words") == {"greeting": "早上好"}
    assert own_tables.table(PACKAGE, "words") == {"greeting": "早上好"}


@pytest.mark.parametrize("damaged", [b"", b"[", b"[1, 2]", b'[[0, 0], {"greeting": "?"}]', b"\xff", b"[" * 100_000])
def test_a_kept_table_that_is_damaged_or_of_another_file_is_passed_over(source: Path, damaged: bytes) -> None:
    first = own_tables.table(PACKAGE, "words")
    (kept,) = _kept(source)
    kept.write_bytes(damaged)
    assert own_tables.table(PACKAGE, "words") == first


def test_nothing_is_kept_where_no_byte_code_is(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert own_tables.table(PACKAGE, "words")["greeting"]
    assert not _kept(source)


def test_a_folder_that_may_not_be_written_is_no_fault(source: Path) -> None:
    (source.parent / "__pycache__").write_text("no folder", encoding="utf-8")
    assert own_tables.table(PACKAGE, "words")["greeting"]


def test_what_a_module_makes_of_a_table_is_kept_until_either_changes(source: Path, tmp_path: Path) -> None:
    maker = tmp_path / "maker.py"
    maker.write_text("1", encoding="utf-8")
    made: list[int] = []

    def make() -> dict[str, object]:
        made.append(1)
        return {"count": len(made)}

    def derived() -> object:
        return own_tables.derived(PACKAGE, "words", str(maker), make)["count"]

    assert [derived(), derived()] == [1, 1]
    maker.write_text("22", encoding="utf-8")
    assert [derived(), derived()] == [2, 2]
    source.write_text('greeting = "早上好"\n', encoding="utf-8")
    assert derived() == 3
