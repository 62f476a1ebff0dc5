# shellcheck shell=bash
# An instance: a folder that is an nginx prefix, made of links to what is
# served and of the few files that differ (see conf/nginx.conf).
# Reads $instance, $port, $store, $tls_port, ${addresses[@]}, ${names[@]}.

module=$top/build/release/modules/ngx_http_waveforge_module.so

need_port() {
    if ! [[ $2 =~ ^[1-9][0-9]{0,4}$ ]] || [ "$2" -gt 65535 ]; then
        die "$1: $2 is not a port"
    fi
}

need_store() {
    store=$(realpath -m "$1")
    if [[ $store == *[\"\$\\]* ]]; then
        die "--store: nginx cannot have \", \$ or \\ in a path"
    fi
}

has_options() {
    [ -n "$store$tls_port" ] || [ $((${#addresses[@]} + ${#names[@]})) -gt 0 ]
}

# The options of this call as text that recall_options reads.
options_text() {
    declare -p store tls_port addresses names | sed 's/^declare /declare -g /'
}

recall_options() {
    # shellcheck source=/dev/null
    . "$instance/options"
}

# What a running server would have to be started anew for.
served_text() {
    sha256sum "$module" "$top"/conf/*.conf
}

has_ipv6() {
    grep -qs '^00000000000000000000000000000001 ' /proc/net/if_inet6
}

# The addresses of this instance, one per line.
listen_addresses() {
    local address
    echo 127.0.0.1
    if has_ipv6; then
        echo '[::1]'
    fi
    for address in "${addresses[@]}"; do
        if [[ $address == *:* && $address != \[* ]]; then
            address="[$address]"
        fi
        echo "$address"
    done
}

# listen_lines OPTION...: listen directives with these options.
listen_lines() {
    local address tls=ssl
    if [ -n "$tls_port" ] && nginx_is_older_than 1.25.1; then
        tls='ssl http2'
    fi
    while read -r address; do
        echo "listen $address:$port $*;"
        if [ -n "$tls_port" ]; then
            echo "listen $address:$tls_port $tls $*;"
        fi
    done < <(listen_addresses | awk '!seen[$0]++')
    if [ -n "$tls_port" ] && ! nginx_is_older_than 1.25.1; then
        echo 'http2 on;'
    fi
}

nginx_is_older_than() {
    local version
    version=$(/usr/sbin/nginx -v 2>&1)
    version=${version##*nginx/}
    ! printf '%s\n' "$1" "${version%% *}" | sort -C -V
}

write_certificate() {
    local tls=$instance/conf/instance/tls
    mkdir -p "$tls"
    if [ -s "$tls/certificate.pem" ]; then
        return 0
    fi
    (
        umask 077
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
            -days 3650 -subj /CN=localhost \
            -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1' \
            -keyout "$tls/key.pem" -out "$tls/certificate.pem" 2>/dev/null
    )
}

write_main_conf() {
    echo 'load_module modules/ngx_http_waveforge_module.so;'
    if is_root; then
        echo "user $(stat -c '%U %G' "$top");"
    fi
}

write_server_conf() {
    echo "waveforge_store \"${store:-uploaded_data}\";"
    if [ -n "$tls_port" ]; then
        echo 'include tls.conf;'
    fi
}

write_instance() {
    local conf=$instance/conf file
    mkdir -p "$conf/instance" "$instance"/{logs,tmp}
    find "$conf" -maxdepth 1 -type l -delete
    for file in "$top"/conf/*.conf; do
        ln -s "$file" "$conf/"
    done
    ln -sfn "${module%/*}" "$instance/modules"
    rm -rf "$instance/frontend"
    ln -s "$top/build/release/frontend" "$instance/frontend"
    ln -sfn "$top/build/release/bin/wfstore" "$instance/wfstore"
    if [ -n "$tls_port" ]; then
        write_certificate
    fi
    write_main_conf >"$conf/instance/main.conf"
    write_server_conf >"$conf/instance/server.conf"
    listen_lines default_server reuseport >"$conf/instance/listen-default.conf"
    if [ -n "$tls_port" ]; then
        echo 'include tls.conf;' >>"$conf/instance/listen-default.conf"
    fi
    {
        listen_lines
        echo "server_name localhost 127.0.0.1 [::1]" \
            "${addresses[*]}" "${names[*]};"
    } >"$conf/instance/listen.conf"
    options_text >"$instance/options"
    served_text >"$instance/served"
}
