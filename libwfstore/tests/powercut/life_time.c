/*
 * life_time.c - time passes, and what is old enough goes.
 */
#include "life.h"

#include "support/clock.h"

void life_pass(int64_t ms)
{
    test_clock_pass(ms);
}

void life_expire(life *self, const char *id)
{
    life_mark("> expire %s", id);
    life_tend(self);
    life_mark("< expire %s", id);
}

void life_expire_kept(life *self, const char *id, size_t count)
{
    life_mark("> salvage %s %zu", id, count);
    life_tend(self);
    life_mark("< salvage %s %zu", id, count);
    life_promise_published(self);
}

void life_retire(life *self, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        life_mark("> delete %s", ids[i]);
    }
    life_tend(self);
    for (size_t i = 0; i < count; i++) {
        life_mark("< delete %s", ids[i]);
    }
    life_promise_published(self);
}
