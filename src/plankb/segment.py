"""Word segmentation: the one home of jieba.

jieba's module-level functions share one global tokenizer, which leaks words between users; here a private one is
made once, fed with the vocabulary of `rules/`, and never changed afterwards.
"""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs


@cache
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    folder = Path(platformdirs.user_cache_dir("plankb", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(folder)
    except OSError:
        pass  # a read-only home: jieba falls back to the system's folder for temporary files
    tokenizer.cache_file = "jieba.cache"
    tokenizer.initialize()
    return tokenizer


def words(text: str) -> list[str]:
    """The words of a text in order; joined they are the text again, white space included."""
    return list(_tokenizer().cut(text, HMM=False))
