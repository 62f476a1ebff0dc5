# Copies scripts below the folder `target`, without comments that begin a line; all
# others are left alone. Of scripts as Prettier writes them: a unit test compares
# their tokens, so that nothing else goes.

function rest_of(line) {
    sub(/^.*\*\//, "", line)
    return line ~ /[^ \t]/ ? line : ""
}

FNR == 1 {
    is_inside = 0
    close(out)
    out = target "/" FILENAME
}
is_inside && /\*\// {
    is_inside = 0
    $0 = rest_of($0)
}
is_inside || /^[ \t]*\/\// {
    $0 = ""
}
/^[ \t]*\/\*/ && !/\*\// {
    is_inside = 1
    $0 = ""
}
/^[ \t]*\/\*/ {
    $0 = rest_of($0)
}
{
    print > out
}
