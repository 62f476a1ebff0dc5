/*
 * nginx.c - nginx with our module, and nginx alone.
 */
#include "nginx.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server.h"

static const char COMMON[] =
    "%s" /* user */
    "daemon off;\n"
    "worker_processes 2;\n"
    "worker_rlimit_nofile 65536;\n"
    "pid %s/nginx.pid;\n"
    "error_log %s/log warn;\n"
    "%s" /* load_module */
    "events { worker_connections 16384; }\n"
    "http {\n"
    "    access_log off;\n"
    "    sendfile on;\n"
    "    keepalive_requests 100000000;\n"
    "    client_max_body_size 0;\n"
    "    client_body_temp_path %s/body;\n"
    "    proxy_temp_path %s/p; fastcgi_temp_path %s/f;\n"
    "    uwsgi_temp_path %s/u; scgi_temp_path %s/s;\n"
    "    server {\n"
    "        listen %s:%u reuseport backlog=16384%s;\n"
    "        %s\n"
    "        location / {\n"
    "            %s\n"
    "            %s\n"
    "        }\n"
    "    }\n"
    "}\n";

static const char OURS[] = "waveforge on;\n"
                           "waveforge_store data;\n"
                           "waveforge_max_recording_size 0;\n"
                           "waveforge_max_uploads 1000000;\n";

static const char DAV[] = "root files;\n"
                          "dav_methods PUT;\n"
                          "dav_access user:rw;\n";

static pid_t start(const http_subject *subject, const char *folder,
                   const char *module, const char *directives)
{
    const char *version = http_is_version_2(subject->dialect) ? " http2" : "";
    char path[BENCH_PATH_BYTES + 16];
    char prefix[BENCH_PATH_BYTES];
    char *words[] = {"nginx", "-p", prefix, "-c", path, NULL};
    FILE *stream;

    (void)snprintf(prefix, sizeof prefix, "%s", folder);
    (void)snprintf(path, sizeof path, "%s/nginx.conf", folder);
    stream = fopen(path, "we");
    if (stream == NULL ||
        fprintf(stream, COMMON, geteuid() == 0 ? "user root;\n" : "", folder,
                folder, module, folder, folder, folder, folder, folder,
                http_settings.host, http_settings.port, version,
                http_settings.server, directives, subject->setting) < 0 ||
        fclose(stream) != 0) {
        bench_fail("%s cannot be written", path);
    }
    return http_run_program(words, folder);
}

static pid_t start_ours(const http_subject *subject, const char *folder,
                        const char *directives)
{
    char module[BENCH_PATH_BYTES + 64];

    (void)snprintf(module, sizeof module,
                   "load_module %s/ngx_http_waveforge_module.so;\n",
                   http_settings.modules);
    return start(subject, folder, module, directives);
}

pid_t http_start_ours(const http_subject *subject, const char *folder)
{
    return start_ours(subject, folder, OURS);
}

pid_t http_start_module(const http_subject *subject, const char *folder)
{
    return start_ours(subject, folder, "");
}

pid_t http_start_nginx(const http_subject *subject, const char *folder)
{
    char path[BENCH_PATH_BYTES + 16];

    (void)snprintf(path, sizeof path, "%s/files", folder);
    (void)mkdir(path, 0755);
    (void)snprintf(path, sizeof path, "%s/files/put", folder);
    (void)mkdir(path, 0755);
    return start(subject, folder, "", DAV);
}
