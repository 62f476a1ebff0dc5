/*
 * lives_upkeep.c - backups, rebuilding, older catalogues.
 */
#include "lives.h"

/* The first one is made, the second one brings it up to date. */
static void back_up(life *self, wfs_backup_method method)
{
    life_open_careful(self);
    life_send(self, "one", 0);
    life_complete(self, "one");
    life_send_all(self, "gone", "012");
    life_complete(self, "gone");
    life_send_all(self, "tail", "01");
    life_back_up(self, method);
    life_rename(self, "one", "first");
    life_delete_recording(self, "gone");
    life_send(self, "two", 0);
    life_complete(self, "two");
    life_back_up(self, method);
    life_send_all(self, "tail", "23");
    life_complete(self, "tail");
}

void live_backup(life *self)
{
    back_up(self, WFS_BACKUP_CLONE);
}

void live_backup_by_links(life *self)
{
    back_up(self, WFS_BACKUP_LINK);
}

static void fill(life *self)
{
    life_open_careful(self);
    life_send(self, "one", 0);
    life_complete(self, "one");
    life_send_all(self, "loose", "3102");
    life_send_all(self, "tail", "013");
    life_settle(self);
    life_send(self, "loose", 4);
    life_complete(self, "loose");
    life_rename(self, "one", "first");
}

static void go_on(life *self)
{
    life_open_careful(self);
    life_send(self, "two", 0);
    life_complete(self, "two");
    life_delete_recording(self, "two");
}

void live_rebuild(life *self)
{
    fill(self);
    life_close(self);
    life_rebuild_lost(self);
    go_on(self);
}

/* The catalogue could still be read; it is moved aside. */
void live_replacement(life *self)
{
    fill(self);
    life_close(self);
    life_rebuild_replaced(self);
    go_on(self);
}

/* An upload with a gap, and a head that is not yet the last. */
void live_migration(life *self)
{
    fill(self);
    life_send_provisional(self, "head");
    life_send(self, "head", 2);
    life_close(self);
    life_give_older(self);
    life_open_careful(self);
    life_send(self, "tail", 2);
    life_complete(self, "tail");
    life_reopen(self);
    life_send_all(self, "head", "1");
}
