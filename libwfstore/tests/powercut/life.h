/*
 * life.h - what the lives are written in: one call of the public interface
 * each, with what it promises written into the trace.
 *
 *     > WHAT ID …   is going to be asked for: from here on it may have happened
 *     < WHAT ID …   was acknowledged: from here on it must survive a power cut
 *     = restart     the machine was restarted, and nothing was lost
 *     = given       what was done until now is there: the life begins
 *
 * Under durability `recording` no chunk is promised. A call that fails ends the
 * program.
 */
#ifndef POWERCUT_LIFE_H
#define POWERCUT_LIFE_H

#include "plan.h"
#include "recorder.h"
#include "wfstore/maintenance.h"

typedef struct life {
    char path[4096];   /* of the store */
    char backup[4096]; /* and of a backup */
    wfs_store_options options;
    wfs_store *store;
    bool is_lazy;      /* durability `recording` */
    uint64_t was_lazy; /* a bit for each plan that was begun so */
} life;

void life_open(life *self, wfs_durability durability);
void life_open_careful(life *self); /* durability `chunk` */
void life_open_lazy(life *self);    /* durability `recording` */
void life_close(life *self);
void life_reopen(life *self);

/* Close, and open under another boot of the machine. */
void life_restart(life *self);

void life_send(life *self, const char *id, size_t index);
/* Chunk 0 with bytes that are not yet its last. */
void life_send_provisional(life *self, const char *id);
/* Bytes first, then which chunk it is. */
void life_send_unplaced(life *self, const char *id, size_t index);
/* `order`: indexes as digits. */
void life_send_all(life *self, const char *id, const char *order);
/* Half of a chunk, and then it is given up. */
void life_break_off(life *self, const char *id, size_t index);

/* Wait until no chunk lies outside of its upload's file. */
void life_settle(life *self);

void life_complete(life *self, const char *id);
void life_rename(life *self, const char *id, const char *name);
void life_delete_upload(life *self, const char *id);
void life_delete_recording(life *self, const char *id);
void life_tend(life *self);

/* An upload of appends; its next one; the next of one that goes on; half of
 * one, kept when it broke off, so that the plan has that half as a chunk. */
void life_create(life *self, const char *id);
void life_create_endless(life *self, const char *id); /* its size comes later */
void life_declare(life *self, const char *id);
void life_append(life *self, const char *id, size_t index);
void life_append_on(life *self, const char *id, size_t index);
void life_append_broken(life *self, const char *id, size_t index);

/* An upload for each chunk; one made of them; they go. */
void life_make_part(life *self, const char *id, size_t index);
void life_join(life *self, const char *id);
void life_drop_part(life *self, const char *id, size_t index);

/* Make a recording of the first `count` chunks. */
void life_salvage(life *self, const char *id, size_t count);

/* Time passes. */
void life_pass(int64_t ms);

/* What is old enough goes: an upload of which nothing is kept; one of which the
 * first `count` chunks become a recording; recordings. Tends. */
void life_expire(life *self, const char *id);
void life_expire_kept(life *self, const char *id, size_t count);
void life_retire(life *self, const char *const *ids, size_t count);

/* Bring the backup up to date. */
void life_back_up(life *self, wfs_backup_method method);

/* Closed before: what is on the disk is given. Its catalogue is of version 1;
 * lost; to be replaced. The last two end with a new one. */
void life_give_older(life *self);
void life_rebuild_lost(life *self);
void life_rebuild_replaced(life *self);

/*
 * Live `script` in a process of its own, which is killed right after its n-th
 * call of `kind`. No store may be open.
 */
void life_cut_short(life *self, void (*script)(life *self), trace_kind kind,
                    unsigned n);

/* Live all of these at the same time, each in a process of its own.
 * `dies_after` that many syncs it is killed; 0: never. No store may be open. */
typedef struct life_neighbour {
    void (*script)(life *self);
    unsigned dies_after;
} life_neighbour;

void life_side_by_side(life *self, const life_neighbour *all, size_t count);

/* The disk has not what is in `lacks` (recorder_lack). */
void life_on_disk_without(unsigned lacks);

/* For life*.c: a line for the trace; the program ends unless `status` is well;
 * a chunk was acknowledged; metadata.json shows what was promised so far. */
__attribute__((format(printf, 1, 2))) void life_mark(const char *format, ...);
void life_expect(wfs_status status, const wfs_error *error, const char *what,
                 const char *id);
void life_promise_chunk(life *self, const char *what, const char *id,
                        size_t index);
void life_promise_published(life *self);

#endif
