# shellcheck shell=bash
# The libFuzzer targets of libwfstore/fuzz, built and run below build/fuzz.

fuzz_tree=build/fuzz

list_fuzzers() {
    find libwfstore/fuzz -name 'fuzz_*.c' -printf '%f\n' |
        sed 's/^fuzz_//; s/\.c$//' | sort
}

# Seeds are made once; remove build/fuzz/seeds to have them made anew.
build_fuzzers() {
    local log=$fuzz_tree/build.log
    mkdir -p "$fuzz_tree"
    if ! { cmake -S libwfstore/fuzz -B "$fuzz_tree" -G Ninja \
        -DCMAKE_C_COMPILER=clang && cmake --build "$fuzz_tree"; } >"$log" 2>&1
    then
        cat "$log" >&2
        die "the build failed: $log"
    fi
    if [ ! -e "$fuzz_tree/seeds/made" ]; then
        libwfstore/fuzz/make-seeds "$fuzz_tree/seeds"
        touch "$fuzz_tree/seeds/made"
    fi
}

# run_fuzzer TARGET LIMIT...: inputs that failed once first, then new ones, as
# many as libFuzzer's options say.
run_fuzzer() {
    local target=$1 folder inputs=() learned=() log=$fuzz_tree/$1.log
    shift
    for folder in corpus findings; do
        mkdir -p "$fuzz_tree/$folder/$target"
    done
    mapfile -t inputs < <(
        find libwfstore/fuzz/regressions -path "*/$target/*" -type f 2>/dev/null)
    if [ -d "libwfstore/fuzz/inputs/$target" ]; then
        learned=("libwfstore/fuzz/inputs/$target")
    fi
    if ! {
        if [ ${#inputs[@]} -gt 0 ]; then
            "$fuzz_tree/fuzz_$target" -timeout=10 "${inputs[@]}"
        fi &&
            UBSAN_OPTIONS=print_stacktrace=1 "$fuzz_tree/fuzz_$target" \
                "$@" -timeout=10 -rss_limit_mb=2048 \
                -print_final_stats=1 \
                -artifact_prefix="$fuzz_tree/findings/$target/" \
                "$fuzz_tree/corpus/$target" "$fuzz_tree/seeds/$target" \
                "${learned[@]}"
    } >"$log" 2>&1; then
        tail -n 40 "$log"
        die "fuzz_$target found something: $fuzz_tree/findings/$target"
    fi
    printf '%-10s %s inputs, ' "$target" "$(
        sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
    sed -n 's/.*DONE *\(cov: [0-9]*\).*/\1/p' "$log"
}
