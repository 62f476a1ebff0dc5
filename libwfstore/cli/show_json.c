/*
 * show_json.c - an upload for programs, named as in the HTTP interface.
 */
#include "show.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "json.h"

static void put_missing(cli_json *json, const wfs_upload_info *info)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);

    if (to == NULL) {
        return;
    }
    (void)fputc('[', to);
    for (size_t i = 0; i < info->missing_count; i++) {
        (void)fprintf(to, "%s[%" PRIu64 ",%" PRIu64 "]", i > 0 ? "," : "",
                      info->missing[i].first, info->missing[i].last);
    }
    (void)fputc(']', to);
    if (fclose(to) == 0) {
        cli_json_put_raw(json, "missing", text);
    }
    free(text);
    if (info->missing_has_more) {
        cli_json_put_bool(json, "more", true);
    }
}

void cli_show_upload_json(const wfs_upload_info *info, bool with_missing)
{
    cli_json json;

    cli_json_begin(&json);
    cli_json_put_text(&json, "status", "receiving");
    cli_json_put_text(&json, "file_id", info->id);
    cli_json_put_text(&json, "file_name",
                      info->name[0] != '\0' ? info->name : NULL);
    cli_json_put_number(&json, "total_chunks", info->total_chunks);
    cli_json_put_number(&json, "chunk_size", info->chunk_size);
    cli_json_put_number(&json, "received_bytes", info->received_bytes);
    cli_json_put_number(&json, "received_chunks", info->received_chunks);
    cli_json_put_number(&json, "prefix_chunks", info->prefix_chunks);
    cli_json_put_number(&json, "prefix_bytes", info->prefix_bytes);
    cli_json_put_bool(&json, "provisional", info->is_provisional);
    cli_json_put_number(&json, "created", (uint64_t)info->created_ms);
    cli_json_put_number(&json, "updated", (uint64_t)info->updated_ms);
    if (with_missing) {
        put_missing(&json, info);
    }
    cli_json_end(&json);
}
