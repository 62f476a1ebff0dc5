/*
 * test_live.c - slots of what is in flight: found, stopped, touched.
 */
#include "support/slots.h"

#include <fcntl.h>
#include <unistd.h>

static void a_slot_is_found_while_it_is_held(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 3);
    assert_true(wfs_live_is_held(self->here));
    assert_true(test_slots_is_found(self->here, 3));
    assert_true(test_slots_is_found(self->there, 3));
    assert_false(test_slots_is_found(self->there, 4));
    wfs_live_release(&slot);
    assert_false(wfs_live_is_held(self->here));
    assert_false(test_slots_is_found(self->here, 3));
    assert_false(test_slots_is_found(self->there, 3));
    wfs_live_release(&slot);
}

static void a_stop_reaches_the_owner(void **state)
{
    static const struct {
        wfs_live_reason reason;
        wfs_status status;
    } cases[] = {{WFS_LIVE_TAKEN_OVER, WFS_EBUSY},
                 {WFS_LIVE_DELETED, WFS_EGONE},
                 {WFS_LIVE_COMPLETED, WFS_ECOMPLETE}};
    test_slots_pair *self = *state;
    wfs_live_slot slot;

    for (size_t i = 0; i < 3; i++) {
        wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, i);
        assert_status(wfs_live_get_stop(&slot), WFS_OK);
        assert_int_equal(test_slots_stop(self->here, i, 0, cases[i].reason), 1);
        assert_status(wfs_live_get_stop(&slot), cases[i].status);
        wfs_live_release(&slot);
    }
    for (size_t i = 0; i < 3; i++) {
        wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, i);
        assert_int_equal(test_slots_stop(self->there, i, 0, cases[i].reason),
                         1);
        test_slots_look(self->here);
        assert_status(wfs_live_get_stop(&slot), cases[i].status);
        wfs_live_release(&slot);
    }
}

static void the_first_stop_counts(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    test_slots_stop(self->here, 0, 0, WFS_LIVE_DELETED);
    test_slots_stop(self->here, 0, 0, WFS_LIVE_COMPLETED);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    assert_status(wfs_live_seal(&slot), WFS_EGONE);
    wfs_live_release(&slot);
}

static void a_sealed_slot_goes_on(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    assert_status(wfs_live_seal(&slot), WFS_OK);
    test_slots_stop(self->here, 0, 0, WFS_LIVE_DELETED);
    test_slots_stop(self->there, 0, 0, WFS_LIVE_DELETED);
    test_slots_look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    assert_status(wfs_live_seal(&slot), WFS_OK);
    wfs_live_release(&slot);
}

static void only_those_meant_are_stopped(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_aim aim = {TEST_SLOTS_ROW, 1, 2, 0};
    wfs_live_slot slots[4];
    wfs_live_slot other;

    for (uint64_t i = 0; i < 4; i++) {
        wfs_live_claim(self->here, &slots[i], TEST_SLOTS_ROW, i);
    }
    wfs_live_claim(self->here, &other, TEST_SLOTS_ROW + 1, 1);
    assert_int_equal(wfs_live_stop(self->there, &aim, WFS_LIVE_DELETED).stopped,
                     2);
    test_slots_look(self->here);
    assert_status(wfs_live_get_stop(&slots[0]), WFS_OK);
    assert_status(wfs_live_get_stop(&slots[1]), WFS_EGONE);
    assert_status(wfs_live_get_stop(&slots[2]), WFS_EGONE);
    assert_status(wfs_live_get_stop(&slots[3]), WFS_OK);
    assert_status(wfs_live_get_stop(&other), WFS_OK);
    for (size_t i = 0; i < 4; i++) {
        wfs_live_release(&slots[i]);
    }
    wfs_live_release(&other);
}

static void a_late_stop_does_not_hit_the_next_in_the_slot(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;
    wfs_live_entry before;
    int fd;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    before = test_slots_read(self, 0);
    wfs_live_release(&slot);
    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    fd = open(self->path, O_RDWR | O_CLOEXEC);
    assert_status(
        wfs_live_file_stop(fd, 0, 0, before.sequence, WFS_LIVE_DELETED),
        WFS_OK);
    test_slots_look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    assert_status(wfs_live_file_stop(fd, 0, 0,
                                     test_slots_read(self, 0).sequence,
                                     WFS_LIVE_DELETED),
                  WFS_OK);
    test_slots_look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_EGONE);
    close(fd);
    wfs_live_release(&slot);
}

static void who_has_just_received_something_is_spared(void **state)
{
    const uint64_t hour_ms = 3600000;
    test_slots_pair *self = *state;
    wfs_live_aim aim = {TEST_SLOTS_ROW, 0, 0, hour_ms};
    wfs_live_slot slot;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    assert_int_equal(
        wfs_live_stop(self->here, &aim, WFS_LIVE_TAKEN_OVER).spared, 1);
    assert_int_equal(
        wfs_live_stop(self->there, &aim, WFS_LIVE_TAKEN_OVER).spared, 1);
    test_slots_look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_OK);
    atomic_fetch_sub(&slot.touched_ms, (long long)hour_ms);
    test_slots_look(self->here);
    assert_int_equal(
        test_slots_stop(self->there, 0, hour_ms, WFS_LIVE_TAKEN_OVER), 1);
    test_slots_look(self->here);
    assert_status(wfs_live_get_stop(&slot), WFS_EBUSY);
    wfs_live_release(&slot);
}

static void a_touch_is_told_to_others(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;
    int64_t first_ms;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, 0);
    first_ms = test_slots_read(self, 0).last_ms;
    while (test_slots_read(self, 0).last_ms <= first_ms) {
        wfs_live_touch(&slot);
        test_slots_look(self->here);
    }
    wfs_live_release(&slot);
}

static void progress_is_told_to_others(void **state)
{
    test_slots_pair *self = *state;
    wfs_live_slot slot;
    uint64_t progress = 1;

    wfs_live_claim(self->here, &slot, TEST_SLOTS_ROW, WFS_LIVE_COMPLETING);
    assert_true(wfs_live_find(self->there, TEST_SLOTS_ROW, WFS_LIVE_COMPLETING,
                              &progress));
    assert_int_equal(progress, 0);
    wfs_live_set_progress(&slot, 25, 100);
    test_slots_look(self->here);
    assert_true(wfs_live_find(self->there, TEST_SLOTS_ROW, WFS_LIVE_COMPLETING,
                              &progress));
    assert_int_equal(progress, 65536 / 4);
    wfs_live_release(&slot);
}

#define ON_PAIR(test)                                                          \
    cmocka_unit_test_setup_teardown(test, test_slots_setup, test_slots_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_PAIR(a_slot_is_found_while_it_is_held),
        ON_PAIR(a_stop_reaches_the_owner),
        ON_PAIR(the_first_stop_counts),
        ON_PAIR(a_sealed_slot_goes_on),
        ON_PAIR(only_those_meant_are_stopped),
        ON_PAIR(a_late_stop_does_not_hit_the_next_in_the_slot),
        ON_PAIR(who_has_just_received_something_is_spared),
        ON_PAIR(a_touch_is_told_to_others),
        ON_PAIR(progress_is_told_to_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
