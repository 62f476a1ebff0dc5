/*
 * publish.c - metadata.json: when it is published, and by whom.
 */
#include "publish.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "error.h"
#include "file.h"
#include "publish_file.h"
#include "publish_record.h"
#include "store_internal.h"

#define RECORD_NAME "published"
#define QUICK_MS 50   /* a run that a request may wait for */
#define LAG_MS 2000   /* else: at most this far behind, */
#define LAG_FACTOR 20 /* or this many times what a run works, */
#define DISK_FACTOR 2 /* or this many times a run that waits for the disk */
#define POLL_MS 1000  /* other processes change recordings too */

/*
 * `begun`, `ended`: runs of this process. Who waits for one that began after
 * its change has its outcome, whatever that is.
 */
struct wfs_publisher {
    wfs_catalogue *catalogue;
    int root_dir;
    int meta_dir;
    int record;
    int lock;
    pthread_mutex_t mutex;
    pthread_cond_t has_ended;
    bool is_running;
    uint64_t begun;
    uint64_t ended;
};

static uint64_t get_ms(clockid_t clock)
{
    struct timespec now;

    (void)clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static wfs_status open_files(wfs_publisher *publisher, wfs_error *error)
{
    wfs_status status =
        wfs_file_open(publisher->meta_dir, RECORD_NAME, WFS_FILE_CREATE,
                      &publisher->record, error);

    if (status == WFS_OK) {
        status = wfs_file_open(publisher->meta_dir, WFS_STORE_LOCK_FILE,
                               WFS_FILE_CREATE, &publisher->lock, error);
    }
    return status;
}

wfs_status wfs_publisher_open(wfs_catalogue *catalogue, int root_dir,
                              int meta_dir, wfs_publisher **ret_publisher,
                              wfs_error *error)
{
    wfs_publisher *publisher = calloc(1, sizeof *publisher);
    wfs_status status;

    if (publisher == NULL) {
        return wfs_error_set(error, WFS_ENOMEM, 0, "calloc",
                             "the store is out of memory");
    }
    publisher->catalogue = catalogue;
    publisher->root_dir = root_dir;
    publisher->meta_dir = meta_dir;
    publisher->record = -1;
    publisher->lock = -1;
    (void)pthread_mutex_init(&publisher->mutex, NULL);
    (void)pthread_cond_init(&publisher->has_ended, NULL);
    status = open_files(publisher, error);
    if (status != WFS_OK) {
        wfs_publisher_close(publisher);
        return status;
    }
    *ret_publisher = publisher;
    return WFS_OK;
}

void wfs_publisher_close(wfs_publisher *publisher)
{
    if (publisher == NULL) {
        return;
    }
    wfs_file_close(publisher->record);
    wfs_file_close(publisher->lock);
    (void)pthread_cond_destroy(&publisher->has_ended);
    (void)pthread_mutex_destroy(&publisher->mutex);
    free(publisher);
}

/* The last run's record, and whether the file is still the one it made. */
static bool read_record(const wfs_publisher *publisher,
                        wfs_publish_record *ret_record)
{
    wfs_published_file file;

    *ret_record = (wfs_publish_record){0};
    return wfs_publish_record_read(publisher->record, ret_record) &&
           wfs_publish_file_find(publisher->root_dir, &file) &&
           file.size_bytes == ret_record->size_bytes &&
           file.modified == ret_record->modified;
}

static void write_record(const wfs_publisher *publisher,
                         wfs_publish_record *record, bool has_failed)
{
    record->has_failed = has_failed;
    record->ended_ms = wfs_now_ms();
    (void)wfs_publish_record_write(publisher->record, record, NULL);
}

/* The counter is read first: the file shows that state or a later one. */
static wfs_status publish_locked(wfs_publisher *publisher, wfs_error *error)
{
    wfs_publish_record record;
    wfs_published_file file = {0};
    wfs_totals totals;
    uint64_t begun_ms = get_ms(CLOCK_MONOTONIC);
    uint64_t worked_ms = get_ms(CLOCK_THREAD_CPUTIME_ID);
    bool is_there = read_record(publisher, &record);
    wfs_status status = publisher->catalogue->api->get_totals(
        publisher->catalogue, &totals, error);

    if (status == WFS_OK && is_there && !record.has_failed &&
        record.generation == totals.generation) {
        return WFS_OK; /* another process was here first */
    }
    if (status == WFS_OK) {
        status =
            wfs_publish_file_write(publisher->catalogue, publisher->root_dir,
                                   publisher->meta_dir, &file, error);
    }
    if (status == WFS_OK) {
        record.generation = totals.generation;
        record.size_bytes = file.size_bytes;
        record.modified = file.modified;
        record.took_ms = get_ms(CLOCK_MONOTONIC) - begun_ms;
        record.worked_ms = get_ms(CLOCK_THREAD_CPUTIME_ID) - worked_ms;
    }
    write_record(publisher, &record, status != WFS_OK);
    return status;
}

static wfs_status run(wfs_publisher *publisher, wfs_error *error)
{
    wfs_status status =
        wfs_file_wait_lock(publisher->lock, WFS_STORE_LOCK_PUBLISH, 1, error);

    if (status == WFS_OK) {
        status = publish_locked(publisher, error);
        (void)wfs_file_unlock(publisher->lock, WFS_STORE_LOCK_PUBLISH, 1, NULL);
    }
    return status;
}

/* Whether it is this thread's turn; false: another's run did it. */
static bool take_turn(wfs_publisher *publisher)
{
    uint64_t wanted;
    bool is_mine;

    (void)pthread_mutex_lock(&publisher->mutex);
    wanted = publisher->begun + 1;
    while (publisher->is_running && publisher->ended < wanted) {
        (void)pthread_cond_wait(&publisher->has_ended, &publisher->mutex);
    }
    is_mine = publisher->ended < wanted;
    if (is_mine) {
        publisher->is_running = true;
        publisher->begun++;
    }
    (void)pthread_mutex_unlock(&publisher->mutex);
    return is_mine;
}

static void give_turn(wfs_publisher *publisher)
{
    (void)pthread_mutex_lock(&publisher->mutex);
    publisher->is_running = false;
    publisher->ended = publisher->begun;
    (void)pthread_cond_broadcast(&publisher->has_ended);
    (void)pthread_mutex_unlock(&publisher->mutex);
}

wfs_status wfs_publisher_publish(wfs_publisher *publisher, wfs_error *error)
{
    wfs_status status;

    if (!take_turn(publisher)) {
        return WFS_OK;
    }
    status = run(publisher, error);
    give_turn(publisher);
    return status;
}

void wfs_publisher_request(wfs_publisher *publisher)
{
    wfs_publish_record record;

    (void)read_record(publisher, &record);
    if (record.took_ms < QUICK_MS) {
        (void)wfs_publisher_publish(publisher, NULL);
    }
}

/*
 * From the end of a run to that of the next. A long list costs what it works;
 * a short one on a slow disk only waits, and shall not be kept back for that.
 */
static uint64_t get_lag(const wfs_publish_record *record)
{
    uint64_t lag = record->worked_ms * LAG_FACTOR;
    uint64_t disk = record->took_ms * DISK_FACTOR;

    lag = lag > disk ? lag : disk;
    return lag > LAG_MS ? lag : LAG_MS;
}

/* How long a run that is due must still wait: it ends before the lag is up. */
static uint64_t get_wait(const wfs_publish_record *record, int64_t now_ms)
{
    uint64_t lag = get_lag(record) - record->took_ms;
    uint64_t since;

    if (record->took_ms < QUICK_MS && !record->has_failed) {
        return 0;
    }
    if (now_ms < record->ended_ms) {
        return 0; /* the clock was set back */
    }
    since = (uint64_t)(now_ms - record->ended_ms);
    return since < lag ? lag - since : 0;
}

wfs_status wfs_publisher_tend(wfs_publisher *publisher, uint64_t *ret_next_ms,
                              wfs_error *error)
{
    wfs_publish_record record;
    wfs_totals totals;
    uint64_t wait_ms;
    bool is_there = read_record(publisher, &record);
    wfs_status status = publisher->catalogue->api->get_totals(
        publisher->catalogue, &totals, error);

    if (status != WFS_OK) {
        return status;
    }
    *ret_next_ms = POLL_MS;
    if (is_there && !record.has_failed &&
        record.generation == totals.generation) {
        return WFS_OK;
    }
    wait_ms = get_wait(&record, wfs_now_ms());
    if (wait_ms > 0) {
        *ret_next_ms = wait_ms < POLL_MS ? wait_ms : POLL_MS;
        return WFS_OK;
    }
    return wfs_publisher_publish(publisher, error);
}

void wfs_publisher_get_state(wfs_publisher *publisher, uint64_t generation,
                             bool *ret_is_published, bool *ret_has_failed)
{
    wfs_publish_record record;
    bool is_there = read_record(publisher, &record);

    *ret_is_published = is_there && record.generation == generation;
    *ret_has_failed = record.has_failed;
}
