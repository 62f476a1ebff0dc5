# shellcheck shell=bash
# Starting, finding and stopping the nginx of an instance.

server_url() { echo "http://localhost:$port"; }

server_pid() {
    cat "$instance/logs/nginx.pid" 2>/dev/null
}

# is_ours PID: the pid file may be left from a crash, its number be another
# process's by now; one that has ended but that nobody waits for has no words.
is_ours() {
    [ -n "$1" ] && tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" |
        grep -qF -- "-p $instance "
} 2>/dev/null

server_runs() { is_ours "$(server_pid)"; }

# Workers whose master was killed go on serving: they have our logs open.
orphans() {
    local process name
    for process in /proc/[0-9]*; do
        name=
        read -r name 2>/dev/null <"$process/comm" || true
        if [ "$name" = nginx ] &&
            find "$process/fd" -lname "$instance/logs/*" 2>/dev/null |
            grep -q .; then
            echo "${process#/proc/}"
        fi
    done
}

stop_orphans() {
    local pids
    mapfile -t pids < <(orphans)
    if [ ${#pids[@]} -gt 0 ]; then
        say "stopping what a killed server left behind: ${pids[*]}"
        kill -QUIT "${pids[@]}"
        wait_until no_orphans
    fi
}

no_orphans() { [ -z "$(orphans)" ]; }

# wait_until COMMAND...: for at most ten seconds and what the command takes.
wait_until() {
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        if "$@"; then
            return 0
        fi
        sleep 0.1
    done
    return 1
}

# answers PATH: with 200.
answers() {
    local line
    # The outer redirection keeps bash's own words about a refusal away.
    {
        exec {connection}<>"/dev/tcp/127.0.0.1/$port" || return 1
        printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$1" \
            >&"$connection"
        read -r -t 2 line <&"$connection" || line=
        exec {connection}>&-
    } 2>/dev/null
    [[ $line == *" 200 "* ]]
}

# nginx answers at once, the store when it has been opened.
wait_until_it_answers() {
    if ! wait_until answers_or_is_gone /health/live ||
        ! answers /health/live; then
        tail -n 5 "$instance/logs/error.log" >&2
        die "the server does not answer; see $instance/logs/error.log"
    fi
    if ! wait_until answers_or_is_gone /health || ! answers /health; then
        warn "the store cannot be used; see $instance/logs/error.log"
    fi
}

# A server that has just been started may not have written its pid yet.
answers_or_is_gone() {
    answers "$1" || { [ -s "$instance/logs/nginx.pid" ] && ! server_runs; }
}

check_ports_are_free() {
    local number
    for number in $port $tls_port; do
        if (exec 3<>"/dev/tcp/127.0.0.1/$number") 2>/dev/null ||
            (exec 3<>"/dev/tcp/::1/$number") 2>/dev/null; then
            die "port $number is taken by another program;" \
                "choose another one (--port, --tls-port)"
        fi
    done
}

announce() {
    say "serving on $(server_url)${tls_port:+ and https://localhost:$tls_port}"
    say "recordings: ${store:-$instance/uploaded_data}, logs: $instance/logs"
}

start_server() {
    if is_root; then
        say "started by root: the workers run as $(stat -c %U "$top")," \
            "who owns $top"
    fi
    rm -f "$instance/logs/nginx.pid"
    local nginx=(/usr/sbin/nginx -p "$instance" -c conf/nginx.conf
        -e logs/error.log)
    # The server must not hold the lock of this script.
    if [ "$action" = foreground ]; then
        (wait_until_it_answers && announce) {instance_lock}>&- &
        exec {instance_lock}>&-
        exec "${nginx[@]}" -g 'daemon off;'
    fi
    if ! "${nginx[@]}" {instance_lock}>&-; then
        die "nginx did not start; see $instance/logs/error.log"
    fi
    wait_until_it_answers
    announce
}

# Lets requests in progress end, for at most ten seconds (nginx.conf).
stop_server() {
    local pid
    pid=$(server_pid) || pid=
    if is_ours "$pid"; then
        kill -QUIT "$pid" || die "pid $pid belongs to another user"
        wait_until is_gone "$pid" || wait_until is_gone "$pid" ||
            die "pid $pid does not stop"
        say "stopped the server on port $port"
    elif no_orphans; then
        say "nothing runs on port $port"
    fi
    stop_orphans
}

is_gone() { ! is_ours "$1"; }
