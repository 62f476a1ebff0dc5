# shellcheck shell=bash
# nginx other than this machine's: Debian's of other suites in chroots below
# build/chroot, and its source, configured as its own README says.

chroots=$top/build/chroot
own=$top/build/nginx-own

# One suite of each layer, and those that end processes.
build_suites=(t/200-chunk-raw.t t/210-chunk-multipart.t t/300-complete.t
    t/330-audio.t t/400-errors.t t/500-http2.t t/510-http2-windows.t
    t/520-http3.t t/900-clients.t t/911-reload.t t/912-upgrade.t)

# What a chroot needs to build and serve; what Test::Nginx needs comes with it.
chroot_packages() {
    listed run
    listed test | grep -E '^(perl|lib.*-perl|curl|procps|ca-certificates)$'
}

# make_chroot SUITE: once; a broken one is made again.
make_chroot() {
    local suite=$1 root=$chroots/$1 uri
    if [ -e "$root/made" ]; then
        return 0
    fi
    uri=$(debian_uri)
    [ -n "$uri" ] || die "no Debian archive among this machine's apt sources"
    rm -rf "$root"
    mkdir -p "$chroots"
    say "making a chroot of Debian's $suite in ${root#"$top"/}"
    debootstrap --variant=minbase "$suite" "$root" "$uri" \
        >"$chroots/$suite.log" 2>&1 || die "see ${chroots#"$top"/}/$suite.log"
    # No service begins there.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    mapfile -t packages < <(chroot_packages)
    chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        --no-install-recommends install "${packages[@]}" \
        >>"$chroots/$suite.log" 2>&1 ||
        die "see ${chroots#"$top"/}/$suite.log"
    touch "$root/made"
}

# What git knows of, as it is now, and the fetched Test::Nginx.
copy_project() {
    local to=$1
    mkdir -p "$to/build/test-nginx"
    git -C "$top" ls-files -z |
        tar -C "$top" -c --null --verbatim-files-from --ignore-failed-read \
            -T - | tar -x -C "$to"
    cp -r "$test_nginx/usr" "$to/build/test-nginx/"
}

# serve_with NGINX MODULE ROOT SUITE...
serve_with() {
    local port
    port=$(free_port)
    env TEST_NGINX_BINARY="$1" TEST_NGINX_LOAD_MODULES="$2" \
        TEST_NGINX_SERVROOT="$3" TEST_NGINX_PORT="$port" \
        TEST_NGINX_TIMEOUT=20 prove -I t/lib "${@:4}"
}

# This machine's nginx.
check_here() {
    local tree=$top/build/release
    /usr/sbin/nginx -v 2>&1
    build_tree release 'module wfstore_cli' -DCMAKE_BUILD_TYPE=Release
    mkdir -p "$tree/t"
    serve_with /usr/sbin/nginx "$tree/modules/$module_file" \
        "$tree/t/servroot" "${build_suites[@]}"
}

# check_chroot SUITE: the same there.
check_chroot() (
    root=$chroots/$1
    make_chroot "$1"
    copy_project "$root/waveforge"
    mount -t proc proc "$root/proc"
    trap 'umount "$root/proc"' EXIT
    chroot "$root" /waveforge/scripts/check-builds here
)

# Debian's source of nginx, through an apt that keeps everything to itself.
fetch_nginx_source() {
    local apt=$own/apt uri suite
    if compgen -G "$own/nginx-*/configure" >/dev/null; then
        return 0
    fi
    uri=$(debian_uri)
    [ -n "$uri" ] || die "no Debian archive among this machine's apt sources"
    suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    mkdir -p "$apt"/{state,cache,etc}
    printf 'deb-src [signed-by=%s] %s %s main\n' \
        /usr/share/keyrings/debian-archive-keyring.gpg "$uri" "$suite" \
        >"$apt/etc/sources.list"
    own_apt() {
        apt-get -q -o "Dir::State=$apt/state" -o "Dir::Cache=$apt/cache" \
            -o "Dir::Etc::SourceList=$apt/etc/sources.list" \
            -o Dir::Etc::SourceParts=- -o APT::Sandbox::User="$(id -un)" \
            -o Acquire::Languages=none "$@"
    }
    (own_apt update && cd "$own" && own_apt source nginx) \
        >"$own/fetch.log" 2>&1 || die "see ${own#"$top"/}/fetch.log"
}

# build_own NAME TARGETS OPTION...: in build/nginx-own/NAME.
build_own() {
    local objs=$own/$1 targets
    read -r -a targets <<<"$2"
    cd "$own"/nginx-*/
    if ! { ./configure --builddir="$objs" --with-threads "${@:3}" &&
        make -s -f "$objs/Makefile" -j "$(nproc)" "${targets[@]}"; } \
        >"$own/$1.log" 2>&1; then
        tail -n 20 "$own/$1.log" >&2
        die "nginx could not be built: ${own#"$top"/}/$1.log"
    fi
}

# nginx with the module, as one would build both; and a module that was built
# for any nginx with --with-compat, in one that has other options.
check_own() (
    module=--add-dynamic-module=$top/ngx_waveforge_module
    ssl=(--with-http_ssl_module --with-http_v2_module)
    mkdir -p "$own"
    build_tree release wfstore -DCMAKE_BUILD_TYPE=Release
    fetch_nginx_source
    (build_own whole 'binary modules' "${ssl[@]}" "$module")
    (build_own compat binary --with-compat "${ssl[@]}" \
        --with-http_realip_module --with-http_dav_module)
    (build_own module modules --with-compat "$module")
    suites=(t/300-complete.t t/500-http2.t t/900-clients.t t/912-upgrade.t)
    serve_with "$own/whole/nginx" "$own/whole/$module_file" "$own/root" \
        "${suites[@]}"
    serve_with "$own/compat/nginx" "$own/module/$module_file" "$own/root" \
        "${suites[@]}"
)
