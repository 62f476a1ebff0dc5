/*
 * test_order_upkeep.c - the order of syncing, naming and committing when a
 * store is looked after: whenever the power fails, the old or the new is whole.
 *
 * The calls are those of the library; those of SQLite are not told.
 */
#include "support/ageing.h"
#include "support/backups.h"
#include "support/old.h"
#include "support/order.h"
#include "support/rebuilt.h"

#include <stdlib.h>

#include "sqlite/schema.h"
#include "support/calls_table.h"
#include "support/clock.h"

/* A WAV of more than a second. */
#define AUDIO (44 + 96000 + 1000)
#define MISSING 2000

/* The linker's names (ld, --wrap). */
wfs_status real_migrate(wfs_sql_connection *connection, int64_t version,
                        wfs_error *error) __asm__("__real_wfs_schema_migrate");
wfs_status log_migrate(wfs_sql_connection *connection, int64_t version,
                       wfs_error *error) __asm__("__wrap_wfs_schema_migrate");

wfs_status log_migrate(wfs_sql_connection *connection, int64_t version,
                       wfs_error *error)
{
    const calls_call call = {"migrate", "migrate", 0, false};
    wfs_status status;

    if (version == WFS_SCHEMA_VERSION) { /* nothing is changed */
        return real_migrate(connection, version, error);
    }
    (void)calls_begin(&call);
    status = real_migrate(connection, version, error);
    calls_end();
    return status;
}

/* What each step is, where it is a row of more than one call. */
#define HAVE_FOLDERS "make sync-dir make sync-dir "
#define MARK "truncate write sync "
#define BRING "unlink copy sync rename " /* what was left of another one */
#define SEAL "sync sync sync-dir "       /* what is set aside; catalogue */
#define DECIDE "rename sync-dir "        /* rebuild/ is rebuilt/ */
#define VERSION "write sync rename sync-dir "
#define REPLACE "sync-dir rename sync-dir sync-dir unlink "

static void a_backup_is_whole_before_it_is_one(void **state)
{
    test_store *self = *state;
    wfs_backup_options options = WFS_BACKUP_OPTIONS_INIT;

    options.method = WFS_BACKUP_COPY;
    test_order_start(self->store);
    (void)test_back_up(self, &options, NULL);
    test_order_expect_first(HAVE_FOLDERS MARK
                            "sync-dir make " BRING BRING BRING
                            "unlink sync-dir " MARK SEAL DECIDE
                            "unlink unlink unlink " VERSION "rename " REPLACE);
}

static void a_rebuilt_catalogue_is_durable_before_it_is_one(void **state)
{
    test_store *self = *state;

    test_lose_catalogue(self);
    calls_reset();
    (void)test_rebuild(self, NULL, NULL);
    test_order_expect_part("write " SEAL DECIDE "unlink rename rename unlink "
                           "unlink rename " REPLACE);
}

/* An upload whose first bytes lie in the catalogue alone; the store is closed
 * again. */
static void send_head(test_store *self)
{
    uint8_t *audio = test_audio_make((size_t)2 * TEST_SIZE, 1);
    wfs_chunk_spec spec = test_chunk_spec("head", 0);

    test_store_open(self);
    spec.is_provisional = true;
    test_send_ok(self->store, &spec, audio, TEST_SIZE);
    spec = test_chunk_spec("head", 1);
    test_send_ok(self->store, &spec, audio + TEST_SIZE, TEST_SIZE);
    test_store_close(self);
    free(audio);
}

static void a_catalogue_is_set_aside_after_its_heir_is_durable(void **state)
{
    test_store *self = *state;
    wfs_rebuild_options options = WFS_REBUILD_OPTIONS_INIT;

    options.replace = true;
    send_head(self);
    calls_reset();
    (void)test_rebuild(self, &options, NULL);
    test_order_expect_part(
        "write sync write " SEAL DECIDE
        "unlink rename rename unlink rename unlink rename " REPLACE);
}

/* Whoever digests may hold the upload for a moment: it goes the next time. */
static void expire(const test_store *self, const char *id)
{
    test_ageing_tend(self);
    test_clock_pass(2 * TEST_DAY_MS);
    do {
        test_order_start(self->store);
        test_ageing_tend(self);
    } while (test_has_upload(self, id));
}

static void an_upload_is_forgotten_before_its_files_go(void **state)
{
    const test_store *self = *state;

    test_ageing_send(self, "idle", 0, TEST_SIZE);
    test_ageing_send(self, "idle", 5, TEST_SIZE); /* a file of its own */
    expire(self, "idle");
    test_order_expect("expire unlink unlink");
}

static void salvaged_audio_is_mended_and_synced_before_it_is_kept(void **state)
{
    const test_store *self = *state;
    uint8_t *audio = test_audio_make(AUDIO + MISSING, 1);
    wfs_chunk_spec spec = test_chunk_spec("idle", 0);

    test_send_ok(self->store, &spec, audio, AUDIO);
    free(audio);
    expire(self, "idle");
    assert_true(test_has_recording(self, "idle"));
    test_order_expect_first("salvaged write write sync complete "
                            "rename sync-dir sync-dir renamed ");
}

static int setup_old(void **state)
{
    static test_rows rows;

    test_old_make(&rows);
    *state = &rows;
    return 0;
}

static int teardown_old(void **state)
{
    test_old_remove(*state);
    return 0;
}

static void tables_are_changed_when_their_copy_has_its_name(void **state)
{
    test_rows *rows = *state;

    calls_reset();
    test_rows_open_again(rows);
    test_order_expect("sync-dir unlink sync rename sync-dir migrate");
}

#define AFTER(setup, test)                                                     \
    cmocka_unit_test_setup_teardown(test, setup, test_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AFTER(test_upkeep_setup, a_backup_is_whole_before_it_is_one),
        AFTER(test_rebuilt_setup,
              a_rebuilt_catalogue_is_durable_before_it_is_one),
        AFTER(test_rebuilt_setup,
              a_catalogue_is_set_aside_after_its_heir_is_durable),
        AFTER(test_ageing_setup_delete,
              an_upload_is_forgotten_before_its_files_go),
        AFTER(test_ageing_setup,
              salvaged_audio_is_mended_and_synced_before_it_is_kept),
        cmocka_unit_test_setup_teardown(
            tables_are_changed_when_their_copy_has_its_name, setup_old,
            teardown_old),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
