/*
 * server.c - a server as a process of its own: beginning, costs, end.
 */
#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "distance.h"

#define PROCESSES_MAX 64
#define ATTEMPTS 200
#define PAUSE_NS 50000000
#define QUIET_SECONDS 0.002
#define SETTLE_MOST 50 /* whom many wait for is never quiet */

static void pause_shortly(void)
{
    (void)nanosleep(&(struct timespec){0, PAUSE_NS}, NULL);
}

static int try_connect(unsigned port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = inet_addr(http_settings.host),
    };
    int one = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd == -1 || connect(fd, (struct sockaddr *)&address, sizeof address)) {
        (void)close(fd);
        return -1;
    }
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

int http_connect(unsigned port)
{
    int fd = try_connect(port);

    if (fd == -1) {
        bench_fail("cannot connect to port %u: %s", port, strerror(errno));
    }
    return fd;
}

static void wait_until_it_accepts(const http_server *server)
{
    int fd = -1;

    for (int i = 0; i < ATTEMPTS && fd == -1; i++) {
        if (waitpid(server->pid, NULL, WNOHANG) == server->pid) {
            bench_fail("the server ended: see %s/log", server->folder);
        }
        pause_shortly();
        fd = try_connect(http_settings.port);
    }
    if (fd == -1) {
        bench_fail("the server does not answer: see %s/log", server->folder);
    }
    (void)close(fd);
}

void http_start_server(const http_subject *subject, http_server *ret_server)
{
    int fd = try_connect(http_settings.port);

    if (fd != -1) {
        bench_fail("port %u is taken", http_settings.port);
    }
    bench_make_ground(http_settings.folder, ret_server->folder);
    http_go_far();
    ret_server->pid = subject->start(subject, ret_server->folder);
    http_go_near();
    wait_until_it_accepts(ret_server);
}

void http_stop_server(http_server *server)
{
    (void)kill(server->pid, SIGTERM);
    (void)waitpid(server->pid, NULL, 0);
    bench_remove_ground(server->folder);
}

pid_t http_run_program(char *const words[], const char *folder)
{
    char log[BENCH_PATH_BYTES + 8];
    pid_t pid = fork();
    int fd;

    if (pid == -1) {
        bench_fail("cannot fork");
    }
    if (pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
        (void)snprintf(log, sizeof log, "%s/log", folder);
        fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0640);
        (void)dup2(fd, STDOUT_FILENO);
        (void)dup2(fd, STDERR_FILENO);
        (void)execvp(words[0], words);
        _exit(127);
    }
    return pid;
}

/* The process and its children. */
static size_t find_processes(pid_t pid, pid_t ret_pids[PROCESSES_MAX])
{
    char path[64];
    size_t count = 0;
    FILE *stream;

    ret_pids[count++] = pid;
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    stream = fopen(path, "re");
    while (stream != NULL && count < PROCESSES_MAX &&
           fscanf(stream, "%d", &ret_pids[count]) == 1) {
        count++;
    }
    if (stream != NULL) {
        (void)fclose(stream);
    }
    return count;
}

static double get_clock(pid_t pid)
{
    struct timespec now = {0};
    clockid_t clock;

    if (clock_getcpuclockid(pid, &clock) != 0 ||
        clock_gettime(clock, &now) != 0) {
        bench_fail("the CPU time of process %d cannot be read", pid);
    }
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double get_dead_seconds(pid_t pid)
{
    unsigned long user = 0;
    unsigned long system = 0;
    char path[64];
    FILE *stream;

    (void)snprintf(path, sizeof path, "/proc/%d/stat", pid);
    stream = fopen(path, "re");
    if (stream == NULL ||
        fscanf(stream,
               "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u "
               "%*u %lu %lu",
               &user, &system) != 2) {
        bench_fail("%s cannot be read", path);
    }
    (void)fclose(stream);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

double http_get_cpu_seconds(const http_server *server)
{
    pid_t pids[PROCESSES_MAX];
    size_t count = find_processes(server->pid, pids);
    double seconds = 0;

    for (size_t i = 0; i < count; i++) {
        seconds += get_clock(pids[i]) + get_dead_seconds(pids[i]);
    }
    return seconds;
}

double http_settle(const http_server *server)
{
    double before = 0;
    double after = http_get_cpu_seconds(server);

    for (int i = 0; i < SETTLE_MOST && after - before > QUIET_SECONDS; i++) {
        before = after;
        for (int k = 0; k < 4; k++) {
            pause_shortly();
        }
        after = http_get_cpu_seconds(server);
    }
    return after;
}

static uint64_t get_private_bytes(pid_t pid)
{
    uint64_t bytes = 0;
    uint64_t kib;
    char line[128];
    char path[64];
    FILE *stream;

    (void)snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    stream = fopen(path, "re");
    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        if (sscanf(line, "Private_Dirty: %" SCNu64, &kib) == 1 ||
            sscanf(line, "Private_Clean: %" SCNu64, &kib) == 1) {
            bytes += kib << 10;
        }
    }
    if (stream != NULL) {
        (void)fclose(stream);
    }
    return bytes;
}

uint64_t http_get_memory(const http_server *server)
{
    pid_t pids[PROCESSES_MAX];
    size_t count = find_processes(server->pid, pids);
    uint64_t bytes = 0;

    for (size_t i = 1; i < count; i++) {
        bytes += get_private_bytes(pids[i]);
    }
    return bytes;
}
