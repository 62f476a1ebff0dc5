/*
 * commit_queue.c - receipts that wait, and writing them in one transaction.
 */
#include "commit_queue.h"

#include "observe.h"

void wfs_commit_queue_init(wfs_commit_queue *queue, wfs_store *store)
{
    queue->store = store;
    pthread_mutex_init(&queue->mutex, NULL);
}

void wfs_commit_queue_release(wfs_commit_queue *queue)
{
    pthread_mutex_destroy(&queue->mutex);
}

void wfs_commit_queue_append(wfs_commit_queue *queue, wfs_ticket *ticket)
{
    ticket->next = NULL;
    if (queue->last == NULL) {
        queue->first = ticket;
    } else {
        queue->last->next = ticket;
    }
    queue->last = ticket;
}

bool wfs_commit_queue_is_empty(const wfs_commit_queue *queue)
{
    return queue->first == NULL && !queue->is_writing;
}

bool wfs_commit_queue_is_ready(const wfs_commit_queue *queue)
{
    return queue->first != NULL && !queue->is_writing;
}

/* What waits, behind what was taken before. With the mutex held. */
static void take_group(wfs_commit_queue *self)
{
    while (self->first != NULL && self->count < WFS_COMMIT_GROUP_MAX) {
        wfs_ticket *ticket = self->first;

        self->first = ticket->next;
        self->group[self->count++] = ticket;
        if (!ticket->is_present) {
            self->specs[self->receipts++] = ticket->spec;
        }
    }
    if (self->first == NULL) {
        self->last = NULL;
    }
}

/* The catalogue is held: what came while others held it shares the sync. */
static size_t gather(void *data)
{
    wfs_commit_queue *self = data;

    pthread_mutex_lock(&self->mutex);
    take_group(self);
    pthread_mutex_unlock(&self->mutex);
    return self->receipts;
}

static void write_receipts(wfs_commit_queue *self)
{
    wfs_catalogue *catalogue = self->store->catalogue;
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status = WFS_OK;
    uint64_t began_ns;

    if (self->receipts > 0) {
        began_ns = wfs_observe_begin(self->store);
        status = catalogue->api->put_receipts(
            catalogue, gather, self, self->specs, self->results, &error);
        wfs_observe_end(self->store, WFS_EVENT_COMMITTED, began_ns);
    }
    for (size_t i = 0; i < self->receipts && status != WFS_OK; i++) {
        self->results[i] = (wfs_receipt_result){.error = error};
        self->results[i].error.status = status;
    }
}

static void answer_group(wfs_commit_queue *self)
{
    size_t result = 0;

    for (size_t i = 0; i < self->count; i++) {
        wfs_ticket *ticket = self->group[i];
        bool is_present = ticket->is_present;

        ticket->commit_done(ticket, is_present ? NULL : &self->results[result]);
        result += is_present ? 0 : 1;
    }
}

void wfs_commit_queue_write(wfs_commit_queue *queue)
{
    queue->is_writing = true;
    queue->count = 0;
    queue->receipts = 0;
    take_group(queue);
    pthread_mutex_unlock(&queue->mutex);
    write_receipts(queue);
    answer_group(queue);
    pthread_mutex_lock(&queue->mutex);
    queue->is_writing = false;
}
