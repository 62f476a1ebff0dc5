/*
 * show_text.c - a recording or upload for people, a line for each thing known.
 */
#include "show.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "format.h"
#include "text.h"

static void put(const char *title, const char *value)
{
    printf("%-13s ", title);
    (void)cli_text_put(stdout, value, SIZE_MAX);
    (void)putchar('\n');
}

static void put_size(const char *title, uint64_t bytes)
{
    char size[CLI_FORMAT_BYTES];

    cli_format_size(size, bytes);
    printf("%-13s %" PRIu64 " bytes", title, bytes);
    printf(bytes < 1024 ? "\n" : " (%s)\n", size);
}

static void put_moment(const char *title, int64_t unix_ms)
{
    char text[CLI_FORMAT_BYTES];

    cli_format_moment(text, unix_ms);
    put(title, text);
}

static void put_number(const char *title, uint64_t value, const char *unit)
{
    if (value != WFS_UNKNOWN) {
        printf("%-13s %" PRIu64 "%s\n", title, value, unit);
    }
}

static void put_sha256(const wfs_recording *recording)
{
    if (recording->has_sha256) {
        printf("%-13s ", "sha256");
        for (size_t i = 0; i < WFS_SHA256_BYTES; i++) {
            printf("%02x", recording->sha256[i]);
        }
        (void)putchar('\n');
    }
}

static void put_format(const wfs_recording *recording)
{
    char text[CLI_FORMAT_BYTES];

    put("type", recording->mime_type);
    if (recording->codec[0] != '\0') {
        put("codec", recording->codec);
    }
    put_number("channels",
               recording->channels != 0 ? recording->channels : WFS_UNKNOWN,
               "");
    put_number("sample rate",
               recording->sample_rate != 0 ? recording->sample_rate
                                           : WFS_UNKNOWN,
               " Hz");
    cli_format_duration(text, recording->has_duration,
                        recording->duration_seconds);
    put("length", text);
}

void cli_show_recording(const wfs_recording *recording)
{
    put("id", recording->id);
    put("name", recording->name);
    put("file", recording->filename);
    put_moment("recorded", recording->timestamp_ms);
    put_moment("stored", recording->stored_ms);
    put_size("size", recording->size_bytes);
    put_format(recording);
    put_sha256(recording);
    if (recording->metadata != NULL && strcmp(recording->metadata, "{}") != 0) {
        put("metadata", recording->metadata);
    }
}

static void put_ranges(const char *title, const wfs_range *ranges, size_t count,
                       bool has_more)
{
    if (count == 0) {
        return;
    }
    printf("%-13s", title);
    for (size_t i = 0; i < count; i++) {
        printf(" %" PRIu64, ranges[i].first);
        if (ranges[i].last != ranges[i].first) {
            printf("-%" PRIu64, ranges[i].last);
        }
    }
    (void)puts(has_more ? " ..." : "");
}

void cli_show_upload(const wfs_upload_info *info)
{
    put("id", info->id);
    put("name", info->name[0] != '\0' ? info->name : "-");
    put("state", "receiving");
    put_moment("begun", info->created_ms);
    put_moment("last chunk", info->updated_ms);
    put_size("received", info->received_bytes);
    put_number("chunks", info->received_chunks, "");
    put_number("of chunks", info->total_chunks, "");
    put_number("chunk size", info->chunk_size, " bytes");
    put_size("without a gap", info->prefix_bytes);
    put_ranges("missing", info->missing, info->missing_count,
               info->missing_has_more);
}
