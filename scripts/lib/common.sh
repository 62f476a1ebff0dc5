# shellcheck shell=bash
# What every script needs: where the project is, how to speak, who to be.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=${0##*/}

say() { printf '%s: %s\n' "$program" "$*"; }
warn() { printf '%s: %s\n' "$program" "$*" >&2; }
die() {
    warn "$*"
    exit 1
}

# Prints the comment block at the head of the script: its manual.
usage() {
    awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"
}

# need_value OPTION COUNT: an option at the end of the line has no value.
need_value() {
    if [ "$2" -lt 2 ]; then
        die "$1 needs a value (see --help)"
    fi
}

is_root() { [ "$(id -u)" -eq 0 ]; }

# Root builds and serves as the owner of the checkout, so that nothing there
# becomes unwritable for them: starts the script again as this user. A $port
# below 1024 stays possible. Call it once everything only root may do is done.
become_owner() {
    local uid gid name home capabilities=()
    uid=$(stat -c %u "$top")
    gid=$(stat -c %g "$top")
    if ! is_root || [ "$uid" -eq 0 ]; then
        return 0
    fi
    name=$(getent passwd "$uid" | cut -d: -f1) || true
    home=$(getent passwd "$uid" | cut -d: -f6) || true
    mkdir -p "$top/build"
    chown "$uid:$gid" "$top/build"
    say "started by root: going on as ${name:-user $uid}, who owns $top"
    if [ "${port-8080}" -lt 1024 ]; then
        capabilities=(--inh-caps=+net_bind_service
            --ambient-caps=+net_bind_service)
    fi
    exec setpriv --reuid="$uid" --regid="$gid" --clear-groups \
        "${capabilities[@]}" env HOME="${home:-$top/build}" USER="${name:-$uid}" "$0" "$@"
}

# Says once that a tree is being built, when its log shows the first step.
announce_build() {
    local line said=
    while read -r line; do
        if [ -z "$said" ] && [[ $line =~ ^\[[1-9][0-9]*/ ]]; then
            said=yes
            say "building ${1#"$top"/}"
        fi
    done
}

# configure_tree NAME OPTION...: configures build/NAME, quietly.
configure_tree() {
    local tree=$top/build/$1 log
    log=$tree/configure.log
    shift
    mkdir -p "$tree"
    if ! cmake -S "$top" -B "$tree" -G Ninja "$@" >"$log" 2>&1; then
        cat "$log" >&2
        die "cmake could not configure ${tree#"$top"/}"
    fi
}

# build_tree NAME TARGETS OPTION...: configures build/NAME and builds targets
# there; says something only when there is something to do. One at a time per
# tree.
build_tree() {
    local name=$1 targets tree=$top/build/$1 log
    read -r -a targets <<<"$2"
    log=$tree/build.log
    shift 2
    mkdir -p "$tree"
    exec {build_lock}>"$tree/.lock"
    flock "$build_lock"
    configure_tree "$name" "$@"
    if ! cmake --build "$tree" --target "${targets[@]}" 2>&1 |
        tee "$log" | announce_build "$tree"; then
        cat "$log" >&2
        die "the build failed: ${log#"$top"/}"
    fi
    exec {build_lock}>&-
}

# shellcheck disable=SC2034  # not every script has to do with it
module_file=ngx_http_waveforge_module.so

# port_is_free PORT: nobody listens there on this machine.
port_is_free() {
    ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# A port of this machine that nobody has now, nor the next one.
free_port() {
    local port
    for port in {19840..19940..2}; do
        if port_is_free "$port" && port_is_free "$((port + 1))"; then
            echo "$port"
            return 0
        fi
    done
    return 1
}
