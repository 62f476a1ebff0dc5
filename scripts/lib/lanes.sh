# shellcheck shell=bash
# How scripts/test runs its steps: the quick ones first, one by one; then two
# lanes side by side, one that waits and one that computes. Reads ${only[@]}.

# Steps that mostly wait, for servers and browsers, and what can go on meanwhile:
# it takes what they leave of the processors.
to_wait=(module chaos growth memcheck builds e2e)
to_compute=(clang clang-tidy lib tsan valgrind powercut fuzz)

logs=$top/build/steps

# is_wanted "NAME GROUP": no --only wants everything.
is_wanted() {
    local name
    if [ ${#only[@]} -eq 0 ]; then
        return 0
    fi
    for name in "${only[@]}"; do
        if [ "${1% *}" = "$name" ] || [ "${1#* }" = "$name" ]; then
            return 0
        fi
    done
    return 1
}

# is_among NAME NAME...
is_among() { [[ " ${*:2} " == *" $1 "* ]]; }

# run_step NAME: says and keeps what it prints, and how it ended.
run_step() {
    local from=$SECONDS result=passed out reader
    printf '\n=== %s\n' "$1"
    exec {out}> >(tee "$logs/$1.log")
    reader=$!
    # In a child shell of its own: `set -e` is off inside `if` and `||`.
    if ! bash -c '
        set -euo pipefail
        . "$1/common.sh"
        . "$1/fetch.sh"
        . "$1/steps.sh"
        "step_$2"' test "$top/scripts/lib" "$1" \
        </dev/null >&"$out" 2>&1 {out}>&-; then
        result=FAILED
    fi
    exec {out}>&-
    # What a step leaves behind may hold the pipe open: no longer than that.
    timeout 5 tail -s 0.1 --pid="$reader" -f /dev/null || true
    printf '%-7s %-13s %4d s\n' "$result" "$1" $((SECONDS - from)) \
        >"$logs/$1.result"
}

# run_beside NAME...: nobody sees what is printed until tell_beside.
run_beside() {
    local name
    renice -n 10 -p "$BASHPID" >/dev/null
    for name in "$@"; do
        run_step "$name" >"$logs/$name.all" 2>&1
        mv "$logs/$name.all" "$logs/$name.told"
    done
}

# Prints what has ended beside, once.
tell_beside() {
    local name
    for name in "${beside[@]}"; do
        if [ -e "$logs/$name.told" ]; then
            cat "$logs/$name.told"
            rm "$logs/$name.told"
        fi
    done
}

# The lane beside is a group of processes, which ends with the script.
start_beside() {
    if [ ${#beside[@]} -gt 0 ]; then
        set -m
        run_beside "${beside[@]}" </dev/null &
        lane=$!
        set +m
        trap 'kill -- -$lane 2>/dev/null' EXIT
        trap 'exit 130' INT TERM
    fi
}

wait_beside() {
    if [ ${#beside[@]} -gt 0 ]; then
        while kill -0 "$lane" 2>/dev/null; do
            tell_beside
            sleep 1
        done
        tell_beside
        trap - EXIT
    fi
}

# Sorts the wanted steps into: first, beside, waiting.
sort_steps() {
    local entry name
    first=() beside=() waiting=()
    for entry in "${all_steps[@]}"; do
        name=${entry%% *}
        if ! is_wanted "$entry"; then
            continue
        elif is_among "$name" "${to_compute[@]}"; then
            beside+=("$name")
        elif is_among "$name" "${to_wait[@]}"; then
            waiting+=("$name")
        else
            first+=("$name")
        fi
    done
    if [ ${#waiting[@]} -eq 0 ]; then
        first+=("${beside[@]}")
        beside=()
    fi
}

run_wanted() {
    local name
    rm -rf "$logs"
    mkdir -p "$logs"
    sort_steps
    for name in "${first[@]}"; do
        run_step "$name"
    done
    start_beside
    for name in "${waiting[@]}"; do
        run_step "$name"
        tell_beside
    done
    wait_beside
}

# The end of a long log is what one gets to see: how each failure ended, and last,
# what it was that failed.
tell_failures() {
    local entry name failed=()
    for entry in "${all_steps[@]}"; do
        name=${entry%% *}
        if grep -qs '^FAILED' "$logs/$name.result"; then
            failed+=("$name")
            printf '\n=== %s FAILED: the end of build/steps/%s.log\n' "$name" "$name"
            tail -n 20 "$logs/$name.log"
        fi
    done
    for name in "${failed[@]}"; do
        printf '\n=== %s FAILED: what it says of that\n' "$name"
        grep -aE "$faults" "$logs/$name.log" | head -n 12 || true
    done
}

# Lines that say what failed, by the tools: ctest and cmocka, prove, node, cc.
faults='^ *not ok |\*\*\*(Failed|Timeout|Exception)|\[ *(ERROR|LINE|FAILED) *\]'
faults+='|^ *# +(Failed|at) |(no|stale) reason: |[^a-z](error|ERROR): '

# The results, and what passed at its second try only.
tell_results() {
    local entry name
    printf '\n'
    for entry in "${all_steps[@]}"; do
        name=${entry%% *}
        if is_wanted "$entry"; then
            cat "$logs/$name.result"
        fi
    done
    grep -ah '^unsteady: ' "$logs"/*.log || true
}

# How many passed and failed, and whether all passed.
tell_count() {
    local passed failed
    passed=$(cat "$logs"/*.result | grep -c '^passed') || true
    failed=$(cat "$logs"/*.result | grep -cv '^passed') || true
    printf 'steps: %d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
}
