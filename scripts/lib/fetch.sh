# shellcheck shell=bash
# What the tests need and the machine's Debian does not have, below build/.

node_needed=20.19.0
node_version=22.23.3
npm_version=10.9.4
test_nginx=$top/build/test-nginx
node_prefix=$top/build/node

# prefer_fetched: puts the fetched Node in front, and tells perl of the fetched
# Test::Nginx.
prefer_fetched() {
    if [ -x "$node_prefix/node_modules/.bin/node" ]; then
        export PATH=$node_prefix/node_modules/.bin:$PATH
    fi
    export PERL5LIB=$test_nginx/usr/share/perl5${PERL5LIB:+:$PERL5LIB}
}

# What package-lock.json says, unless it is there; in $top.
need_node_modules() {
    local stamp=node_modules/.waveforge-lock
    if ! cmp -s package-lock.json "$stamp"; then
        npm ci --no-audit --no-fund
        cp package-lock.json "$stamp"
    fi
}

node_is_new_enough() {
    local version
    command -v npm >/dev/null && version=$(node --version 2>/dev/null) &&
        printf '%s\n' "$node_needed" "${version#v}" | sort -C -V
}

fetch_node() {
    if (prefer_fetched && node_is_new_enough); then
        return 0
    fi
    say "this machine's Node is older than $node_needed:" \
        "installing npm's package of Node $node_version below build/"
    # The package of the platform itself: `node` would run a script to get it.
    npm install --prefix "$node_prefix" --no-save --no-audit --no-fund \
        --ignore-scripts "node-linux-$(node -p process.arch)@$node_version" \
        "npm@$npm_version"
    if ! (prefer_fetched && node_is_new_enough); then
        die "Node $node_version could not be installed below build/"
    fi
}

# The URI of this machine's Debian archive, whatever mirror that is.
debian_uri() {
    # shellcheck disable=SC2016  # apt's own variables
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' \
        'Created-By: Packages' |
        awk -F '|' '$1 == "Debian" && $2 == "Debian" { print $3; exit }'
}

# Test::Nginx as Debian's sid has it, through an apt that has only this source
# and keeps everything to itself. Signatures are checked; how old a mirror's sid
# is does not matter.
fetch_test_nginx() {
    local apt=$top/build/apt-sid uri deb
    if [ -r "$test_nginx/usr/share/perl5/Test/Nginx.pm" ]; then
        return 0
    fi
    say "fetching libtest-nginx-perl from Debian's sid into build/"
    uri=$(debian_uri)
    if [ -z "$uri" ]; then
        die "no Debian archive among this machine's apt sources"
    fi
    rm -rf "$apt" "$test_nginx"
    mkdir -p "$apt"/{state,cache,etc} "$test_nginx"
    printf 'deb [signed-by=%s] %s sid main\n' \
        /usr/share/keyrings/debian-archive-keyring.gpg "$uri" \
        >"$apt/etc/sources.list"
    sid_apt() {
        apt-get -q -o "Dir::State=$apt/state" -o "Dir::Cache=$apt/cache" \
            -o "Dir::Etc::SourceList=$apt/etc/sources.list" \
            -o Dir::Etc::SourceParts=- -o Dir::Etc::Preferences=- \
            -o Dir::Etc::PreferencesParts=- \
            -o Dir::State::Status=/var/lib/dpkg/status \
            -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=1 \
            -o Acquire::Check-Valid-Until=false -o Acquire::Retries=3 \
            -o Acquire::Languages=none "$@"
    }
    if ! (cd "$apt/cache" && sid_apt update &&
        sid_apt download libtest-nginx-perl) >"$apt/log" 2>&1; then
        cat "$apt/log" >&2
        die "libtest-nginx-perl could not be fetched"
    fi
    deb=$(ls "$apt"/cache/libtest-nginx-perl_*.deb)
    dpkg-deb -x "$deb" "$test_nginx"
    rm -rf "$apt"
}
