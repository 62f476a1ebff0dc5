/*
 * live_others.c - who else is at an upload, here and in other processes.
 */
#include "live_internal.h"

/* A visit to the slots of other processes; ends early if `visit` says so. */
typedef struct others {
    wfs_live *live;
    bool (*visit)(void *data, int fd, size_t page, size_t slot,
                  const wfs_live_entry *entry);
    void *data;
    int64_t row;
} others;

static bool is_own_page(const wfs_live *live, size_t number)
{
    for (size_t i = 0; i < live->page_count; i++) {
        if (live->pages[i].number == number) {
            return true;
        }
    }
    return false;
}

static bool visit_page(const others *self, size_t page,
                       const wfs_live_entry *entries)
{
    bool is_taken = false;

    for (size_t i = 0; i < WFS_LIVE_PAGE_SLOTS; i++) {
        if (entries[i].row != self->row ||
            !wfs_live_entry_is_whole(&entries[i])) {
            continue;
        }
        if (!is_taken && !wfs_live_file_is_taken(self->live->fd, page)) {
            return true; /* of a dead process */
        }
        is_taken = true;
        if (!self->visit(self->data, self->live->fd, page, i, &entries[i])) {
            return false;
        }
    }
    return true;
}

static void visit_others(const others *self)
{
    wfs_live_entry entries[WFS_LIVE_PAGE_SLOTS];
    bool is_end = false;
    bool goes_on = wfs_live_has_file(self->live);

    for (size_t page = 0; goes_on && !is_end && page < WFS_LIVE_PAGES_MAX;
         page++) {
        if (wfs_live_file_read(self->live->fd, page, entries, &is_end) !=
            WFS_OK) {
            return;
        }
        if (!is_own_page(self->live, page)) {
            goes_on = visit_page(self, page, entries);
        }
    }
}

typedef struct stopping {
    const wfs_live_aim *aim;
    wfs_live_reason reason;
    int64_t now_ms;
    wfs_live_found found;
} stopping;

/* Whether the slot is meant and idle; counts it. */
static bool is_hit(stopping *self, const wfs_live_entry *entry, int64_t last_ms)
{
    int64_t idle_ms = self->now_ms - last_ms;

    if (entry->row != self->aim->row || entry->index < self->aim->first ||
        entry->index > self->aim->last) {
        return false;
    }
    if (self->aim->idle_ms > 0 &&
        (idle_ms < 0 || (uint64_t)idle_ms < self->aim->idle_ms)) {
        self->found.spared++;
        return false;
    }
    self->found.stopped++;
    return true;
}

static bool stop_other(void *data, int fd, size_t page, size_t slot,
                       const wfs_live_entry *entry)
{
    stopping *self = data;

    if (is_hit(self, entry, entry->last_ms)) {
        (void)wfs_live_file_stop(fd, page, slot, entry->sequence, self->reason);
    }
    return true;
}

wfs_live_found wfs_live_stop(wfs_live *live, const wfs_live_aim *aim,
                             wfs_live_reason reason)
{
    stopping self = {.aim = aim, .reason = reason, .now_ms = wfs_live_now_ms()};
    others visit = {live, stop_other, &self, aim->row};

    pthread_mutex_lock(&live->mutex);
    for (wfs_live_slot *slot = live->first; slot != NULL; slot = slot->next) {
        if (is_hit(&self, &slot->entry, atomic_load(&slot->touched_ms))) {
            wfs_live_tell(slot, reason);
        }
    }
    visit_others(&visit);
    pthread_mutex_unlock(&live->mutex);
    return self.found;
}

typedef struct finding {
    uint64_t index;
    bool is_found;
    uint64_t progress;
} finding;

static bool find_other(void *data, int fd, size_t page, size_t slot,
                       const wfs_live_entry *entry)
{
    finding *self = data;

    (void)fd;
    (void)page;
    (void)slot;
    if (entry->index == self->index) {
        self->is_found = true;
        self->progress = entry->progress;
    }
    return !self->is_found;
}

bool wfs_live_find(wfs_live *live, int64_t row, uint64_t index,
                   uint64_t *ret_progress)
{
    finding self = {.index = index};
    others visit = {live, find_other, &self, row};

    pthread_mutex_lock(&live->mutex);
    for (wfs_live_slot *slot = live->first; slot != NULL && !self.is_found;
         slot = slot->next) {
        if (slot->entry.row == row && slot->entry.index == index) {
            self.is_found = true;
            self.progress = atomic_load(&slot->progress);
        }
    }
    if (!self.is_found) {
        visit_others(&visit);
    }
    pthread_mutex_unlock(&live->mutex);
    if (self.is_found) {
        *ret_progress = self.progress;
    }
    return self.is_found;
}
