# Copies files below the folder `target`: without indentation, and scripts without
# comments that begin a line; all others are left alone. Of files as Prettier writes
# them: a unit test compares what a parser makes of them, so that nothing else goes.

function rest_of(line) {
    sub(/^.*\*\//, "", line)
    return line
}

FNR == 1 {
    is_script = FILENAME ~ /\.js$/
    is_inside = 0
    close(out)
    out = target "/" FILENAME
}
is_inside && /\*\// {
    is_inside = 0
    $0 = rest_of($0)
}
is_inside || (is_script && /^ *\/\//) {
    $0 = ""
}
is_script && /^ *\/\*/ && !/\*\// {
    is_inside = 1
    $0 = ""
}
is_script && /^ *\/\*/ {
    $0 = rest_of($0)
}
{
    sub(/^ +/, "")
    print > out
}
