/*
 * lives_order.c - one upload from its first chunk to its end: every order
 * and place.
 */
#include "lives.h"

/* A store is made, closed, opened again. */
void live_creation(life *self)
{
    life_open_careful(self);
    life_reopen(self);
    life_send(self, "one", 0);
}

void live_fixed(life *self)
{
    life_open_careful(self);
    life_send_all(self, "fixed", "20413");
    life_complete(self, "fixed");
    life_rename(self, "fixed", "renamed");
    life_rename(self, "fixed", "again");
}

void live_tail(life *self)
{
    life_open_careful(self);
    life_send_all(self, "tail", "01");
    life_reopen(self);
    life_break_off(self, "tail", 2);
    life_send_all(self, "tail", "23");
    life_complete(self, "tail");
}

void live_loose(life *self)
{
    life_open_careful(self);
    life_send_all(self, "loose", "3102");
    life_settle(self);
    life_send(self, "loose", 4);
    life_complete(self, "loose");
}

/* Completing has to do what the background had no time for. */
void live_hasty(life *self)
{
    life_open_careful(self);
    life_send_all(self, "hasty", "3210");
    life_complete(self, "hasty");
}

void live_head(life *self)
{
    life_open_careful(self);
    life_send_provisional(self, "head");
    life_send_all(self, "head", "213");
    life_send(self, "head", 0);
    life_complete(self, "head");
}

void live_unplaced(life *self)
{
    life_open_careful(self);
    life_send_unplaced(self, "late", 0);
    life_send_unplaced(self, "late", 2);
    life_send_unplaced(self, "late", 1);
    life_settle(self);
    life_complete(self, "late");
}

void live_appends(life *self)
{
    life_open_careful(self);
    life_create(self, "appended");
    life_append(self, "appended", 0);
    life_append_broken(self, "appended", 1);
    life_reopen(self);
    life_append(self, "appended", 2);
    life_append_on(self, "appended", 3);
    life_complete(self, "appended");
}

void live_joined(life *self)
{
    life_open_careful(self);
    for (size_t i = 0; i < 3; i++) {
        life_make_part(self, "joined", i);
    }
    life_join(self, "joined");
    life_drop_part(self, "joined", 0);
    life_complete(self, "joined");
    life_drop_part(self, "joined", 1);
}

/* An upload of no bytes. */
void live_nothing(life *self)
{
    life_open_careful(self);
    life_create(self, "nothing");
    life_complete(self, "nothing");
}

void live_declares(life *self)
{
    life_open_careful(self);
    life_create_endless(self, "declared");
    life_append(self, "declared", 0);
    life_declare(self, "declared");
    life_reopen(self);
    life_append(self, "declared", 1);
    life_append(self, "declared", 2);
    life_complete(self, "declared");
}

/* Appends break off, and what has come of them is kept; but for one that was
 * not synced before the machine was restarted. */
void live_kept(life *self)
{
    life_open_careful(self);
    life_create(self, "streamed");
    life_append_broken(self, "streamed", 0);
    life_close(self);
    life_open_lazy(self);
    life_append_broken(self, "streamed", 1);
    life_restart(self);
    life_tend(self);
    life_append_broken(self, "streamed", 1);
    life_append_broken(self, "streamed", 2);
    life_close(self);
    life_open_careful(self);
    life_create(self, "appended");
    life_append_broken(self, "appended", 0);
    life_append_broken(self, "appended", 1);
    life_append(self, "streamed", 3);
    life_complete(self, "streamed");
}

/* Chunk 2 never comes. */
void live_salvage(life *self)
{
    life_open_careful(self);
    life_send_all(self, "cut-off", "013");
    life_salvage(self, "cut-off", 2);
    life_rename(self, "cut-off", "saved");
}
