"""What the sections of the rule files hold where that is more than a `Rule`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from plankb.rules import kinds, question_kinds, register_kinds
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
        ("assertions", "form"): kinds.AssertionForm,
        ("assertions", "counted"): kinds.AssertionForm,
        ("assertions", "provided"): kinds.AssertionForm,
        ("indicators", "direction"): kinds.GoodDirection,
        ("wordings", "rewrite"): kinds.Rewrite,
        ("bureaus", "organs"): register_kinds.Organs,
        ("bureaus", "prefixes"): register_kinds.Prefixes,
        ("bureaus", "function"): register_kinds.Function,
        ("bureaus", "regional"): register_kinds.Regional,
        ("bureaus", "joint"): register_kinds.JointName,
        ("bureaus", "renaming"): register_kinds.Renamed,
        ("bureaus", "bureau"): register_kinds.OwnBureau,
        ("indicators", "indicator"): kinds.OwnIndicator,
        ("jurisdictions", "province"): register_kinds.Province,
        ("jurisdictions", "zone"): register_kinds.Zone,
        ("headings", "form"): kinds.HeadingForm,
        ("questions", "spoken"): kinds.Rewrite,
        ("question_fillers", "opening"): kinds.Rewrite,
        ("synonyms", "synonym"): kinds.Rewrite,
        ("retrieval", "wording"): kinds.Rewrite,
        ("retrieval", "english"): kinds.Codes,
        ("questions", "word"): question_kinds.QuestionWord,
        ("questions", "bound"): question_kinds.ValueForm,
        ("questions", "time"): question_kinds.TimeForm,
        ("questions", "filters"): kinds.Words,
        ("questions", "filter_values.kind"): kinds.Words,
        ("questions", "filter_values.nature"): kinds.Words,
        ("questions", "nickname"): kinds.Codes,
        ("question_forms", "claim"): question_kinds.FigureForm,
        ("alignment", "kin"): kinds.Rewrite,
        ("thesaurus", "subject"): kinds.SameWords,
        ("comparing", "scope"): kinds.Rewrite,
        ("comparing", "as_share"): kinds.Rewrite,
        ("comparing", "same"): kinds.Rewrite,
        ("comparing", "near"): kinds.Rewrite,
        ("comparing", "kin"): kinds.Rewrite,
        ("comparing", "share_end"): kinds.Rewrite,
        ("comparing", "gist"): kinds.Rewrite,
        ("comparing", "event.before"): kinds.Doing,
        ("comparing", "event.behind"): kinds.Doing,
        ("layout", "mark"): kinds.Rewrite,
        ("layout", "sign"): kinds.Rewrite,
        ("typos", "wrong"): kinds.Codes,
        ("confusable", "sound"): kinds.Codes,
        ("laws", "repealed"): kinds.Codes,
        ("laws", "since"): kinds.Codes,
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
        ("growth", "proportion"): kinds.Proportion,
        ("checks", "one_bureau"): kinds.OneBureau,
        ("indicators", "siblings"): kinds.Siblings,
        ("indicators", "pairs"): kinds.Words,
        ("indicators", "run_together"): kinds.Words,
        ("glossary_names", "organs"): kinds.Words,
        ("glossary_names", "levels"): kinds.Words,
        ("glossary_names", "same"): kinds.Codes,
        **{("glossary", group): kinds.Codes for group in GLOSSARY},
    }
)
"""(file, section) to the model of its entries; all others are `Rule`."""

USERS_OWN = frozenset({("bureaus", "bureau"), ("indicators", "indicator")})
"""Sections that only a user's folder holds."""
