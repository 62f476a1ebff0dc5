/*
 * lives_time.c - what is old enough goes: uploads and recordings.
 */
#include "lives.h"

#define DAY_MS INT64_C(86400000)

/* One has a second of audio, the other one has not; its id is used anew. */
void live_expiry(life *self)
{
    life_open_careful(self);
    life_send_all(self, "idle", "01");
    life_tend(self);
    life_pass(DAY_MS + 1000);
    life_send_all(self, "left", "20");
    life_expire_kept(self, "idle", 2);
    life_pass(DAY_MS + 1000);
    life_expire(self, "left");
    life_send_all(self, "left", "01");
    life_reopen(self);
    life_send(self, "left", 2);
    life_complete(self, "left");
}

/* Its bytes were not synced when they came, and some are out of place. */
void live_lazy_expiry(life *self)
{
    life_open_lazy(self);
    life_send_all(self, "idle", "103");
    life_restart(self);
    life_tend(self);
    life_send_all(self, "left", "10");
    life_pass(DAY_MS + 1000);
    life_send(self, "one", 0);
    life_mark("> expire left");
    life_expire_kept(self, "idle", 2);
    life_mark("< expire left");
    life_complete(self, "one");
}

void live_retention(life *self)
{
    static const char *const old[] = {"one", "gone"};

    self->options.retention_ms = 7 * DAY_MS;
    life_open_careful(self);
    life_send(self, "one", 0);
    life_complete(self, "one");
    life_send_all(self, "gone", "012");
    life_complete(self, "gone");
    life_tend(self);
    life_pass(4 * DAY_MS);
    life_send(self, "two", 0);
    life_complete(self, "two");
    life_pass(4 * DAY_MS);
    life_retire(self, old, 2);
    life_rename(self, "two", "kept");
}
