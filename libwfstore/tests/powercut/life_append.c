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
    spec.note = PLAN_NOTE;
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

/* `promised`: bytes the client says will come; `goes_on`: of an append whose
 * bytes so far have their receipt. */
static wfs_chunk *begin(life *self, const plan *planned, size_t index,
                        size_t promised, bool goes_on)
{
    wfs_append_spec spec = WFS_APPEND_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_chunk *chunk;

    spec.id = planned->id;
    spec.offset = plan_get_offset(planned, index);
    spec.length = promised;
    spec.goes_on = goes_on;
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

static void append(life *self, const char *id, size_t index, bool goes_on)
{
    const plan *planned = plan_find(id);
    wfs_chunk *chunk =
        begin(self, planned, index, planned->lengths[index], goes_on);
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;

    write_chunk(chunk, planned, index);
    life_expect(wfs_chunk_commit(chunk, &receipt, &error), &error, "commit",
                id);
    life_promise_chunk(self, "chunk", id, index);
}

void life_append(life *self, const char *id, size_t index)
{
    append(self, id, index, false);
}

void life_append_on(life *self, const char *id, size_t index)
{
    append(self, id, index, true);
}

void life_append_broken(life *self, const char *id, size_t index)
{
    const plan *planned = plan_find(id);
    wfs_chunk *chunk =
        begin(self, planned, index,
              planned->lengths[index] + planned->lengths[index + 1], false);
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;

    write_chunk(chunk, planned, index);
    life_expect(wfs_chunk_keep(chunk, &receipt, &error), &error, "keep", id);
    life_promise_chunk(self, "chunk", id, index);
}

void life_make_part(life *self, const char *id, size_t index)
{
    const plan *planned = plan_find(id);
    wfs_create_spec create = WFS_CREATE_SPEC_INIT;
    wfs_append_spec spec = WFS_APPEND_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    char name[PLAN_PART_BYTES];
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    plan_name_part(planned, index, name);
    create.id = name;
    create.size_bytes = planned->lengths[index];
    create.is_partial = true;
    life_mark("> create %s", id); /* of which this is a beginning */
    life_expect(wfs_upload_create(self->store, &create, &error), &error,
                "create", name);
    spec.id = name;
    life_expect(wfs_upload_begin_append(self->store, &spec, &chunk, &error),
                &error, "append", name);
    write_chunk(chunk, planned, index);
    life_expect(wfs_chunk_commit(chunk, &receipt, &error), &error, "commit",
                name);
}

void life_join(life *self, const char *id)
{
    const plan *planned = plan_find(id);
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    char names[PLAN_CHUNKS_MAX][PLAN_PART_BYTES];
    const char *ids[PLAN_CHUNKS_MAX];

    life_mark("> create %s", id);
    for (size_t i = 0; i < planned->count; i++) {
        plan_name_part(planned, i, names[i]);
        ids[i] = names[i];
        life_mark("> chunk %s %zu", id, i);
    }
    spec.id = id;
    spec.note = PLAN_NOTE;
    life_expect(
        wfs_upload_concatenate(self->store, &spec, ids, planned->count, &error),
        &error, "join", id);
    life_mark("< create %s", id);
    for (size_t i = 0; i < planned->count; i++) {
        life_promise_chunk(self, "chunk", id, i);
    }
}

void life_drop_part(life *self, const char *id, size_t index)
{
    wfs_error error = WFS_ERROR_INIT;
    char name[PLAN_PART_BYTES];

    plan_name_part(plan_find(id), index, name);
    life_expect(wfs_upload_delete(self->store, name, &error), &error, "delete",
                name);
}
