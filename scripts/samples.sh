#!/bin/sh
# What `make run` prints without a terminal: questions to the plans of the corpus, and where the plans contradict.
# Usage: sh scripts/samples.sh [PLANKB]; PLANKB_KB names a knowledge base that `plankb build corpus` has made.
set -eu
plankb=${1:-plankb}

for question in \
    "市交委牵头哪些任务？" \
    "which tasks does 市交委 lead?" \
    "all 2025 targets" \
    "绿色建筑占比各规划分别是多少？"
do
    printf '\n== plankb ask "%s"\n\n' "$question"
    "$plankb" ask "$question"
done

printf '\n== plankb conflicts\n\n'
"$plankb" conflicts
