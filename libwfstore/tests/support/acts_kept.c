/*
 * acts_kept.c - acts of uploads that are made of others, or of nothing.
 */
#include <stdlib.h>

#include "support/acts_internal.h"
#include "wfstore/append.h"

static const char *const PARTS[] = {"front", "back"};
#define PARTS_COUNT (sizeof(PARTS) / sizeof(PARTS[0]))

static void have_part(const test_store *self, const char *id, size_t from,
                      size_t to)
{
    wfs_create_spec create = WFS_CREATE_SPEC_INIT;
    wfs_append_spec spec = WFS_APPEND_SPEC_INIT;
    uint8_t *audio = test_acts_audio();
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;

    create.id = id;
    create.size_bytes = to - from;
    create.is_partial = true;
    create.note = "a part";
    assert_status(wfs_upload_create(self->store, &create, NULL), WFS_OK);
    spec.id = id;
    assert_status(wfs_upload_begin_append(self->store, &spec, &chunk, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_write(chunk, audio + from, to - from, NULL),
                  WFS_OK);
    assert_status(wfs_chunk_commit(chunk, &receipt, NULL), WFS_OK);
    free(audio);
}

void test_acts_have_one_part(test_store *self)
{
    have_part(self, PARTS[0], 0, SIZE);
    test_acts_have_made(self);
}

void test_acts_have_first_of_parts(test_store *self)
{
    have_part(self, PARTS[0], 0, CHUNK);
    have_part(self, PARTS[1], CHUNK, SIZE);
    test_acts_have_appended(self);
}

static wfs_status put_together(const test_store *self, size_t count)
{
    wfs_create_spec spec = WFS_CREATE_SPEC_INIT;

    spec.id = TEST_ACTS_ID;
    return wfs_upload_concatenate(self->store, &spec, PARTS, count, NULL);
}

wfs_status test_acts_put_one(test_store *self)
{
    return put_together(self, 1);
}

wfs_status test_acts_put_last(test_store *self)
{
    return put_together(self, PARTS_COUNT);
}

void test_acts_drop_parts(const test_store *self)
{
    for (size_t i = 0; i < PARTS_COUNT; i++) {
        wfs_status status = wfs_upload_delete(self->store, PARTS[i], NULL);

        if (status != WFS_ENOUPLOAD) {
            assert_status(status, WFS_OK);
        }
    }
}

void test_acts_have_empty(test_store *self)
{
    assert_status(test_acts_make_sized(self, 0), WFS_OK);
}

wfs_status test_acts_complete_empty(test_store *self)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;

    spec.id = TEST_ACTS_ID;
    spec.limits.types = WFS_TYPES_ANY;
    return test_try_complete(self->store, &spec);
}
