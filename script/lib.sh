# Shared by the scripts, which read it with `. script/lib.sh` from the top of the tree.

# Chinese is printed and read whatever the locale says, and no other Python's modules are mixed in.
export PYTHONUTF8=1 PIP_USER=0
unset PYTHONHOME PYTHONPATH DJANGO_SETTINGS_MODULE

say() { printf '%s\n' "$@"; }

fail() {
    printf '✗ %s\n' "$1" >&2
    shift
    if [ $# -gt 0 ]; then printf '  %s\n' "$@" >&2; fi
    exit 1
}

# The checksum of what comes in.
checksum() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

# The first Python that is new enough; a name in PATH may be a stub that only prints advice.
find_python() {
    for name in python3.13 python3.12 python3.11 python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            say "$name"
            return
        fi
    done
    fail "没有找到 Python 3.11 或更高版本。" \
        "Debian/Ubuntu：apt-get install python3 python3-venv；macOS：brew install python@3.13" \
        "Python 3.11 or newer is needed and was not found."
}

# True when .venv works; one that was copied or moved here names another place in its programs.
venv_works() {
    .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || return 1
    [ ! -f .venv/place ] || [ "$(cat .venv/place)" = "$(pwd -P)" ]
}

make_venv() {
    if venv_works; then return; fi
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "这个 Python 缺少 venv 模块，请先安装（Debian/Ubuntu）：apt-get install python3-venv" \
            "The venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"
    [ -w . ] || fail "不能在 $(pwd -P) 里写文件：请把项目放到自己有写权限的目录里再运行。" \
        "This directory cannot be written to: put the project where you may write."
    say "建立虚拟环境 .venv …… creating the virtual environment"
    rm -rf .venv
    "$python" -m venv .venv || fail "虚拟环境没有建成，原因见上。The virtual environment was not made; see above."
    pwd -P >.venv/place
}

# True when .venv holds what requirements/$1.txt locks.
installed() { grep -qsxF "$1 $(checksum <"requirements/$1.txt")" .venv/installed; }

# Note it, and forget the locks that have changed since: their packages may be other ones by now.
mark_installed() {
    for name in runtime prod dev; do
        if [ "$name" = "$1" ] || installed "$name"; then
            say "$name $(checksum <"requirements/$name.txt")"
        fi
    done >.venv/installed.new
    mv .venv/installed.new .venv/installed
}

# Bring .venv to requirements/$1.txt, only when that file has changed since the last time.
install_locked() {
    if installed "$1"; then return; fi
    say "安装依赖（$1）…… installing the locked dependencies"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes -r "requirements/$1.txt" ||
        fail "依赖没有装上，原因见上（多半是网络或磁盘空间）。解决后再运行一次即可，已经下载的不会重来。" \
            "The dependencies could not be installed; see above, then run this again."
    mark_installed "$1"
}
