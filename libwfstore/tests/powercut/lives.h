/*
 * lives.h - the lives: every order and place, every end, every way back.
 */
#ifndef POWERCUT_LIVES_H
#define POWERCUT_LIVES_H

#include "life.h"

/* Each by its name. */
#define LIVES(X)                                                               \
    X("creation", live_creation)                                               \
    X("fixed", live_fixed)                                                     \
    X("tail", live_tail)                                                       \
    X("loose", live_loose)                                                     \
    X("hasty", live_hasty)                                                     \
    X("head", live_head)                                                       \
    X("unplaced", live_unplaced)                                               \
    X("deletion", live_deletion)                                               \
    X("long", live_long)                                                       \
    X("together", live_together)                                               \
    X("lazy", live_lazy)                                                       \
    X("restart", live_restart)                                                 \
    X("change-of-mind", live_change_of_mind)                                   \
    X("killed", live_killed)                                                   \
    X("poor-disk", live_poor_disk)                                             \
    X("appends", live_appends)                                                 \
    X("joined", live_joined)                                                   \
    X("nothing", live_nothing)                                                 \
    X("declares", live_declares)                                               \
    X("salvage", live_salvage)                                                 \
    X("kept", live_kept)                                                       \
    X("neighbours", live_neighbours)                                           \
    X("expiry", live_expiry)                                                   \
    X("lazy-expiry", live_lazy_expiry)                                         \
    X("retention", live_retention)                                             \
    X("backup", live_backup)                                                   \
    X("backup-by-links", live_backup_by_links)                                 \
    X("rebuild", live_rebuild)                                                 \
    X("replacement", live_replacement)                                         \
    X("migration", live_migration)

#define LIVES_DECLARE(name, script) void script(life *self);
LIVES(LIVES_DECLARE)

#endif
