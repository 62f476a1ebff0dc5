/*
 * model.c - what a store must know, and whether it does.
 */
#include "support/model.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

model *model_open(void)
{
    void *at = mmap(NULL, sizeof(model), PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return at == MAP_FAILED ? NULL : at;
}

void model_close(model *m)
{
    munmap(m, sizeof(*m));
}

void model_get_id(unsigned number, char ret_id[WFS_ID_MAX_BYTES + 1])
{
    snprintf(ret_id, WFS_ID_MAX_BYTES + 1, "take%u", number);
}

model_seen model_look(const model_marks *marks)
{
    return (model_seen){atomic_load(&marks->chunks),
                        atomic_load(&marks->complete),
                        atomic_load(&marks->name), atomic_load(&marks->gone)};
}

static unsigned get_bits(const wfs_upload_info *info)
{
    unsigned bits = 0;

    for (size_t i = 0; i < info->received_count; i++) {
        for (uint64_t chunk = info->received[i].first;
             chunk <= info->received[i].last; chunk++) {
            bits |= 1u << chunk;
        }
    }
    return bits;
}

/* `told` from before the question, `tried` from after the answer. */
static void check_upload(unsigned number, wfs_status status,
                         const wfs_upload_info *info, model_seen told,
                         model_seen tried)
{
    const char *name = wfs_status_name(status);

    if (status == WFS_OK) {
        unsigned bits = get_bits(info);

        MODEL_CHECK((told.chunks & ~bits) == 0, number, "%x of %x", bits,
                    told.chunks);
        MODEL_CHECK((bits & ~tried.chunks) == 0, number, "%x of %x", bits,
                    tried.chunks);
        MODEL_CHECK(!told.complete && !told.gone, number, "an upload");
    } else if (status == WFS_ECOMPLETE) {
        MODEL_CHECK(tried.complete, number, "complete");
    } else {
        MODEL_CHECK(status == WFS_ENOUPLOAD || status == WFS_EGONE, number,
                    "%s", name);
        MODEL_CHECK(told.chunks == 0 || tried.gone, number, "%s", name);
    }
}

static unsigned get_name_number(unsigned number, const char *name)
{
    unsigned result = 0;

    if (strncmp(name, "name ", 5) == 0) {
        result = (unsigned)strtoul(name + 5, NULL, 10);
        MODEL_CHECK(result > 0, number, "'%s'", name);
    }
    return result;
}

static void check_recording(unsigned number, wfs_status status,
                            const wfs_recording *recording, model_seen told,
                            model_seen tried)
{
    unsigned name;

    if (status != WFS_OK) {
        MODEL_CHECK(status == WFS_ENORECORDING, number, "%s",
                    wfs_status_name(status));
        MODEL_CHECK(!told.complete || tried.gone, number, "no recording");
        return;
    }
    MODEL_CHECK(tried.complete && !told.gone, number, "a recording");
    MODEL_CHECK(recording->size_bytes == MODEL_SIZE, number, "%d",
                (int)recording->size_bytes);
    name = get_name_number(number, recording->name);
    MODEL_CHECK(name >= told.name && name <= tried.name, number,
                "%u to %u: '%s'", told.name, tried.name, recording->name);
}

void model_check_take(model *m, wfs_store *store, unsigned number)
{
    const model_take *take = &m->takes[number];
    wfs_recording recording = WFS_RECORDING_INIT;
    model_seen told = model_look(&take->told);
    char id[WFS_ID_MAX_BYTES + 1];
    wfs_upload_info info;
    wfs_status status;

    model_get_id(number, id);
    status = wfs_upload_get(store, id, true, &info, NULL);
    check_upload(number, status, &info, told, model_look(&take->tried));
    if (status == WFS_OK) {
        wfs_upload_info_release(&info);
    }
    status = wfs_recording_get(store, id, &recording, NULL);
    check_recording(number, status, &recording, told, model_look(&take->tried));
    wfs_recording_release(&recording);
}

void model_check_bytes(model *m, wfs_store *store, unsigned number)
{
    const model_take *take = &m->takes[number];
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_blob_ref blob = WFS_BLOB_REF_INIT;
    model_seen told = model_look(&take->told);
    char id[WFS_ID_MAX_BYTES + 1];
    uint8_t *audio = test_audio_make(MODEL_SIZE, number);
    uint8_t bytes[MODEL_SIZE];
    wfs_status status;

    model_get_id(number, id);
    status = wfs_recording_open(store, id, &recording, &blob, NULL);
    check_recording(number, status, &recording, told, model_look(&take->tried));
    if (status == WFS_OK) {
        MODEL_CHECK(pread(blob.fd, bytes, MODEL_SIZE, 0) == MODEL_SIZE, number,
                    "too few bytes");
        MODEL_CHECK(memcmp(bytes, audio, MODEL_SIZE) == 0, number,
                    "other bytes");
        wfs_blob_ref_release(&blob);
        wfs_recording_release(&recording);
    }
    free(audio);
}

/* How often each take is on the pages. */
static void count_listed(wfs_store *store, unsigned sort, size_t limit,
                         uint8_t *listed)
{
    wfs_list_query query = WFS_LIST_QUERY_INIT;
    wfs_recording_page page = WFS_RECORDING_PAGE_INIT;
    char *cursor = NULL;
    wfs_status status;

    query.limit = limit;
    query.sort = (wfs_sort)(sort % 4);
    query.descending = sort % 2 == 0;
    do {
        query.cursor = cursor;
        status = wfs_recording_list(store, &query, &page, NULL);
        free(cursor);
        MODEL_CHECK(status == WFS_OK, 0, "list: %s", wfs_status_name(status));
        for (size_t i = 0; i < page.count; i++) {
            listed[strtoul(page.recordings[i].id + 4, NULL, 10)]++;
        }
        cursor = page.next;
        page.next = NULL;
        wfs_recording_page_release(&page);
    } while (cursor != NULL);
}

/* A name can change between two pages, and with it the place by name. */
void model_check_list(model *m, wfs_store *store, unsigned sort)
{
    unsigned end = atomic_load(&m->first) + MODEL_WINDOW;
    model_seen *told = calloc(end, sizeof(*told));
    uint8_t *listed = calloc(MODEL_TAKES_MAX, 1);

    for (unsigned i = 0; i < end; i++) {
        told[i] = model_look(&m->takes[i].told);
    }
    count_listed(store, sort, end < 300 ? 7 : 500, listed);
    for (unsigned i = 0; i < end; i++) {
        model_seen tried = model_look(&m->takes[i].tried);
        bool may_move = sort % 4 == WFS_SORT_NAME && tried.name != told[i].name;

        if (told[i].complete && !tried.gone && !may_move) {
            MODEL_CHECK(listed[i] == 1, i, "listed %d times", listed[i]);
        }
        MODEL_CHECK(listed[i] == 0 || (tried.complete && !told[i].gone), i,
                    "listed");
    }
    free(listed);
    free(told);
}
