/*
 * life_append.c - uploads that are appended to.
 */
#include "life.h"

#include <stdlib.h>

#include "wfstore/append.h"

static void create(life *self, const char *id, uint64_t size_bytes)
{
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;

    spec.id = id;
    spec.size_bytes = size_bytes;
    life_mark("> create %s", id);
    life_expect(wfs_upload_create(self->store, &spec, &error), &error, "create",
                id);
    life_mark("< create %s", id);
}

void life_create(life *self, const char *id)
{
    create(self, id, plan_get_size(plan_find(id)));
}

void life_create_endless(life *self, const char *id)
{
    create(self, id, WFS_UNKNOWN);
}

void life_declare(life *self, const char *id)
{
    const wfs_limits limits = WFS_LIMITS_INIT;
    wfs_error error = WFS_ERROR_INIT;

    life_mark("> declare %s", id);
    life_expect(wfs_upload_declare_size(self->store, id,
                                        plan_get_size(plan_find(id)), &limits,
                                        &error),
                &error, "declare", id);
    life_mark("< declare %s", id);
}

/* `promised`: bytes the client says will come. */
static wfs_chunk *begin(life *self, const plan *planned, size_t index,
                        size_t promised)
{
    wfs_append_spec spec = WFS_APPEND_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_chunk *chunk;

    spec.id = planned->id;
    spec.offset = plan_get_offset(planned, index);
    spec.length = promised;
    life_mark("> chunk %s %zu", planned->id, index);
    life_expect(wfs_upload_begin_append(self->store, &spec, &chunk, &error),
                &error, "append", planned->id);
    return chunk;
}

static void write_chunk(wfs_chunk *chunk, const plan *planned, size_t index)
{
    uint8_t *bytes = plan_make_bytes(planned);
    wfs_error error = WFS_ERROR_INIT;

    life_expect(wfs_chunk_write(chunk, bytes + plan_get_offset(planned, index),
                                planned->lengths[index], &error),
                &error, "write", planned->id);
    free(bytes);
}

void life_append(life *self, const char *id, size_t index)
{
    const plan *planned = plan_find(id);
    wfs_chunk *chunk = begin(self, planned, index, planned->lengths[index]);
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;

    write_chunk(chunk, planned, index);
    life_expect(wfs_chunk_commit(chunk, &receipt, &error), &error, "commit",
                id);
    life_promise_chunk(self, "chunk", id, index);
}

void life_append_broken(life *self, const char *id, size_t index)
{
    const plan *planned = plan_find(id);
    wfs_chunk *chunk =
        begin(self, planned, index,
              planned->lengths[index] + planned->lengths[index + 1]);
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;

    write_chunk(chunk, planned, index);
    life_expect(wfs_chunk_keep(chunk, &receipt, &error), &error, "keep", id);
    life_promise_chunk(self, "chunk", id, index);
}
