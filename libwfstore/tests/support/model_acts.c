/*
 * model_acts.c - random acts on a store, and what they may answer.
 */
#include "support/model.h"

#include <stdlib.h>
#include <string.h>

/* The take of an act, and what is known of it before. */
typedef struct target {
    model_take *take;
    wfs_store *store;
    unsigned number;
    char id[WFS_ID_MAX_BYTES + 1];
    model_seen told;
} target;

/* What others can cause at any time, and what the take's life explains. */
static void expect_status(const target *at, const char *act, wfs_status status,
                          const wfs_error *error)
{
    model_seen tried = model_look(&at->take->tried);
    bool is_right =
        status == WFS_OK || status == WFS_EBUSY || status == WFS_ELOCKED;

    switch (status) {
    case WFS_EGONE:
        is_right = tried.gone;
        break;
    case WFS_ECOMPLETE:
        is_right = tried.complete;
        break;
    case WFS_ENOUPLOAD:
        is_right = at->told.chunks == 0 || tried.gone || tried.complete;
        break;
    case WFS_ENORECORDING:
        is_right = !at->told.complete || tried.gone;
        break;
    case WFS_EMISSING:
        is_right = at->told.chunks != MODEL_ALL;
        break;
    default:
        break;
    }
    MODEL_CHECK(is_right, at->number, "%s: %s, %s (%s, %d)", act,
                wfs_status_name(status), error->detail,
                error->step == NULL ? "" : error->step, error->os_error);
}

static wfs_chunk_spec make_spec(const target *at, uint64_t index)
{
    wfs_chunk_spec spec = test_chunk_spec(at->id, index);

    spec.chunk_size = at->number % 3 == 0 ? MODEL_CHUNK : WFS_UNKNOWN;
    spec.is_provisional = at->number % 3 == 1 && index == 0;
    return spec;
}

static void send_chunk(const target *at, unsigned index)
{
    uint8_t *audio = test_audio_make(MODEL_SIZE, at->number);
    wfs_chunk_spec spec = make_spec(at, index);
    wfs_error error = WFS_ERROR_INIT;
    wfs_chunk *chunk = NULL;
    wfs_receipt receipt;
    wfs_status status;

    atomic_fetch_or(&at->take->tried.chunks, 1u << index);
    status = wfs_upload_begin_chunk(at->store, &spec, &chunk, &error);
    if (status == WFS_OK) {
        status = wfs_chunk_write(chunk, audio + index * MODEL_CHUNK,
                                 MODEL_CHUNK, &error);
        if (status == WFS_OK) {
            status = wfs_chunk_commit(chunk, &receipt, &error);
        } else {
            wfs_chunk_discard(chunk);
        }
    }
    if (status == WFS_OK) {
        atomic_fetch_or(&at->take->told.chunks, 1u << index);
    }
    expect_status(at, "sending", status, &error);
    free(audio);
}

/* Nothing was attempted: it never counts. */
static void give_chunk_up(const target *at, unsigned index)
{
    uint8_t *audio = test_audio_make(MODEL_SIZE, at->number);
    wfs_chunk_spec spec = make_spec(at, index);
    wfs_error error = WFS_ERROR_INIT;
    wfs_chunk *chunk = NULL;
    wfs_status status =
        wfs_upload_begin_chunk(at->store, &spec, &chunk, &error);

    if (status == WFS_OK) {
        status = wfs_chunk_write(chunk, audio + index * MODEL_CHUNK,
                                 MODEL_CHUNK / 2, &error);
        wfs_chunk_discard(chunk);
    }
    expect_status(at, "giving up", status, &error);
    free(audio);
}

static void complete(const target *at)
{
    wfs_complete_spec spec = test_complete_spec(at->id);
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;
    bool was_complete;
    wfs_status status;

    spec.total_chunks = MODEL_CHUNKS;
    atomic_store(&at->take->tried.complete, 1);
    status = wfs_upload_complete(at->store, &spec, &recording, &was_complete,
                                 &error);
    if (status == WFS_OK) {
        atomic_store(&at->take->told.complete, 1);
        wfs_recording_release(&recording);
    }
    expect_status(at, "completing", status, &error);
}

/* Only one process at a time gives a take a name: numbers go up. */
static void rename_take(const target *at)
{
    unsigned number = at->told.name;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_recording_change how = WFS_RECORDING_CHANGE_INIT;
    wfs_error error = WFS_ERROR_INIT;
    char name[32];
    wfs_status status;

    if (!atomic_compare_exchange_strong(&at->take->tried.name, &number,
                                        number + 1)) {
        return;
    }
    snprintf(name, sizeof(name), "name %u", number + 1);
    how.name = name;
    status = wfs_recording_update(at->store, at->id, &how, &recording, &error);
    if (status == WFS_OK) {
        atomic_store(&at->take->told.name, number + 1);
        wfs_recording_release(&recording);
    }
    expect_status(at, "renaming", status, &error);
}

static void delete_take(const target *at)
{
    wfs_error error = WFS_ERROR_INIT;
    wfs_status status;

    atomic_store(&at->take->tried.gone, 1);
    status = wfs_recording_delete(at->store, at->id, NULL, &error);
    if (status == WFS_ENORECORDING) {
        status = wfs_upload_delete(at->store, at->id, &error);
    }
    if (status == WFS_OK) {
        atomic_store(&at->take->told.gone, 1);
    }
    expect_status(at, "deleting", status, &error);
}

static void tend(const target *at)
{
    wfs_error error = WFS_ERROR_INIT;
    uint64_t next_ms;
    wfs_status status = wfs_store_tend(at->store, 50, &next_ms, &error);

    expect_status(at, "tending", status, &error);
}

static void act_on(model *m, const target *at, unsigned choice, unsigned index)
{
    if (choice < 50) {
        send_chunk(at, index);
    } else if (choice < 56) {
        give_chunk_up(at, index);
    } else if (choice < 68) {
        complete(at);
    } else if (choice < 74) {
        rename_take(at);
    } else if (choice < 76) {
        delete_take(at);
    } else if (choice < 86) {
        model_check_take(m, at->store, at->number);
    } else if (choice < 94) {
        model_check_bytes(m, at->store, at->number);
    } else if (choice < 96) {
        model_check_list(m, at->store, index);
    } else if (choice < 98) {
        tend(at);
    } else if (atomic_load(&m->first) + MODEL_WINDOW + 16 < MODEL_TAKES_MAX) {
        atomic_fetch_add(&m->first, 1);
    }
}

void model_act(model *m, wfs_store *store, unsigned *seed)
{
    target at = {.store = store};

    at.number = atomic_load(&m->first) + (unsigned)rand_r(seed) % MODEL_WINDOW;
    at.take = &m->takes[at.number];
    at.told = model_look(&at.take->told);
    model_get_id(at.number, at.id);
    act_on(m, &at, (unsigned)rand_r(seed) % 100,
           (unsigned)rand_r(seed) % MODEL_CHUNKS);
}
