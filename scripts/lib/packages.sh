# shellcheck shell=bash
# Debian packages: which are missing, and installing them.

policy=/usr/sbin/policy-rc.d
policy_kept=$policy.before-waveforge

# listed SECTION: the packages of a section of scripts/packages.
listed() {
    awk -v wanted="[$1]" '
        /^\[/ { inside = ($0 == wanted); next }
        inside && NF && !/^#/ { print $1 }' "$top/scripts/packages"
}

# missing SECTION: those of them that are not installed.
missing() {
    if ! command -v dpkg-query >/dev/null; then
        listed "$1"
        return
    fi
    comm -23 <(listed "$1" | sort) \
        <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' |
            awk '$2 == "installed" { print $1 }' | sort)
}

# Services that a package would start are not started, nor is nginx in any other
# way unless it was there before; all else is decided as ever. The answer holds
# only while this process lives: one left behind by a kill changes nothing.
forbid_starting_services() {
    local forbidden='*" start "*'
    restore_policy
    if ! [ -x /usr/sbin/nginx ]; then
        forbidden+=' | *" nginx "* | *" nginx.service "*'
    fi
    if [ -e "$policy" ] || [ -L "$policy" ]; then
        cp -a "$policy" "$policy_kept"
    fi
    cat >"$policy.new" <<POLICY
#!/bin/sh
# Put here by WaveForge's scripts/deps while it installs packages.
if kill -0 $$ 2>/dev/null; then
    case " \$* " in
    $forbidden) exit 101 ;;
    esac
fi
if [ -x $policy_kept ]; then
    exec $policy_kept "\$@"
fi
exit 0
POLICY
    chmod 755 "$policy.new"
    mv "$policy.new" "$policy"
}

restore_policy() {
    if [ -e "$policy_kept" ] || [ -L "$policy_kept" ]; then
        mv "$policy_kept" "$policy"
    elif grep -qs "WaveForge's scripts/deps" "$policy"; then
        rm -f "$policy"
    fi
}

apt_get() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 \
        "$@" </dev/null
}

# install_missing SECTION
install_missing() {
    local packages nginx_was_there=no
    mapfile -t packages < <(missing "$1")
    if [ ${#packages[@]} -eq 0 ]; then
        return 0
    fi
    if ! command -v apt-get >/dev/null; then
        warn "this is not Debian; WaveForge needs what Debian calls"
        printf '  %s\n' "${packages[@]}" >&2
        exit 1
    fi
    if ! is_root; then
        warn "missing Debian packages; as root, run scripts/deps $section or"
        printf '  apt-get install --no-install-recommends %s\n' \
            "${packages[*]}" >&2
        exit 1
    fi
    say "installing Debian packages: ${packages[*]}"
    if [ -x /usr/sbin/nginx ]; then
        nginx_was_there=yes
    fi

    exec {apt_lock}>/run/lock/waveforge-deps.lock
    flock "$apt_lock"
    trap restore_policy EXIT
    trap 'exit 130' INT TERM HUP
    forbid_starting_services
    apt_get update >/dev/null || warn "apt-get update failed; trying anyway"
    if ! apt_get --no-install-recommends install "${packages[@]}"; then
        die "installing failed; needed are: ${packages[*]}"
    fi
    if [ $nginx_was_there = no ] && [ -x /usr/sbin/nginx ]; then
        say "nginx is installed; the system's own service stays switched off"
        update-rc.d nginx disable >/dev/null
    fi
    restore_policy
    trap - EXIT INT TERM HUP
    exec {apt_lock}>&-
}
