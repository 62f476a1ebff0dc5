/*
 * life.c - one scripted life: powercut_life NAME ROOT.
 */
#include "life.h"

#include <dirent.h>
#include <dlfcn.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "boot.h"

#define SETTLE_MS 10000

/* The recorder's function, or nothing where none is loaded. */
static void *find_recorder(const char *name)
{
    return dlsym(RTLD_DEFAULT, name);
}

void life_mark(const char *format, ...)
{
    void (*tell)(const char *line);
    char line[256];
    va_list list;

    va_start(list, format);
    (void)vsnprintf(line, sizeof line, format, list);
    va_end(list);
    *(void **)&tell = find_recorder("powercut_mark");
    if (tell != NULL) {
        tell(line);
    }
}

void life_expect(wfs_status status, const wfs_error *error, const char *what,
                 const char *id)
{
    if (status == WFS_OK) {
        return;
    }
    fprintf(stderr, "powercut life: %s %s: %s: %s (%s, %d)\n", what, id,
            wfs_status_name(status), error->detail,
            error->step == NULL ? "" : error->step, error->os_error);
    _exit(1);
}

void life_open(life *self, wfs_durability durability)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    wfs_error error = WFS_ERROR_INIT;

    options.durability = durability;
    self->is_lazy = durability == WFS_DURABILITY_RECORDING;
    life_expect(wfs_store_open(self->path, &options, &self->store, &error),
                &error, "open", "");
    life_mark("< open store");
}

void life_close(life *self)
{
    wfs_store_close(self->store);
    self->store = NULL;
}

void life_restart(life *self)
{
    static unsigned boot;

    life_close(self);
    boot_set(++boot);
    life_mark("= restart");
    life_open(self,
              self->is_lazy ? WFS_DURABILITY_RECORDING : WFS_DURABILITY_CHUNK);
}

/* An upload that was begun lazily stays so. */
void life_promise_chunk(life *self, const char *what, const char *id,
                        size_t index)
{
    size_t planned = (size_t)(plan_find(id) - plan_get_all());

    if (self->is_lazy) {
        self->was_lazy |= UINT64_C(1) << planned;
    } else if ((self->was_lazy >> planned & 1) == 0) {
        life_mark("< %s %s %zu", what, id, index);
    }
}

static void send_bytes(life *self, const wfs_chunk_spec *spec,
                       const uint8_t *bytes, size_t length)
{
    const char *what = spec->is_provisional ? "head" : "chunk";
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;
    wfs_chunk *chunk;

    life_mark("> %s %s %d", what, spec->id, (int)spec->index);
    life_expect(wfs_upload_begin_chunk(self->store, spec, &chunk, &error),
                &error, "begin", spec->id);
    life_expect(wfs_chunk_write(chunk, bytes, length / 3, &error), &error,
                "write", spec->id);
    life_expect(
        wfs_chunk_write(chunk, bytes + length / 3, length - length / 3, &error),
        &error, "write", spec->id);
    life_expect(wfs_chunk_commit(chunk, &receipt, &error), &error, "commit",
                spec->id);
    life_promise_chunk(self, what, spec->id, (size_t)spec->index);
}

void life_send(life *self, const char *id, size_t index)
{
    const plan *planned = plan_find(id);
    uint8_t *bytes = plan_make_bytes(planned);
    wfs_chunk_spec spec = plan_get_spec(planned, index, bytes);

    send_bytes(self, &spec, bytes + plan_get_offset(planned, index),
               planned->lengths[index]);
    free(bytes);
}

void life_send_provisional(life *self, const char *id)
{
    const plan *planned = plan_find(id);
    uint8_t *bytes = plan_make_bytes(planned);
    wfs_chunk_spec spec;

    plan_make_provisional(planned, bytes);
    spec = plan_get_spec(planned, 0, bytes);
    spec.is_provisional = true;
    send_bytes(self, &spec, bytes, planned->lengths[0]);
    free(bytes);
}

void life_send_unplaced(life *self, const char *id, size_t index)
{
    const plan *planned = plan_find(id);
    uint8_t *bytes = plan_make_bytes(planned);
    wfs_chunk_spec spec = plan_get_spec(planned, index, bytes);
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;
    wfs_chunk *chunk;

    life_mark("> chunk %s %d", id, (int)index);
    life_expect(wfs_upload_begin_unplaced_chunk(self->store, &spec.limits,
                                                &chunk, &error),
                &error, "begin unplaced", id);
    life_expect(wfs_chunk_write(chunk, bytes + plan_get_offset(planned, index),
                                planned->lengths[index], &error),
                &error, "write", id);
    life_expect(wfs_chunk_place(chunk, &spec, &error), &error, "place", id);
    life_expect(wfs_chunk_commit(chunk, &receipt, &error), &error, "commit",
                id);
    life_promise_chunk(self, "chunk", id, index);
    free(bytes);
}

void life_send_all(life *self, const char *id, const char *order)
{
    for (; *order != '\0'; order++) {
        life_send(self, id, (size_t)(*order - '0'));
    }
}

void life_break_off(life *self, const char *id, size_t index)
{
    const plan *planned = plan_find(id);
    uint8_t *bytes = plan_make_bytes(planned);
    wfs_chunk_spec spec = plan_get_spec(planned, index, bytes);
    wfs_error error = WFS_ERROR_INIT;
    wfs_chunk *chunk;

    life_expect(wfs_upload_begin_chunk(self->store, &spec, &chunk, &error),
                &error, "begin", id);
    life_expect(wfs_chunk_write(chunk, bytes + plan_get_offset(planned, index),
                                planned->lengths[index] / 2, &error),
                &error, "write", id);
    wfs_chunk_discard(chunk);
    free(bytes);
}

/* "<id>.<row>.<index>" and not "<id>.<row>.part". */
static bool has_loose(const char *folder)
{
    DIR *stream = opendir(folder);
    const struct dirent *entry;
    bool is_found = false;

    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        const char *dot = strrchr(entry->d_name, '.');

        is_found = is_found || (dot != NULL && dot[1] >= '0' && dot[1] <= '9');
    }
    if (stream != NULL) {
        (void)closedir(stream);
    }
    return is_found;
}

void life_settle(life *self)
{
    const struct timespec pause = {0, 1000000};
    char folder[8192];

    (void)snprintf(folder, sizeof folder, "%s/.wfstore/uploads", self->path);
    for (int i = 0; i < SETTLE_MS && has_loose(folder); i++) {
        (void)nanosleep(&pause, NULL);
    }
}

void life_promise_published(life *self)
{
    wfs_store_stat stat;
    wfs_error error = WFS_ERROR_INIT;

    life_expect(wfs_store_get_stat(self->store, &stat, &error), &error, "stat",
                "");
    if (stat.is_published) {
        life_mark("< publish store");
    }
}

void life_complete(life *self, const char *id)
{
    const plan *planned = plan_find(id);
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;
    bool was_complete;

    spec.id = id;
    spec.name = id;
    if (!planned->is_append) {
        spec.total_chunks = planned->count;
    }
    life_mark("> complete %s", id);
    life_expect(wfs_upload_complete(self->store, &spec, &recording,
                                    &was_complete, &error),
                &error, "complete", id);
    life_mark("< complete %s", id);
    wfs_recording_release(&recording);
    life_promise_published(self);
}

void life_rename(life *self, const char *id, const char *name)
{
    wfs_recording_change change = WFS_RECORDING_CHANGE_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;

    change.name = name;
    life_mark("> name %s %s", id, name);
    life_expect(
        wfs_recording_update(self->store, id, &change, &recording, &error),
        &error, "rename", id);
    life_mark("< name %s %s", id, name);
    wfs_recording_release(&recording);
    life_promise_published(self);
}

void life_delete_upload(life *self, const char *id)
{
    wfs_error error = WFS_ERROR_INIT;

    life_mark("> delete %s", id);
    life_expect(wfs_upload_delete(self->store, id, &error), &error, "delete",
                id);
    life_mark("< delete %s", id);
}

void life_delete_recording(life *self, const char *id)
{
    wfs_error error = WFS_ERROR_INIT;

    life_mark("> delete %s", id);
    life_expect(wfs_recording_delete(self->store, id, &error), &error, "delete",
                id);
    life_mark("< delete %s", id);
    life_promise_published(self);
}

void life_tend(life *self)
{
    wfs_error error = WFS_ERROR_INIT;
    uint64_t next_ms;

    life_expect(wfs_store_tend(self->store, 10000, &next_ms, &error), &error,
                "tend", "");
    life_promise_published(self);
}

void life_cut_short(life *self, void (*script)(life *self), trace_kind kind,
                    unsigned n)
{
    void (*die_after)(trace_kind kind, unsigned n);
    pid_t pid = fork();
    int result;

    if (pid == 0) {
        *(void **)&die_after = find_recorder("powercut_die_after");
        if (die_after != NULL) {
            die_after(kind, n);
        }
        script(self);
        _exit(0);
    }
    if (waitpid(pid, &result, 0) != pid || !WIFSIGNALED(result) ||
        WTERMSIG(result) != SIGKILL) {
        fprintf(stderr, "powercut life: it was not cut short\n");
        _exit(1);
    }
}

void life_on_disk_without(unsigned lacks)
{
    void (*lack)(unsigned what);

    *(void **)&lack = find_recorder("powercut_lack");
    if (lack != NULL) {
        lack(lacks);
    }
}

int main(int argc, char **argv)
{
    const life_entry *entry = life_get_all();
    life self = {.store = NULL};

    if (argc != 3) {
        fprintf(stderr, "usage: powercut_life NAME ROOT\n");
        return 2;
    }
    while (entry->name != NULL && strcmp(entry->name, argv[1]) != 0) {
        entry++;
    }
    if (entry->name == NULL) {
        fprintf(stderr, "powercut life: there is no life %s\n", argv[1]);
        return 2;
    }
    (void)snprintf(self.path, sizeof self.path, "%s/store", argv[2]);
    entry->script(&self);
    life_close(&self);
    return 0;
}
