# shellcheck shell=bash
# A second try (docs/decisions/0051-a-second-try.md). What a first one prints is
# marked: it is not what failed in the end.

# More than so many failures have a reason in common: no second try then.
most_again=5
first_try='first try| '

# print_whole FILE [PREFIX]: nothing of what goes on beside gets in between.
print_whole() { flock "$top/build/steps/.lock" sed "s/^/${2-}/" "$1"; }

# tell_unsteady FILE: for the end of scripts/test, too, which looks for the word.
tell_unsteady() {
    if [ -e "$1" ]; then
        sed 's/^/unsteady: /' "$1"
    fi
}

# prove_again LOG SUITE...: with prove; suites that fail run once more.
prove_again() {
    local log=$1 suites
    shift
    if prove -I t/lib "$@" >"$log" 2>&1; then
        cat "$log"
        return 0
    fi
    mapfile -t suites < <(sed -n 's/^\(t\/[^ ]*\.t\) *(Wstat: .*/\1/p' "$log")
    if [ ${#suites[@]} -eq 0 ] || [ ${#suites[@]} -gt "$most_again" ]; then
        cat "$log"
        return 1
    fi
    print_whole "$log" "$first_try"
    prove -I t/lib "${suites[@]}" || return 1
    printf '%s\n' "${suites[@]}" >"$log.unsteady"
    tell_unsteady "$log.unsteady"
}
