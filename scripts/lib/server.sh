# shellcheck shell=bash
# Starting, finding and stopping the nginx of an instance.

server_url() { echo "http://localhost:$port"; }

server_pid() {
    cat "$instance/logs/nginx.pid" 2>/dev/null
}

# The pid file may be left from a crash, its number another process's by now.
server_runs() {
    local pid
    pid=$(server_pid) && [ -n "$pid" ] && [ -d "/proc/$pid" ] &&
        tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF -- "-p $instance "
}

answers() {
    local line
    # The outer redirection keeps bash's own words about a refusal away.
    {
        exec {connection}<>"/dev/tcp/127.0.0.1/$port" || return 1
        printf 'GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n' \
            >&"$connection"
        read -r -t 2 line <&"$connection" || line=
        exec {connection}>&-
    } 2>/dev/null
    [[ $line == *" 200 "* ]]
}

wait_until_it_answers() {
    local tries
    for tries in {1..100}; do
        if answers; then
            return 0
        fi
        # Half way: is it still there at all?
        if [ "$tries" -gt 20 ] && ! server_runs; then
            break
        fi
        sleep 0.1
    done
    tail -n 5 "$instance/logs/error.log" >&2
    die "the server does not answer; see $instance/logs/error.log"
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
    local pid tries
    if ! server_runs; then
        say "nothing runs on port $port"
        return 0
    fi
    pid=$(server_pid)
    kill -QUIT "$pid" || die "pid $pid belongs to another user"
    for tries in {1..300}; do
        if ! [ -d "/proc/$pid" ]; then
            say "stopped the server on port $port"
            return 0
        fi
        if [ "$tries" -eq 150 ]; then
            kill -TERM "$pid"
        fi
        sleep 0.1
    done
    die "pid $pid does not stop"
}
