# shellcheck shell=bash
# The steps of scripts/test. A step is a function step_NAME that prints what its
# tools print and fails if they do; it runs in a shell of its own, in $top.

# "NAME GROUP", in the order they run: the quick ones first.
all_steps=(
    "shellcheck lint"
    "clang-format lint"
    "columns lint"
    "cppcheck lint"
    "types lint"
    "eslint lint"
    "prettier lint"
    "unit frontend"
    "clang build"
    "clang-tidy lint"
    "lib server"
    "tsan server"
    "valgrind server"
    "powercut server"
    "module server"
    "chaos server"
    "growth server"
    "memcheck server"
    "builds server"
    "fuzz server"
    "e2e frontend"
)

c_files() {
    find_files libwfstore '*.c' '*.h'
    find_files bench '*.c' '*.h'
}

# find_files FOLDER GLOB...
find_files() {
    local folder=$1 glob names=()
    shift
    for glob in "$@"; do
        names+=(-o -name "$glob")
    done
    find "$folder" -type f \( "${names[@]:1}" \) | sort
}

step_shellcheck() {
    shellcheck -s bash libwfstore/cli/completion/wfstore.bash
    shellcheck -x -a scripts/{run,test,deps,bench,fuzz,stories,check-builds} \
        cmake/{nginx-module,serve-frontend} .ci/run libwfstore/fuzz/make-seeds
}

# What clang-format would see to, where nginx's own style rules.
step_columns() {
    local files
    mapfile -t files < <(c_files && find_files ngx_waveforge_module '*.c' '*.h')
    ! grep -nE "$(printf '\t')| +\$|^.{81}" "${files[@]}"
}

step_clang-format() {
    c_files | xargs clang-format --dry-run --Werror
}

step_cppcheck() {
    cppcheck --std=c11 --error-exitcode=1 --inline-suppr --quiet -j "$(nproc)" \
        --enable=warning,performance,portability -D_GNU_SOURCE \
        --suppress=missingIncludeSystem -I libwfstore/include \
        -I libwfstore/src libwfstore/src libwfstore/cli \
        ngx_waveforge_module/src/wf_*.c
}

step_types() {
    need_node_modules
    npm run --silent types
}

step_eslint() {
    need_node_modules
    npx --no-install eslint --max-warnings=0 .
}

step_prettier() {
    need_node_modules
    npx --no-install prettier --check .
}

step_unit() {
    need_node_modules
    npm run --silent unit
}

# The other compiler, optimised: library, tool, tests, module, benchmarks.
# DWARF 4, since the valgrind of Debian 12 cannot read all of clang's DWARF 5.
clang_options=(-DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=Release
    -DCMAKE_C_FLAGS=-gdwarf-4 -DBUILD_TESTING=ON)

# What is installed is looked at in this tree: it is built as it is shipped.
step_clang() {
    build_tree clang 'all bench bench-http' "${clang_options[@]}"
    ctest --test-dir build/clang --output-on-failure --no-tests=error -R '^package_'
}

step_clang-tidy() {
    configure_tree clang "${clang_options[@]}"
    { find_files libwfstore/src '*.c' && find_files libwfstore/cli '*.c' &&
        find_files ngx_waveforge_module/src 'wf_*.c'; } |
        xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p build/clang
}

# build_for_tests TARGETS: in the tree with sanitizers.
build_for_tests() {
    build_tree test "$1" -DCMAKE_BUILD_TYPE=Debug -DWAVEFORGE_SANITIZE=ON \
        -DBUILD_TESTING=ON
}

# tell_coverage TREE: what its tests have run so far.
tell_coverage() {
    find "$1/CMakeFiles/wfstore_objects.dir" -name '*.gcno' -print0 |
        xargs -0 gcov -t 2>/dev/null |
        awk -v root="$top/" -f scripts/lib/coverage.awk \
            libwfstore/tests/coverage-reasons -
}

# Unit tests with sanitizers, and which lines they run. Some lines are run or not
# as the scheduler decides, and counts add up: what seems to be without a reason
# has a second chance.
step_lib() {
    local tree=$top/build/lib report=$top/build/lib/report
    local run=(ctest --test-dir "$tree" --no-tests=error -j "$(nproc)"
        --exclude-regex '^(powercut$|package_)')
    build_tree lib 'libwfstore/all ngx_waveforge_module/tests/all' \
        -DCMAKE_BUILD_TYPE=Coverage -DWAVEFORGE_WERROR=OFF \
        -DCMAKE_C_FLAGS_COVERAGE='-O0 -g --coverage' \
        -DWAVEFORGE_SANITIZE=ON -DBUILD_TESTING=ON
    find "$tree" -name '*.gcda' -delete
    export UBSAN_OPTIONS=print_stacktrace=1
    "${run[@]}" --output-on-failure
    if ! tell_coverage "$tree/libwfstore" >"$report"; then
        "${run[@]}" --quiet || true
        tell_coverage "$tree/libwfstore" >"$report" || {
            cat "$report"
            return 1
        }
    fi
    cat "$report"
}

# By itself, since it says how many states it has seen.
step_powercut() {
    build_for_tests libwfstore/tests/powercut/all
    ctest --test-dir build/test --verbose --no-tests=error -R '^powercut$'
}

# What threads do to each other. On some kernels ThreadSanitizer finds its memory
# taken unless addresses are as they were linked; not every container allows it.
step_tsan() {
    local tests=(test_{answer,append_ended,commit{,_here},end_writers,known}
        test_{life,live{,_damage,_pages},parallel,publish{,_turns},races}
        test_{sqlite_{recent,turns,writers},take_over{,_processes}})
    local fixed=()
    build_tree tsan "${tests[*]}" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
        -DWFSTORE_TSAN=ON -DWAVEFORGE_MODULE=OFF -DBUILD_TESTING=ON
    if setarch -R true 2>/dev/null; then
        fixed=(setarch -R)
    fi
    TSAN_OPTIONS=halt_on_error=1 "${fixed[@]}" ctest --test-dir build/tsan \
        --output-on-failure --no-tests=error -j "$(nproc)" \
        -R "^($(tr ' ' '|' <<<"${tests[*]}"))\$"
}

# One life of each layout, and the parsers: reads of what was never written, and
# leaks, which the sanitizers look for in their own way.
step_valgrind() {
    local tests=(test_{begin,complete_check,container,json,life,list,receipts}
        test_{recording,repairs,tend,unplaced})
    build_tree clang "${tests[*]}" "${clang_options[@]}"
    printf '%s\n' "${tests[@]}" | xargs -P "$(nproc)" -I NAME \
        valgrind --quiet --error-exitcode=1 --leak-check=full \
        --child-silent-after-fork=yes build/clang/libwfstore/tests/NAME
}

# serve_sanitized COMMAND...: for suites, with a wrapper of nginx, which is not
# built with sanitizers: it loads their runtime first. What they find in a server
# goes to files, and any such file is a failure, as is one of COMMAND: failed=yes.
serve_sanitized() {
    local tree=$top/build/test reports
    build_for_tests 'module wfstore_cli'
    reports=$tree/reports
    rm -rf "$reports" "$tree/t"
    mkdir -p "$reports" "$tree/t"
    chmod 1777 "$reports"
    cat >"$tree/nginx" <<WRAPPER
#!/bin/sh
LD_PRELOAD=$(gcc -print-file-name=libasan.so) exec /usr/sbin/nginx "\$@"
WRAPPER
    chmod +x "$tree/nginx"
    TEST_NGINX_PORT=$(free_port)
    export TEST_NGINX_PORT
    export TEST_NGINX_BINARY=$tree/nginx
    export TEST_NGINX_LOAD_MODULES=$tree/modules/$module_file
    export TEST_NGINX_SERVROOT=$tree/t/servroot
    export TEST_NGINX_TIMEOUT=10
    export ASAN_OPTIONS=detect_leaks=0:log_path=$reports/asan
    export UBSAN_OPTIONS=print_stacktrace=1:log_path=$reports/ubsan
    "$@" || failed=yes
    if [ -n "$(ls "$reports")" ]; then
        cat "$reports"/* >&2
        failed=yes
    fi
}

step_module() {
    compgen -G 't/*.t' >/dev/null || die "no suites in t/"
    export WAVEFORGE_ANSWERS=$top/build/test/t/answers
    need_node_modules
    # shellcheck source=scripts/lib/again.sh
    . "$top/scripts/lib/again.sh"
    serve_sanitized prove_again "$top/build/steps/module.first" t
    node t/contract/check.mjs "$WAVEFORGE_ANSWERS" || failed=yes
    [ -z "${failed-}" ]
}

# Two minutes of random clients, killed workers, reloads and upgrades, or an
# hour; then the files are looked at, some seconds. No second try: no two are alike.
step_chaos() {
    serve_sanitized prove -I t/lib t/long/chaos.t
    [ -z "${failed-}" ]
}

# Memory and descriptors of a worker, in the build that serves: sanitizers keep
# what was freed. 10,000 requests in half a minute; 100,000 in the long form.
step_growth() {
    build_tree release module -DCMAKE_BUILD_TYPE=Release -DWAVEFORGE_WERROR=ON
    mkdir -p build/release/t
    TEST_NGINX_PORT=$(free_port) TEST_NGINX_BINARY=/usr/sbin/nginx \
        TEST_NGINX_LOAD_MODULES=$top/build/release/modules/$module_file \
        TEST_NGINX_SERVROOT=$top/build/release/t/servroot \
        prove -I t/lib t/long/growth.t
}

# Suites of each kind of request under valgrind: what is read before it is
# written, and what is left at the end. Only in the long form, half an hour.
step_memcheck() {
    local tree=$top/build/release reports=$top/build/release/memcheck
    local suites=(t/200-chunk-raw.t t/210-chunk-multipart.t t/225-upload-audio.t
        t/300-complete.t t/320-recording.t t/330-audio.t)
    if [ -z "${WAVEFORGE_LONG-}" ]; then
        echo 'only with --long'
        return 0
    fi
    build_tree release module -DCMAKE_BUILD_TYPE=Release -DWAVEFORGE_WERROR=ON
    rm -rf "$reports"
    mkdir -p "$reports" "$tree/t"
    TEST_NGINX_PORT=$(free_port) TEST_NGINX_BINARY=/usr/sbin/nginx \
        TEST_NGINX_LOAD_MODULES=$tree/modules/$module_file \
        TEST_NGINX_SERVROOT=$tree/t/servroot TEST_NGINX_TIMEOUT=30 \
        TEST_NGINX_USE_VALGRIND="--leak-check=full --num-callers=30 \
            --suppressions=$top/t/valgrind.supp --log-file=$reports/%p" \
        prove -I t/lib "${suites[@]}" 2>"$tree/memcheck.log" || failed=yes
    find "$reports" -type f -size +0 -exec cat {} + >"$tree/memcheck.found"
    if [ -s "$tree/memcheck.found" ]; then
        cat "$tree/memcheck.found" >&2
        failed=yes
    fi
    [ -z "${failed-}" ]
}

# nginx of other versions and builds, fetched; only in the long form.
step_builds() {
    if [ -z "${WAVEFORGE_LONG-}" ]; then
        echo 'only with --long'
        return 0
    fi
    if is_root; then
        scripts/check-builds
    else
        warn 'chroots need root: only nginx of its own'
        scripts/check-builds own
    fi
}

# Some seconds each, enough to see that nothing plain is broken; ten minutes in
# the long form. scripts/fuzz runs one by itself.
# The short form does the same on every machine: a new finding belongs to who
# looks for it, not to who changes something else.
step_fuzz() {
    local target limits=(-seed=1 -runs=10000 -max_total_time=60)
    if [ -n "${WAVEFORGE_LONG-}" ]; then
        limits=(-max_total_time=600)
    fi
    # shellcheck source=scripts/lib/fuzz.sh
    . "$top/scripts/lib/fuzz.sh"
    build_fuzzers
    for target in $(list_fuzzers); do
        run_fuzzer "$target" "${limits[@]}"
    done
}

# Against the release build, served by scripts/run as a user would.
step_e2e() {
    need_node_modules
    npm run --silent e2e
}
