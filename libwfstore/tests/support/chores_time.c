/*
 * chores_time.c - what goes, or stays, when its time has come.
 */
#include "support/chores_internal.h"

#include <stdlib.h>

#include "support/acts_internal.h"
#include "support/clock.h"

#define DAY_MS INT64_C(86400000)
#define DAYS 3

static const wfs_store_options DROP = {.upload_expiry_ms = DAY_MS};
static const wfs_store_options KEEP = {.upload_expiry_ms = DAY_MS,
                                       .salvage_expired = true};
static const wfs_store_options RETAIN = {.retention_ms = DAY_MS};

static void open_with(test_store *self, const wfs_store_options *options)
{
    test_clock_reset();
    test_store_close(self);
    self->options = options;
    test_store_open(self);
}

/* The clock is looked at by tending; a loose chunk has a file of its own. */
static void have_idle(test_store *self)
{
    open_with(self, &DROP);
    assert_status(test_acts_send(self, 0, ANY), WFS_OK);
    assert_status(test_acts_send(self, 2, ANY), WFS_OK);
    test_tend(self);
}

/* More than a second of audio whose header announces more. */
static void have_idle_audio(test_store *self)
{
    uint8_t *audio = test_audio_make(PLAYS + 2 * CHUNK, 1);
    wfs_chunk_spec spec = test_chunk_spec(TEST_ACTS_ID, 0);

    open_with(self, &KEEP);
    spec.name = "Take";
    test_send_ok(self->store, &spec, audio, PLAYS + 1);
    free(audio);
    test_tend(self);
}

static void have_recording(test_store *self)
{
    open_with(self, &RETAIN);
    for (uint64_t i = 0; i < COUNT; i++) {
        assert_status(test_acts_send(self, i, ANY), WFS_OK);
    }
    assert_status(test_acts_complete(self), WFS_OK);
    test_tend(self);
}

static wfs_status tend_later(test_store *self)
{
    uint64_t next_ms;

    test_clock_reset();
    test_clock_pass(DAYS * DAY_MS);
    return wfs_store_tend(self->store, 60000, &next_ms, NULL);
}

/* One that cannot be ended now is left for the next time. */
static wfs_status expire(test_store *self)
{
    wfs_upload_info info = WFS_UPLOAD_INFO_INIT;
    wfs_status status = tend_later(self);

    if (status == WFS_OK) {
        status = wfs_upload_get(self->store, TEST_ACTS_ID, false, &info, NULL);
        wfs_upload_info_release(&info);
        status = status == WFS_OK ? WFS_EBUSY : WFS_OK;
    }
    return status;
}

static void finish(const test_store *self)
{
    test_acts_finish(self);
    test_clock_reset();
}

const test_chore TEST_EXPIRY_DROP = {
    {"letting an idle upload go", have_idle, expire, false},
    {.describe = test_acts_describe, .finish = finish}};

const test_chore TEST_EXPIRY_SALVAGE = {
    {"keeping an idle upload", have_idle_audio, expire, false},
    {.describe = test_acts_describe, .finish = finish}};

const test_chore TEST_RETENTION = {
    {"letting an old recording go", have_recording, tend_later, false},
    {.describe = test_acts_describe, .finish = finish}};
