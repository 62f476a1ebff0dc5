/*
 * make_store.c - fills a store for the tests of wfstore(1).
 *
 *     make_store STORE < COMMANDS
 *
 * A command is a line of words with tabs between them:
 *
 *     put   ID FILE TIMESTAMP_MS NAME   a recording
 *     part  ID FILE                     an upload without an end
 *     many  COUNT FILE                  recordings many-0000000, ...
 *     hold                              stay until standard input ends
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "wfstore/wfstore.h"

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "make_store: %s: %s\n", what, why);
    exit(1);
}

static char *read_file(const char *path, size_t *ret_length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 24);

    if (file == NULL || bytes == NULL) {
        fail(path, "cannot be read");
    }
    *ret_length = fread(bytes, 1, 1 << 24, file);
    (void)fclose(file);
    return bytes;
}

static void send(wfs_store *store, const char *id, const char *path)
{
    wfs_chunk_spec spec = WFS_CHUNK_SPEC_INIT;
    wfs_error error = WFS_ERROR_INIT;
    wfs_receipt receipt;
    wfs_chunk *chunk = NULL;
    size_t length;
    char *bytes = read_file(path, &length);

    spec.id = id;
    if (wfs_upload_begin_chunk(store, &spec, &chunk, &error) != WFS_OK ||
        wfs_chunk_write(chunk, bytes, length, &error) != WFS_OK ||
        wfs_chunk_commit(chunk, &receipt, &error) != WFS_OK) {
        fail(id, error.detail);
    }
    free(bytes);
}

static void put(wfs_store *store, const char *id, const char *path,
                const char *timestamp, const char *name)
{
    wfs_complete_spec spec = WFS_COMPLETE_SPEC_INIT;
    wfs_recording recording = WFS_RECORDING_INIT;
    wfs_error error = WFS_ERROR_INIT;
    bool was_complete;

    send(store, id, path);
    spec.id = id;
    spec.name = name;
    spec.total_chunks = 1;
    spec.has_timestamp = true;
    spec.timestamp_ms = strtoll(timestamp, NULL, 10);
    if (wfs_upload_complete(store, &spec, &recording, &was_complete, &error) !=
        WFS_OK) {
        fail(id, error.detail);
    }
    wfs_recording_release(&recording);
}

/* After a slow run the list lags, and nobody else tends. */
static void publish(wfs_store *store)
{
    const struct timespec pause = {0, 20000000};
    wfs_error error = WFS_ERROR_INIT;
    wfs_store_stat stat;
    uint64_t next_ms;

    while (wfs_store_get_stat(store, &stat, &error) == WFS_OK &&
           !stat.is_published) {
        if (wfs_store_tend(store, 1000, &next_ms, &error) != WFS_OK) {
            break;
        }
        (void)nanosleep(&pause, NULL);
    }
    if (error.status != WFS_OK) {
        fail("publish", error.detail);
    }
}

static void put_many(wfs_store *store, long count, const char *path)
{
    for (long i = 0; i < count; i++) {
        char id[32];
        char timestamp[32];

        (void)snprintf(id, sizeof id, "many-%07ld", i);
        (void)snprintf(timestamp, sizeof timestamp, "%ld", 1000 * (i + 1));
        put(store, id, path, timestamp, id);
    }
}

static void obey(wfs_store *store, char *line)
{
    const char *words[5] = {"", "", "", "", ""};

    for (size_t i = 0; i < 5 && line != NULL; i++) {
        words[i] = strsep(&line, "\t\n");
    }
    if (strcmp(words[0], "put") == 0) {
        put(store, words[1], words[2], words[3], words[4]);
        publish(store);
    } else if (strcmp(words[0], "part") == 0) {
        send(store, words[1], words[2]);
    } else if (strcmp(words[0], "many") == 0) {
        put_many(store, strtol(words[1], NULL, 10), words[2]);
        publish(store);
    } else if (strcmp(words[0], "hold") == 0) {
        (void)puts("holding");
        (void)fflush(stdout);
    } else {
        fail(words[0], "no such command");
    }
}

int main(int argc, char **argv)
{
    wfs_store_options options = WFS_STORE_OPTIONS_INIT;
    wfs_store *store = NULL;
    wfs_error error = WFS_ERROR_INIT;
    char line[4096];

    options.durability = WFS_DURABILITY_RECORDING;
    if (argc != 2) {
        fail("usage", "make_store STORE");
    }
    if (wfs_store_open(argv[1], &options, &store, &error) != WFS_OK) {
        fail(argv[1], error.detail);
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        obey(store, line);
    }
    wfs_store_close(store);
    return 0;
}
