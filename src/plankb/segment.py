"""Word segmentation: the one home of jieba, and of rjieba, which cuts alike and faster where plankb[fast] is installed.

jieba's module-level functions share one global tokenizer, which leaks words between users; here a private one is
made once, fed with the vocabulary of `rules/`, and never changed afterwards.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from jieba import Tokenizer


@cache
def _tokenizer() -> Tokenizer:
    with warnings.catch_warnings():  # it asks setuptools for its files, which warns of that on the user's screen
        warnings.simplefilter("ignore", UserWarning)
        import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    folder = Path(platformdirs.user_cache_dir("plankb", appauthor=False))
    if _is_own(folder):
        tokenizer.tmp_dir, tokenizer.cache_file = str(folder), "jieba.cache"
        tokenizer.initialize()
    else:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
    return tokenizer


def _is_own(folder: Path) -> bool:
    """Whether only this user writes to a folder, which is made if missing.

    jieba loads its cache with `marshal`, so a cache that others can write, as in a shared folder for temporary files,
    is never looked at: the dictionary is read instead, which takes half a second.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name != "posix":
            return True  # the folder lies in the user's own profile
        stat = folder.stat()
    except OSError:
        return False
    return stat.st_uid == os.getuid() and not stat.st_mode & 0o022 and os.access(folder, os.W_OK)


@cache
def _fast() -> Callable[[str], list[str]] | None:
    """The same cuts by a program in Rust, ready without a dictionary's loading; None without plankb[fast]."""
    try:
        import rjieba
    except ImportError:
        return None
    return lambda text: list(rjieba.cut(text, hmm=False))


def words(text: str) -> list[str]:
    """The words of a text in order; joined they are the text again, white space included."""
    if fast := _fast():
        try:
            return fast(text)
        except UnicodeEncodeError:  # half a character, which only a Python text can hold
            pass
    return list(_tokenizer().cut(text, HMM=False))
