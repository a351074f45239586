"""Proofs: that a knowledge base is whole, and that what a file once said still stands in it."""

from __future__ import annotations

from plankb.kb.verifying.base import knowledge_base
from plankb.kb.verifying.made import file
from plankb.kb.verifying.model import Discrepancy, Verified

__all__ = ["Discrepancy", "Verified", "file", "knowledge_base"]
