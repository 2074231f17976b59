# What the tests need from the system: a browser, and a PostgreSQL server of their own.
# Read with `. script/tools.sh` after script/lib.sh.

install_from_system() {
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

find_chromium() {
    for name in "${TXY_CHROMIUM-}" chromium chromium-browser google-chrome \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -n "$name" ] && command -v "$name"; then return; fi
    done
    return 1
}

# Sets TXY_CHROMIUM, installing a browser where that is possible.
provide_chromium() {
    if ! find_chromium >/dev/null; then
        install_from_system chromium fonts-noto-cjk ||
            { command -v brew >/dev/null && brew install --cask chromium; } ||
            say "（没能自动安装浏览器 could not install a browser）" >&2
    fi
    TXY_CHROMIUM=$(find_chromium) ||
        fail "浏览器测试需要 Chromium 和中文字体，这台机器上没有，也没能自动安装。" \
            "Debian/Ubuntu：apt-get install chromium fonts-noto-cjk；macOS：brew install --cask chromium" \
            "或者用 TXY_CHROMIUM 指出浏览器程序；或者用 --without-browser 不跑这部分。" \
            "The browser tests need Chromium: install it, name it in TXY_CHROMIUM, or pass --without-browser."
    export TXY_CHROMIUM
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

# A server that only this run can reach, through a socket in a directory of its own; sets
# TXY_DATABASE_URL. Nothing in it outlives the run, so it need not wait for the disk.
start_postgresql() {
    pg_bin=$(find_postgresql) || { install_from_system postgresql && pg_bin=$(find_postgresql); } ||
        fail "测试需要 PostgreSQL 15 或更高版本的服务器程序，这台机器上没有，也没能自动安装。" \
            "Debian/Ubuntu：apt-get install postgresql；macOS：brew install postgresql@17" \
            "或者用 TXY_PG_BIN 指出程序所在目录；或者用 --without-postgresql 不跑这部分。" \
            "The tests need the PostgreSQL server, 15 or later: install it, or pass --without-postgresql."
    pg_user=postgres
    id postgres >/dev/null 2>&1 || pg_user=nobody
    pg_home=$(mktemp -d /tmp/txy-pg.XXXXXX)
    if [ "$(id -u)" = 0 ]; then chown "$pg_user" "$pg_home"; fi
    if ! (cd "$pg_home" &&
        as_server "$pg_bin/initdb" --pgdata="$pg_home/data" --username=txy --auth=trust \
            --encoding=UTF8 --no-locale --no-sync >"$pg_home/initdb.log" 2>&1 &&
        as_server "$pg_bin/pg_ctl" --pgdata="$pg_home/data" --log="$pg_home/log" --wait --silent start \
            --options="-k $pg_home -c listen_addresses= -c fsync=off -c full_page_writes=off"); then
        cat "$pg_home"/*log >&2
        fail "临时的 PostgreSQL 没有启动，原因见上。The temporary PostgreSQL server did not start."
    fi
    TXY_DATABASE_URL="postgresql://txy@$(say "$pg_home" | sed 's:/:%2F:g')/tongxinyuan"
    export TXY_DATABASE_URL
}

stop_postgresql() {
    [ -n "${pg_home-}" ] || return 0
    (cd "$pg_home" && as_server "$pg_bin/pg_ctl" --pgdata="$pg_home/data" --silent --mode=immediate stop) || true
    rm -rf "$pg_home"
    pg_home=
}
