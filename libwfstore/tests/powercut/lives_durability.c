/*
 * lives_durability.c - what is not synced at once, and what becomes of it.
 */
#include "lives.h"

void live_lazy(life *self)
{
    life_open_lazy(self);
    life_send_all(self, "loose", "3102");
    life_settle(self);
    life_reopen(self);
    life_send_all(self, "fixed", "30");
    life_tend(self); /* moves a journal that is young and was not synced */
    life_reopen(self);
    life_send_all(self, "fixed", "41");
    life_reopen(self);
    life_send_provisional(self, "early");
    life_send_all(self, "early", "21");
    life_send(self, "fixed", 2);
    life_complete(self, "fixed");
    life_send(self, "early", 0);
    life_complete(self, "early");
    life_rename(self, "fixed", "kept");
    life_delete_upload(self, "loose");
    life_send(self, "one", 0);
    life_complete(self, "one");
    life_delete_recording(self, "fixed");
}

/* What was not synced before a restart is looked through after it. */
void live_restart(life *self)
{
    life_open_lazy(self);
    life_send_all(self, "loose", "310");
    life_send_all(self, "fixed", "204");
    life_send_all(self, "tail", "01");
    life_restart(self);
    life_tend(self);
    life_send_all(self, "loose", "24");
    life_send_all(self, "fixed", "13");
    life_complete(self, "loose");
    life_complete(self, "fixed");
}

/* A store that was lazy and is careful from now on. */
void live_change_of_mind(life *self)
{
    life_open_lazy(self);
    life_send_all(self, "tail", "0");
    life_send_all(self, "fixed", "1");
    life_send_all(self, "loose", "2");
    life_close(self);
    life_open_careful(self);
    life_send_all(self, "tail", "123");
    life_send_all(self, "fixed", "03");
    life_send_all(self, "loose", "31");
    life_send(self, "one", 0);
    life_complete(self, "tail");
    life_send_all(self, "loose", "04");
    life_complete(self, "loose");
    life_restart(self);
    life_tend(self);
    life_send_all(self, "fixed", "24");
    life_complete(self, "fixed");
}
