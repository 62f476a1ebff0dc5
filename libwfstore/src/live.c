/*
 * live.c - what is in flight in this process, and the exchange with others.
 */
#include "live_internal.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file.h"

/* The time of the last byte is written again after this time at the soonest. */
#define TOUCH_MS 100

/* A slot's `state` but for a stop, which is its wfs_status. */
enum { STATE_OPEN = 0, STATE_SEALED = 1 };

wfs_status wfs_live_open(int meta_dir, wfs_live **ret_live, wfs_error *error)
{
    wfs_live *live = calloc(1, sizeof(*live));

    if (live == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the server is out of memory");
    }
    live->meta_dir = meta_dir;
    live->fd = -1;
    live->sequence = wfs_live_make_sequence();
    pthread_mutex_init(&live->mutex, NULL);
    *ret_live = live;
    return WFS_OK;
}

void wfs_live_close(wfs_live *live)
{
    if (live == NULL) {
        return;
    }
    wfs_file_close(live->fd);
    pthread_mutex_destroy(&live->mutex);
    free(live->pages);
    free(live);
}

/* With the file all places in it are given up. */
bool wfs_live_has_file(wfs_live *live)
{
    if (live->fd != -1 && wfs_live_file_is_lost(live->fd)) {
        wfs_file_close(live->fd);
        live->fd = -1;
        live->page_count = 0;
        for (wfs_live_slot *slot = live->first; slot != NULL;
             slot = slot->next) {
            slot->is_placed = false;
        }
    }
    return live->fd != -1 ||
           wfs_live_file_open(live->meta_dir, &live->fd) == WFS_OK;
}

static bool add_page(wfs_live *live)
{
    size_t count = live->page_count;
    size_t from = count > 0 ? live->pages[count - 1].number + 1 : 0;
    live_page *pages = realloc(live->pages, (count + 1) * sizeof(*pages));

    if (pages == NULL) {
        return false;
    }
    live->pages = pages;
    memset(&pages[count], 0, sizeof(pages[count]));
    if (wfs_live_file_take_page(live->fd, from, &pages[count].number) !=
        WFS_OK) {
        return false;
    }
    live->page_count++;
    return true;
}

static bool find_place(wfs_live *live, wfs_live_slot *slot, size_t from)
{
    for (size_t page = from; page < live->page_count; page++) {
        for (size_t i = 0; i < WFS_LIVE_PAGE_SLOTS; i++) {
            if (live->pages[page].slots[i] == NULL) {
                live->pages[page].slots[i] = slot;
                slot->page = page;
                slot->number = i;
                slot->is_placed = true;
                return true;
            }
        }
    }
    return false;
}

static void put(const wfs_live *live, const wfs_live_slot *slot)
{
    (void)wfs_live_file_put(live->fd, live->pages[slot->page].number,
                            slot->number, &slot->entry);
}

/* Without a place it is tried again at the next look. */
static void place(wfs_live *live, wfs_live_slot *slot)
{
    if (!wfs_live_has_file(live)) {
        return;
    }
    if (find_place(live, slot, 0) ||
        (add_page(live) && find_place(live, slot, live->page_count - 1))) {
        put(live, slot);
    }
}

void wfs_live_claim(wfs_live *live, wfs_live_slot *slot, int64_t row,
                    uint64_t index)
{
    int64_t now_ms = wfs_live_now_ms();

    memset(slot, 0, sizeof(*slot));
    slot->live = live;
    atomic_init(&slot->touched_ms, now_ms);
    atomic_init(&slot->progress, 0);
    atomic_init(&slot->state, STATE_OPEN);
    pthread_mutex_lock(&live->mutex);
    slot->entry = wfs_live_entry_make(row, index, live->sequence++);
    slot->entry.last_ms = now_ms;
    slot->before = &live->first;
    slot->next = live->first;
    if (slot->next != NULL) {
        slot->next->before = &slot->next;
    }
    live->first = slot;
    place(live, slot);
    pthread_mutex_unlock(&live->mutex);
    atomic_fetch_add(&live->held, 1);
}

static void unplace(wfs_live *live, wfs_live_slot *slot)
{
    slot->entry = (wfs_live_entry){0};
    put(live, slot);
    live->pages[slot->page].slots[slot->number] = NULL;
    slot->is_placed = false;
}

void wfs_live_release(wfs_live_slot *slot)
{
    wfs_live *live = slot->live;

    if (live == NULL) {
        return;
    }
    atomic_fetch_sub(&live->held, 1);
    pthread_mutex_lock(&live->mutex);
    *slot->before = slot->next;
    if (slot->next != NULL) {
        slot->next->before = slot->before;
    }
    if (slot->is_placed) {
        unplace(live, slot);
    }
    pthread_mutex_unlock(&live->mutex);
    slot->live = NULL;
}

void wfs_live_touch(wfs_live_slot *slot)
{
    atomic_store(&slot->touched_ms, wfs_live_now_ms());
}

void wfs_live_set_progress(wfs_live_slot *slot, uint64_t done, uint64_t total)
{
    double part = total > 0 ? (double)done / (double)total : 1.0;

    atomic_store(&slot->progress, (uint_fast64_t)(part * 65536));
}

wfs_status wfs_live_get_stop(const wfs_live_slot *slot)
{
    int state = atomic_load(&slot->state);

    return state == STATE_SEALED ? WFS_OK : (wfs_status)state;
}

wfs_status wfs_live_seal(wfs_live_slot *slot)
{
    int state = STATE_OPEN;

    atomic_compare_exchange_strong(&slot->state, &state, STATE_SEALED);
    return state == STATE_SEALED ? WFS_OK : (wfs_status)state;
}

/* One that is sealed ends by itself. */
void wfs_live_tell(wfs_live_slot *slot, wfs_live_reason reason)
{
    static const wfs_status told[] = {WFS_OK, WFS_EBUSY, WFS_EGONE,
                                      WFS_ECOMPLETE};
    int state = STATE_OPEN;

    if (reason != WFS_LIVE_GO_ON) {
        atomic_compare_exchange_strong(&slot->state, &state, told[reason]);
    }
}

/* Bytes that come all the time are told of now and then, the last at once. */
static void renew_entry(wfs_live_slot *slot, int64_t now_ms)
{
    int64_t touched_ms = atomic_load(&slot->touched_ms);

    if (touched_ms - slot->entry.last_ms >= TOUCH_MS ||
        now_ms - touched_ms >= TOUCH_MS) {
        slot->entry.last_ms = touched_ms;
    }
    slot->entry.progress = atomic_load(&slot->progress);
}

static void exchange(const wfs_live *live, wfs_live_slot *slot,
                     const wfs_live_entry *found, int64_t now_ms)
{
    wfs_live_tell(slot, wfs_live_entry_get_stop(found, slot->entry.sequence));
    renew_entry(slot, now_ms);
    if (memcmp(found, &slot->entry, offsetof(wfs_live_entry, stop)) != 0) {
        put(live, slot);
    }
}

static void exchange_page(const wfs_live *live, const live_page *page,
                          int64_t now_ms)
{
    wfs_live_entry found[WFS_LIVE_PAGE_SLOTS];
    bool is_end;

    if (wfs_live_file_read(live->fd, page->number, found, &is_end) != WFS_OK) {
        return;
    }
    for (size_t i = 0; i < WFS_LIVE_PAGE_SLOTS; i++) {
        if (page->slots[i] != NULL) {
            exchange(live, page->slots[i], &found[i], now_ms);
        }
    }
}

static void exchange_all(wfs_live *live, int64_t now_ms)
{
    if (live->first == NULL || !wfs_live_has_file(live)) {
        return;
    }
    for (size_t i = 0; i < live->page_count; i++) {
        exchange_page(live, &live->pages[i], now_ms);
    }
    for (wfs_live_slot *slot = live->first; slot != NULL; slot = slot->next) {
        if (!slot->is_placed) {
            place(live, slot);
        }
    }
}

void wfs_live_look(wfs_live *live)
{
    int64_t now_ms = wfs_live_now_ms();

    if (now_ms - atomic_load(&live->looked_ms) < WFS_LIVE_LOOK_MS ||
        pthread_mutex_trylock(&live->mutex) != 0) {
        return;
    }
    atomic_store(&live->looked_ms, now_ms);
    exchange_all(live, now_ms);
    pthread_mutex_unlock(&live->mutex);
}

bool wfs_live_is_held(wfs_live *live)
{
    return wfs_live_count_held(live) > 0;
}

size_t wfs_live_count_held(wfs_live *live)
{
    return atomic_load(&live->held);
}
