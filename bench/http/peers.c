/*
 * peers.c - servers of others that take uploads.
 */
#include "peers.h"

#include <pwd.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server.h"

#define APACHE "/usr/sbin/apache2"
#define USER "www-data"
#define MODULES "/usr/lib/apache2/modules"

static const char CONFIGURATION[] =
    "ServerName localhost\n"
    "Listen %s:%u\n"
    "%s" /* User */
    "PidFile %s/run/pid\n"
    "DefaultRuntimeDir %s/run\n"
    "Mutex file:%s/run\n"
    "ErrorLog %s/log\n"
    "LogLevel warn\n"
    "LoadModule mpm_event_module " MODULES "/mod_mpm_event.so\n"
    "LoadModule authz_core_module " MODULES "/mod_authz_core.so\n"
    "LoadModule dav_module " MODULES "/mod_dav.so\n"
    "LoadModule dav_fs_module " MODULES "/mod_dav_fs.so\n"
    "StartServers 2\n"
    "ServerLimit 4\n"
    "ThreadLimit 64\n"
    "ThreadsPerChild 64\n"
    "MaxRequestWorkers 256\n"
    "MaxKeepAliveRequests 0\n"
    "KeepAliveTimeout 60\n"
    "DavLockDB %s/run/locks\n"
    "DocumentRoot %s/files\n"
    "<Directory %s/files>\n"
    "    Require all granted\n"
    "    Dav On\n"
    "</Directory>\n";

bool http_has_apache(void)
{
    return access(APACHE, X_OK) == 0;
}

/* It does not work as root: the folder becomes its user's. */
static void make_folder(const char *folder, const char *name)
{
    const struct passwd *user = getpwnam(USER);
    char path[BENCH_PATH_BYTES + 16];

    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    (void)mkdir(path, 0755);
    if (geteuid() == 0 &&
        (user == NULL || chown(path, user->pw_uid, user->pw_gid) != 0)) {
        bench_fail("%s cannot be given to " USER, path);
    }
}

pid_t http_start_apache(const http_subject *subject, const char *folder)
{
    char path[BENCH_PATH_BYTES + 16];
    char prefix[BENCH_PATH_BYTES];
    char *words[] = {APACHE, "-d", prefix, "-f", path, "-DFOREGROUND", NULL};
    FILE *stream;

    (void)subject;
    make_folder(folder, "");
    make_folder(folder, "run");
    make_folder(folder, "files");
    make_folder(folder, "files/put");
    (void)snprintf(prefix, sizeof prefix, "%s", folder);
    (void)snprintf(path, sizeof path, "%s/httpd.conf", folder);
    stream = fopen(path, "we");
    if (stream == NULL ||
        fprintf(stream, CONFIGURATION, http_settings.host, http_settings.port,
                geteuid() == 0 ? "User " USER "\nGroup " USER "\n" : "", folder,
                folder, folder, folder, folder, folder, folder) < 0 ||
        fclose(stream) != 0) {
        bench_fail("%s cannot be written", path);
    }
    return http_run_program(words, folder);
}

static void get_script(char ret_path[BENCH_PATH_BYTES + 16])
{
    (void)snprintf(ret_path, BENCH_PATH_BYTES + 16, "%s/tus/server.mjs",
                   http_settings.peers);
}

bool http_has_tus_node(void)
{
    char path[BENCH_PATH_BYTES + 64];

    (void)snprintf(path, sizeof path, "%s/tus/node_modules/@tus/server",
                   http_settings.peers);
    return access(path, R_OK) == 0;
}

pid_t http_start_tus_node(const http_subject *subject, const char *folder)
{
    char script[BENCH_PATH_BYTES + 16];
    char files[BENCH_PATH_BYTES + 16];
    char port[16];
    char processes[16];
    char *words[] = {"node", script, port, files, processes, NULL};

    get_script(script);
    (void)snprintf(files, sizeof files, "%s/files", folder);
    (void)snprintf(port, sizeof port, "%u", http_settings.port);
    (void)snprintf(processes, sizeof processes, "%s", subject->setting);
    return http_run_program(words, folder);
}
