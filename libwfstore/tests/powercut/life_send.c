/*
 * life_send.c - sending chunks, in every way there is but appending.
 */
#include "life.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SETTLE_MS 10000

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
