"""The one door that both front ends use: a knowledge base in a folder, and reading one file without one."""

from __future__ import annotations

from plankb.kb.build import BuildReport, Failure, Progress
from plankb.kb.door import KnowledgeBase
from plankb.kb.files import read_file

__all__ = ["BuildReport", "Failure", "KnowledgeBase", "Progress", "read_file"]
