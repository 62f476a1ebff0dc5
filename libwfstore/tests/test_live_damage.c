/*
 * test_live_damage.c - slots are never taken for what they are not, whatever
 * becomes of their file.
 */
#include "support/slots.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whatever the file holds: a slot is told only if it was written whole. */
static void garbage_is_no_slot(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;
    wfs_live_entry whole = wfs_live_entry_make(TEST_SLOTS_ROW, 5, 99);
    wfs_live_entry torn = whole;
    unsigned char noise[8192];

    for (size_t i = 0; i < sizeof(noise); i++) {
        noise[i] = (unsigned char)(rand() >> 5);
    }
    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    test_slots_write(self, noise, sizeof(noise), 0);
    for (uint64_t i = 0; i < 10; i++) {
        assert_false(test_slots_is_found(self->there, i));
    }
    torn.index = 6; /* the new index, the check of the old one */
    test_slots_write(self, &torn, sizeof(torn), 10 * sizeof(torn));
    assert_false(test_slots_is_found(self->there, 6));
    test_slots_write(self, &whole, sizeof(whole), 10 * sizeof(whole));
    assert_true(test_slots_is_found(self->there, 5));
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    wfs_live_release(&slot);
}

static void garbage_stops_nobody(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;
    wfs_live_entry entry;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    entry = test_slots_read(self, 0);
    entry.stop = entry.sequence << 3 | 7; /* a reason there is not */
    test_slots_write(self, &entry, sizeof(entry), 0);
    test_slots_look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    entry.stop = UINT64_MAX;
    test_slots_write(self, &entry, sizeof(entry), 0);
    test_slots_look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    wfs_live_release(&slot);
}

static void expect_back(test_slots_pair *self)
{
    assert_false(test_slots_is_found(self->there, 0));
    test_slots_look(self->here);
    assert_true(test_slots_is_found(self->there, 0));
    assert_int_equal(test_slots_stop(self->there, 0, 0, WFS_LIVE_DELETED), 1);
    test_slots_look(self->here);
}

static void an_owner_mends_what_is_overwritten(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_entry other = wfs_live_entry_make(TEST_SLOTS_ROW, 9, 1);
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    test_slots_write(self, &other, sizeof(other), 0);
    expect_back(self);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    wfs_live_release(&slot);
}

static void a_file_cut_off_kills_nobody(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    for (off_t size = 63; size >= 0; size -= 21) {
        assert_int_equal(truncate(self->path, size), 0);
        assert_status(wfs_live_get_stop(&slot), WFS_OK);
        (void)test_slots_is_found(self->there, 0);
    }
    expect_back(self);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    wfs_live_release(&slot);
}

static void a_file_that_is_removed_is_made_anew(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    assert_true(test_slots_is_found(self->there, 0));
    assert_int_equal(unlink(self->path), 0);
    expect_back(self);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    wfs_live_release(&slot);
    assert_false(test_slots_is_found(self->there, 0));
}

static void without_a_file_this_process_knows_its_own(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;

    assert_int_equal(mkdir(self->path, 0755), 0);
    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    assert_true(test_slots_is_found(self->here, 0));
    assert_false(test_slots_is_found(self->there, 0));
    test_slots_look(self->here);
    assert_int_equal(rmdir(self->path), 0);
    expect_back(self);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    wfs_live_release(&slot);
}

#define ON_PAIR(test)                                                          \
    cmocka_unit_test_setup_teardown(test, test_slots_setup, test_slots_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_PAIR(garbage_is_no_slot),
        ON_PAIR(garbage_stops_nobody),
        ON_PAIR(an_owner_mends_what_is_overwritten),
        ON_PAIR(a_file_cut_off_kills_nobody),
        ON_PAIR(a_file_that_is_removed_is_made_anew),
        ON_PAIR(without_a_file_this_process_knows_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
