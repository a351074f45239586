#!/bin/sh
# 离线安装 plankb：sh install.sh [安装文件夹]。不联网；每个包都核对校验和。
# Installs plankb without a network: sh install.sh [DIR]. Every package is checked against its hash.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
target=${1:-$HOME/plankb}
for python in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
    [ -n "$python" ] && command -v "$python" >/dev/null 2>&1 || continue
    version=$("$python" -c 'import sys; print("cp%d%d" % sys.version_info[:2])')
    if ls "$here"/wheels/*-"$version"-*.whl >/dev/null 2>&1; then found=$python; break; fi
done
if [ -z "${found:-}" ]; then
    echo "没有合适的 Python（需要与 wheels 中 cp 后数字相同的版本，如 3.11）· no Python of the version of these wheels" >&2
    exit 2
fi
if [ -e "$target" ] && [ ! -x "$target/bin/plankb" ]; then
    echo "文件夹已存在，没有改动：$target · it is there already and was left as it is" >&2
    exit 2
fi
"$found" -m venv "$target"
"$target/bin/python" -m pip --disable-pip-version-check --isolated install --quiet --no-index \
    --find-links "$here/wheels" --require-hashes --requirement "$here/requirements.txt"
"$target/bin/plankb" --version
echo "安装完成 · installed: $target/bin/plankb"
