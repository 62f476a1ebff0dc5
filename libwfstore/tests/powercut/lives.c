/*
 * lives.c - the lives: every order and place, every end, every way back.
 */
#include "life.h"

#include <pthread.h>
#include <stdlib.h>

static void open_careful(life *self)
{
    life_open(self, WFS_DURABILITY_CHUNK);
}

static void open_lazy(life *self)
{
    life_open(self, WFS_DURABILITY_RECORDING);
}

static void reopen(life *self)
{
    bool is_lazy = self->is_lazy;

    life_close(self);
    life_open(self, is_lazy ? WFS_DURABILITY_RECORDING : WFS_DURABILITY_CHUNK);
}

/* A store is made, closed, opened again. */
static void live_creation(life *self)
{
    open_careful(self);
    reopen(self);
    life_send(self, "one", 0);
}

static void live_fixed(life *self)
{
    open_careful(self);
    life_send_all(self, "fixed", "20413");
    life_complete(self, "fixed");
    life_rename(self, "fixed", "renamed");
    life_rename(self, "fixed", "again");
}

static void live_tail(life *self)
{
    open_careful(self);
    life_send_all(self, "tail", "01");
    reopen(self);
    life_break_off(self, "tail", 2);
    life_send_all(self, "tail", "23");
    life_complete(self, "tail");
}

static void live_loose(life *self)
{
    open_careful(self);
    life_send_all(self, "loose", "3102");
    life_settle(self);
    life_send(self, "loose", 4);
    life_complete(self, "loose");
}

/* Completing has to do what the background had no time for. */
static void live_hasty(life *self)
{
    open_careful(self);
    life_send_all(self, "hasty", "3210");
    life_complete(self, "hasty");
}

static void live_head(life *self)
{
    open_careful(self);
    life_send_provisional(self, "head");
    life_send_all(self, "head", "213");
    life_send(self, "head", 0);
    life_complete(self, "head");
}

static void live_unplaced(life *self)
{
    open_careful(self);
    life_send_unplaced(self, "late", 0);
    life_send_unplaced(self, "late", 2);
    life_send_unplaced(self, "late", 1);
    life_settle(self);
    life_complete(self, "late");
}

static void live_deletion(life *self)
{
    open_careful(self);
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
static void live_long(life *self)
{
    open_careful(self);
    life_send(self, "one", 0);
    life_tend(self);
    life_complete(self, "one");
    reopen(self);
    life_tend(self);
    life_send(self, "two", 0);
    life_complete(self, "two");
    life_rename(self, "one", "first");
    reopen(self);
    life_tend(self);
    life_delete_recording(self, "two");
    life_send(self, "three", 0);
}

typedef struct part {
    life *self;
    const char *id;
    const char *order;
} part;

static void *live_part(void *data)
{
    const part *mine = data;

    life_send_all(mine->self, mine->id, mine->order);
    return NULL;
}

/* Two senders for each of three uploads, and then all end at once. */
static void *live_end(void *data)
{
    const part *mine = data;

    life_complete(mine->self, mine->id);
    return NULL;
}

static void run_all(const part *parts, size_t count, void *(*run)(void *data))
{
    pthread_t threads[8];

    for (size_t i = 0; i < count; i++) {
        if (pthread_create(&threads[i], NULL, run, (void *)&parts[i]) != 0) {
            abort();
        }
    }
    for (size_t i = 0; i < count; i++) {
        (void)pthread_join(threads[i], NULL);
    }
}

static void live_together(life *self)
{
    const part senders[] = {
        {self, "red", "02"},   {self, "red", "31"},   {self, "green", "03"},
        {self, "green", "12"}, {self, "blue", "310"}, {self, "blue", "2"},
    };
    const part ends[] = {
        {self, "red", ""}, {self, "green", ""}, {self, "blue", ""}};

    open_careful(self);
    run_all(senders, 6, live_part);
    life_settle(self);
    run_all(ends, 3, live_end);
}

static void live_lazy(life *self)
{
    open_lazy(self);
    life_send_all(self, "loose", "3102");
    life_settle(self);
    reopen(self);
    life_send_all(self, "fixed", "30");
    life_tend(self); /* moves a journal that is young and was not synced */
    reopen(self);
    life_send_all(self, "fixed", "41");
    reopen(self);
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
static void live_restart(life *self)
{
    open_lazy(self);
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
static void live_change_of_mind(life *self)
{
    open_lazy(self);
    life_send_all(self, "tail", "0");
    life_send_all(self, "fixed", "1");
    life_send_all(self, "loose", "2");
    life_close(self);
    open_careful(self);
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

static void complete_one(life *self)
{
    open_careful(self);
    life_send(self, "one", 0);
    life_complete(self, "one");
}

static void complete_two(life *self)
{
    open_careful(self);
    life_send(self, "two", 0);
    life_complete(self, "two");
}

static void delete_both(life *self)
{
    open_careful(self);
    life_delete_recording(self, "one");
}

static void delete_upload(life *self)
{
    open_careful(self);
    life_send_all(self, "given-up", "031");
    life_delete_upload(self, "given-up");
}

/*
 * Killed before the recording has its name, after it has, before a file of
 * something deleted is gone; each time somebody else makes up for it.
 */
static void live_killed(life *self)
{
    life_cut_short(self, complete_one, TRACE_RENAME, 2);
    life_cut_short(self, complete_two, TRACE_SYNC, 7);
    open_careful(self);
    life_tend(self);
    life_complete(self, "two");
    life_close(self);
    life_cut_short(self, delete_both, TRACE_UNLINK, 1);
    life_cut_short(self, delete_upload, TRACE_UNLINK, 1);
    open_careful(self);
    life_tend(self);
    life_tend(self);
}

static void live_appends(life *self)
{
    open_careful(self);
    life_create(self, "appended");
    life_append(self, "appended", 0);
    life_append_broken(self, "appended", 1);
    reopen(self);
    life_append(self, "appended", 2);
    life_append(self, "appended", 3);
    life_complete(self, "appended");
}

/* Chunk 2 never comes. */
static void live_salvage(life *self)
{
    open_careful(self);
    life_send_all(self, "cut-off", "013");
    life_salvage(self, "cut-off", 2);
    life_rename(self, "cut-off", "saved");
}

/* A disk that lacks what the library likes to use. */
static void live_poor_disk(life *self)
{
    life_on_disk_without(RECORDER_LACKS_NAMELESS | RECORDER_LACKS_NOREPLACE |
                         RECORDER_LACKS_COPYING);
    open_careful(self);
    life_send_all(self, "loose", "3102");
    life_settle(self);
    life_send_unplaced(self, "loose", 4);
    life_complete(self, "loose");
    life_delete_recording(self, "loose");
}

const life_entry *life_get_all(void)
{
    static const life_entry all[] = {
        {"creation", live_creation},
        {"fixed", live_fixed},
        {"tail", live_tail},
        {"loose", live_loose},
        {"hasty", live_hasty},
        {"head", live_head},
        {"unplaced", live_unplaced},
        {"deletion", live_deletion},
        {"long", live_long},
        {"together", live_together},
        {"lazy", live_lazy},
        {"restart", live_restart},
        {"change-of-mind", live_change_of_mind},
        {"killed", live_killed},
        {"appends", live_appends},
        {"salvage", live_salvage},
        {"poor-disk", live_poor_disk},
        {NULL, NULL},
    };

    return all;
}
