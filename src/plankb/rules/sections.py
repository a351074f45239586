"""What the sections of the rule files hold where that is more than a `Rule`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from plankb.rules import kinds, question_kinds
from plankb.rules.model import Entry

GLOSSARY = ("government", "places", "plans", "topics", "other_fields", "units")
"""The groups of English terms of `glossary.toml`."""

KINDS: Mapping[tuple[str, str], type[Entry]] = MappingProxyType(
    {
        ("times", "core"): kinds.TimeCore,
        ("times", "lead"): kinds.TimeEdge,
        ("times", "edge"): kinds.TimeEdge,
        ("units", "magnitudes"): kinds.Factors,
        ("units", "canonical"): kinds.Codes,
        ("units", "unit"): kinds.Unit,
        ("units", "counter"): kinds.Counter,
        ("indicators", "direction"): kinds.GoodDirection,
        ("wordings", "rewrite"): kinds.Rewrite,
        ("bureaus", "organs"): kinds.Organs,
        ("bureaus", "prefixes"): kinds.Prefixes,
        ("bureaus", "function"): kinds.Function,
        ("bureaus", "regional"): kinds.Regional,
        ("bureaus", "joint"): kinds.JointName,
        ("bureaus", "renaming"): kinds.Renamed,
        ("bureaus", "bureau"): kinds.OwnBureau,
        ("indicators", "indicator"): kinds.OwnIndicator,
        ("jurisdictions", "province"): kinds.Province,
        ("jurisdictions", "zone"): kinds.Zone,
        ("headings", "form"): kinds.HeadingForm,
        ("questions", "spoken"): kinds.Rewrite,
        ("questions", "synonym"): kinds.Rewrite,
        ("questions", "word"): question_kinds.QuestionWord,
        ("questions", "bound"): question_kinds.ValueForm,
        ("questions", "time"): question_kinds.TimeForm,
        ("questions", "filters"): kinds.Words,
        ("questions", "filter_values.kind"): kinds.Words,
        ("questions", "filter_values.nature"): kinds.Words,
        ("questions", "nickname"): kinds.Codes,
        ("question_forms", "claim"): question_kinds.FigureForm,
        ("comparing", "scope"): kinds.Rewrite,
        ("comparing", "as_share"): kinds.Rewrite,
        ("comparing", "same"): kinds.Rewrite,
        ("comparing", "near"): kinds.Rewrite,
        ("comparing", "event.before"): kinds.Doing,
        ("comparing", "event.behind"): kinds.Doing,
        ("layout", "mark"): kinds.Rewrite,
        ("text", "character"): kinds.Characters,
        ("text", "remove"): kinds.Rewrite,
        ("text", "replace"): kinds.Rewrite,
        ("cells", "role"): kinds.CellRole,
        ("changes", "level"): kinds.Predicate,
        ("changes", "change"): kinds.Predicate,
        ("qualitative", "ends"): kinds.OutcomeForm,
        ("qualitative", "begins"): kinds.OutcomeForm,
        ("qualitative", "between"): kinds.OutcomeForm,
        ("past", "belongs"): kinds.BeforeNumber,
        ("past", "support"): kinds.BeforeNumber,
        ("past", "size"): kinds.BeforeNumber,
        ("tasks", "no_task"): kinds.TitleForm,
        ("operators", "before"): kinds.OperatorForm,
        ("operators", "after"): kinds.OperatorForm,
        ("operators", "between"): kinds.OperatorForm,
        ("operators", "fraction"): kinds.Numeral,
        ("operators", "magnitude"): kinds.Magnitudes,
        ("checks", "measured"): kinds.Measured,
        ("checks", "one_bureau"): kinds.OneBureau,
        ("indicators", "siblings"): kinds.Siblings,
        ("indicators", "pairs"): kinds.Words,
        ("glossary_names", "organs"): kinds.Words,
        ("glossary_names", "levels"): kinds.Words,
        ("glossary_names", "same"): kinds.Codes,
        **{("glossary", group): kinds.Codes for group in GLOSSARY},
    }
)
"""(file, section) to the model of its entries; all others are `Rule`."""

USERS_OWN = frozenset({("bureaus", "bureau"), ("indicators", "indicator")})
"""Sections that only a user's folder holds."""
