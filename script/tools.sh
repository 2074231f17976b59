# What the tests need from the system: a browser, and a PostgreSQL server of their own.
# Read with `. script/tools.sh` after script/lib.sh.

install_from_system() {
    if command -v brew >/dev/null; then
        install_with_brew "$@"
        return
    fi
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif sudo -n true 2>/dev/null; then
        sudo='sudo -n'
    else
        return 1
    fi
    command -v apt-get >/dev/null || return 1
    say "安装系统软件包 …… installing $*"
    $sudo apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

install_with_brew() {
    for package in "$@"; do
        case "$package" in
        chromium) brew install --cask chromium || return 1 ;;
        postgresql) brew install postgresql@17 || return 1 ;;
        esac
    done
}

find_chromium() {
    for name in "${TXY_CHROMIUM-}" chromium chromium-browser google-chrome \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -n "$name" ] && command -v "$name"; then return; fi
    done
    return 1
}

# Chinese without a Chinese font is drawn as boxes; macOS brings its own.
find_fonts() {
    if [ "$(uname)" = Darwin ]; then return; fi
    home=${HOME:-/nonexistent}
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts "$home/.fonts" "$home/.local/share/fonts" \
        \( -iname '*cjk*' -o -iname '*sourcehan*' -o -iname '*wqy*' -o -iname '*droidsansfallback*' \) \
        2>/dev/null | head -n 1)" ]
}

driver_starts() { .venv/bin/python -m playwright --version >/dev/null 2>&1; }

# Everything that is missing is told at once and before anything runs, not one thing after the other.
provide_tools() {
    packages=
    if [ "$browser" = yes ]; then
        find_chromium >/dev/null || packages="$packages chromium"
        find_fonts || packages="$packages fonts-noto-cjk"
        # The program between the tests and the browser needs this library, which small systems lack.
        driver_starts || packages="$packages libatomic1"
    fi
    if [ "$postgresql" = yes ]; then find_postgresql >/dev/null || packages="$packages postgresql"; fi
    # Not quoted: a list of words.
    # shellcheck disable=SC2086
    if [ -n "$packages" ] && ! install_from_system $packages; then tell_missing $packages; fi
    if [ "$browser" = yes ]; then
        TXY_CHROMIUM=$(find_chromium) || tell_missing chromium
        driver_starts || tell_missing libatomic1
        export TXY_CHROMIUM
    fi
    if [ "$postgresql" = yes ]; then pg_bin=$(find_postgresql) || tell_missing postgresql; fi
}

tell_missing() {
    fail "测试还缺：$*。这台机器上没有，也没能自动安装（需要 root 或免密码的 sudo，以及 apt）。" \
        "Debian/Ubuntu：sudo apt-get install $*" \
        "macOS：brew install --cask chromium；brew install postgresql@17" \
        "已经装在别处的：用 TXY_CHROMIUM 指出浏览器程序，用 TXY_PG_BIN 指出 PostgreSQL（15 或更高）的程序目录。" \
        "不跑这部分：--without-browser（不用浏览器和字体）、--without-postgresql" \
        "The tests still need: $*. Install them, name them in TXY_CHROMIUM and TXY_PG_BIN, or leave" \
        "them out with --without-browser and --without-postgresql."
}

# The directory with the newest server programs, 15 or later.
find_postgresql() {
    for directory in "${TXY_PG_BIN-}" "$(pg_config --bindir 2>/dev/null || true)" \
        $(find /usr/lib/postgresql -name bin 2>/dev/null | sort -t / -k 5 -n -r) \
        /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
        if [ ! -x "$directory/initdb" ] || [ ! -x "$directory/postgres" ]; then continue; fi
        major=$("$directory/postgres" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
        if [ "$major" -ge 15 ]; then
            say "$directory"
            return
        fi
    done
    return 1
}

# PostgreSQL refuses to run as root.
as_server() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
    elif command -v runuser >/dev/null; then
        runuser -u "$pg_user" -- "$@"
    else
        setpriv --reuid="$pg_user" --regid="$(id -g "$pg_user")" --clear-groups "$@"
    fi
}

# A server that only this run can reach, through a socket in a directory of its own; after
# provide_tools; sets pg_url. Nothing in it outlives the run, so it need not wait for the disk.
start_postgresql() {
    pg_user=postgres
    id postgres >/dev/null 2>&1 || pg_user=nobody
    pg_home=$(mktemp -d /tmp/txy-pg.XXXXXX)
    if [ "$(id -u)" = 0 ]; then chown "$pg_user" "$pg_home"; fi
    if ! (cd "$pg_home" &&
        as_server "$pg_bin/initdb" --pgdata="$pg_home/data" --username=txy --auth=trust \
            --encoding=UTF8 --no-locale --no-sync >"$pg_home/initdb.log" 2>&1 &&
        as_server "$pg_bin/pg_ctl" --pgdata="$pg_home/data" --log="$pg_home/log" --wait --silent start \
            --options="-k $pg_home -c listen_addresses= -c fsync=off -c full_page_writes=off \
                -c synchronous_commit=off"); then
        cat "$pg_home"/*log >&2
        fail "临时的 PostgreSQL 没有启动，原因见上。The temporary PostgreSQL server did not start."
    fi
    pg_url="postgresql://txy@$(say "$pg_home" | sed 's:/:%2F:g')/tongxinyuan"
}

stop_postgresql() {
    [ -n "${pg_home-}" ] || return 0
    (cd "$pg_home" && as_server "$pg_bin/pg_ctl" --pgdata="$pg_home/data" --silent --mode=immediate stop) || true
    rm -rf "$pg_home"
    pg_home=
}
