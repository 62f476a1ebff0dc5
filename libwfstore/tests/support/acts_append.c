/*
 * acts_append.c - acts of uploads whose bytes are appended.
 */
#include <stdlib.h>

#include "support/acts_internal.h"
#include "wfstore/append.h"

/* That it is there already is what was wanted. */
wfs_status test_acts_make_sized(const test_store *self, uint64_t size_bytes)
{
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;
    wfs_status status;

    spec.id = TEST_ACTS_ID;
    spec.name = "Take";
    spec.note = "as it was given";
    spec.size_bytes = size_bytes;
    status = wfs_upload_create(self->store, &spec, NULL);
    return status == WFS_ECONFLICT ? WFS_OK : status;
}

wfs_status test_acts_make(test_store *self)
{
    return test_acts_make_sized(self, SIZE);
}

wfs_status test_acts_declare(test_store *self)
{
    const wfs_limits limits = WFS_LIMITS_INIT;

    return wfs_upload_declare_size(self->store, TEST_ACTS_ID, SIZE, &limits,
                                   NULL);
}

static wfs_status end_append(wfs_chunk *chunk, bool breaks_off,
                             wfs_error *error)
{
    wfs_receipt receipt;

    return breaks_off ? wfs_chunk_keep(chunk, &receipt, error)
                      : wfs_chunk_commit(chunk, &receipt, error);
}

typedef enum how { WHOLE, BREAKS_OFF, GOES_ON } how;

/* `from` to `to`; what is there already is what was wanted. */
static wfs_status append(const test_store *self, uint64_t from, uint64_t to,
                         how way)
{
    const bool breaks_off = way == BREAKS_OFF;
    wfs_append_spec spec = WFS_APPEND_SPEC_INIT;
    uint8_t *audio = test_acts_audio();
    wfs_error error = WFS_ERROR_INIT;
    wfs_chunk *chunk = NULL;
    wfs_status status = WFS_OK;

    spec.id = TEST_ACTS_ID;
    spec.offset = from;
    spec.goes_on = way == GOES_ON;
    spec.length = breaks_off ? to - from + 1 : to - from;
    if (spec.goes_on) {
        status = wfs_append_open(self->store, &spec.append, &error);
    }
    if (status == WFS_OK) {
        status = wfs_upload_begin_append(self->store, &spec, &chunk, &error);
    }
    if (status == WFS_OK) {
        status = wfs_chunk_write(chunk, audio + from, to - from, &error);
        if (status == WFS_OK) {
            status = end_append(chunk, breaks_off, &error);
        } else {
            wfs_chunk_discard(chunk);
        }
    }
    wfs_append_close(spec.append);
    free(audio);
    return status == WFS_ECONFLICT && error.expected == to ? WFS_OK : status;
}

wfs_status test_acts_append_first(test_store *self)
{
    return append(self, 0, CHUNK, WHOLE);
}

wfs_status test_acts_append_next(test_store *self)
{
    return append(self, CHUNK, (uint64_t)2 * CHUNK, WHOLE);
}

/* Its first bytes have their receipt. */
wfs_status test_acts_append_on(test_store *self)
{
    return append(self, CHUNK, (uint64_t)2 * CHUNK, GOES_ON);
}

wfs_status test_acts_append_part(test_store *self)
{
    return append(self, CHUNK, CHUNK + CHUNK / 2, BREAKS_OFF);
}

wfs_status test_acts_append_rest(const test_store *self, uint64_t from)
{
    return from == SIZE ? WFS_OK : append(self, from, SIZE, WHOLE);
}

void test_acts_have_made(test_store *self)
{
    assert_status(test_acts_make(self), WFS_OK);
}

void test_acts_have_begun(test_store *self)
{
    assert_status(test_acts_make_sized(self, WFS_UNKNOWN), WFS_OK);
    assert_status(test_acts_append_first(self), WFS_OK);
}

void test_acts_have_appended(test_store *self)
{
    test_acts_have_made(self);
    assert_status(test_acts_append_first(self), WFS_OK);
}

void test_acts_have_all_appended(test_store *self)
{
    test_acts_have_appended(self);
    assert_status(test_acts_append_rest(self, CHUNK), WFS_OK);
}
