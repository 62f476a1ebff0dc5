# Reads the reasons for lines no test runs, then gcov's text of every source:
#
#   gcov -t *.gcno | awk -v root=/path/ -f coverage.awk REASONS -
#
# REASONS: a reason at the margin, below it and indented the lines it explains,
# as regular expressions of "file:function: text". One that matches no line is
# stale. Prints a table per file and the lines without a reason; fails below
# `least` percent, for a stale expression, and for a line without a reason.

BEGIN {
    FS = "^ *|: *"
    if (least == "") least = 95
}

FNR == NR {
    if ($0 ~ /^[ \t]+[^ \t#]/) {
        sub(/^[ \t]+/, "")
        rules[++rule_count] = $0
    }
    next
}

# "    count:  line:text"; a count of ##### or ===== was never run.
{
    at = index($0, ":")
    count = substr($0, 1, at - 1)
    gsub(/ /, "", count)
    rest = substr($0, at + 1)
    at = index(rest, ":")
    number = substr(rest, 1, at - 1) + 0
    text = substr(rest, at + 1)
}

number == 0 {
    if (text ~ /^Source:/) {
        file = substr(text, 8)
        is_ours = index(file, root) == 1
        file = substr(file, length(root) + 1)
        name = ""
    }
    next
}

!is_ours { next }

# A definition begins at the margin.
text ~ /^[a-z].*[a-z0-9_]\(/ && text !~ /;$/ {
    name = text
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
}

{
    line = file ":" name ": " text
    for (i = 1; i <= rule_count; i++) {
        if (!(i in used) && line ~ rules[i]) used[i] = 1
    }
}

count ~ /^[#=]+$/ {
    all[file]++
    missed[file]++
    for (i = 1; i <= rule_count && line !~ rules[i]; i++) {}
    if (i > rule_count) bare[++bare_count] = file ":" number ": " name ": " text
    next
}

count ~ /^[0-9]+\*?$/ { all[file]++ }

END {
    for (file in all) {
        printf "%5.1f %%  %4d of %4d  %s\n", \
            100 * (all[file] - missed[file]) / all[file], \
            all[file] - missed[file], all[file], file | "sort -k4"
        sum += all[file]
        missed_sum += missed[file]
    }
    close("sort -k4")
    for (i = 1; i <= bare_count; i++) print "no reason: " bare[i]
    for (i = 1; i <= rule_count; i++) {
        if (!(i in used)) {
            print "stale reason: " rules[i]
            failed = 1
        }
    }
    percent = sum == 0 ? 0 : 100 * (sum - missed_sum) / sum
    printf "%.2f %% of %d lines; %d not run, %d of them without a reason\n", \
        percent, sum, missed_sum, bare_count
    exit(failed || percent < least || bare_count > 0)
}
