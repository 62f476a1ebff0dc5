/*
 * lives_ends.c - deleting, dying in the middle, many short ends.
 */
#include "lives.h"

void live_deletion(life *self)
{
    life_open_careful(self);
    life_send_all(self, "given-up", "031");
    life_delete_upload(self, "given-up");
    life_send(self, "one", 0);
    life_complete(self, "one");
    life_send_all(self, "gone", "012");
    life_complete(self, "gone");
    life_delete_recording(self, "gone");
    life_tend(self);
}

/* The journal is moved into the file, begins anew, is removed at the end. */
void live_long(life *self)
{
    life_open_careful(self);
    life_send(self, "one", 0);
    life_tend(self);
    life_complete(self, "one");
    life_reopen(self);
    life_tend(self);
    life_send(self, "two", 0);
    life_complete(self, "two");
    life_rename(self, "one", "first");
    life_reopen(self);
    life_tend(self);
    life_delete_recording(self, "two");
    life_send(self, "three", 0);
}

static void complete_one(life *self)
{
    life_open_careful(self);
    life_send(self, "one", 0);
    life_complete(self, "one");
}

static void complete_two(life *self)
{
    life_open_careful(self);
    life_send(self, "two", 0);
    life_complete(self, "two");
}

static void delete_both(life *self)
{
    life_open_careful(self);
    life_delete_recording(self, "one");
}

static void delete_upload(life *self)
{
    life_open_careful(self);
    life_send_all(self, "given-up", "031");
    life_delete_upload(self, "given-up");
}

/*
 * Killed before the recording has its name, after it has, before a file of
 * something deleted is gone; each time somebody else makes up for it.
 */
void live_killed(life *self)
{
    life_cut_short(self, complete_one, TRACE_RENAME, 2);
    life_cut_short(self, complete_two, TRACE_SYNC, 7);
    life_open_careful(self);
    life_tend(self);
    life_complete(self, "two");
    life_close(self);
    life_cut_short(self, delete_both, TRACE_UNLINK, 1);
    life_cut_short(self, delete_upload, TRACE_UNLINK, 1);
    life_open_careful(self);
    life_tend(self);
    life_tend(self);
}

/* A disk that lacks what the library likes to use. */
void live_poor_disk(life *self)
{
    life_on_disk_without(RECORDER_LACKS_NAMELESS | RECORDER_LACKS_NOREPLACE |
                         RECORDER_LACKS_COPYING);
    life_open_careful(self);
    life_send_all(self, "loose", "3102");
    life_settle(self);
    life_send_unplaced(self, "loose", 4);
    life_complete(self, "loose");
    life_delete_recording(self, "loose");
}
