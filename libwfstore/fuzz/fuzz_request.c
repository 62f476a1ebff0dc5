/*
 * fuzz_request.c - headers, queries and JSON bodies of requests, as the module
 * parses them: results keep within their limits. The first byte chooses.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "wf_complete.h"
#include "wf_content_digest.h"
#include "wf_disposition.h"
#include "wf_etag.h"
#include "wf_fields.h"
#include "wf_header_names.h"
#include "wf_list.h"
#include "wf_origin.h"
#include "wf_patch.h"
#include "wf_target.h"
#include "wf_upload_checksum.h"
#include "wf_upload_concat.h"
#include "wf_upload_metadata.h"
#include "wf_value.h"

static void read_list(wf_span text)
{
    wf_list list;
    wfs_list_query query;

    wf_list_init(&list);
    if (!wf_list_parse_recordings(&list, text)) {
        REQUIRE(list.culprit != NULL);
        return;
    }
    wf_list_get_query(&list, &query);
    REQUIRE(query.limit >= 1 && query.limit <= WFS_LIST_LIMIT_MAX);
    REQUIRE(query.q == NULL || wfs_name_is_valid(query.q, strlen(query.q)));
}

static void read_query(wf_span text)
{
    wf_fields fields;
    wfs_chunk_spec spec;

    read_list(text);
    wf_fields_init(&fields);
    if (wf_fields_set_query(&fields, text) != WF_FIELD_OK) {
        REQUIRE(fields.culprit != NULL);
        return;
    }
    if (wf_fields_check(&fields) == WF_FIELD_OK) {
        wf_fields_get_spec(&fields, &spec);
        REQUIRE(wfs_id_is_valid(spec.id, strlen(spec.id)));
        REQUIRE(spec.name == NULL ||
                wfs_name_is_valid(spec.name, strlen(spec.name)));
    }
}

static void read_disposition(wf_span text)
{
    char value[64];
    size_t length = 0;

    if (wf_disposition_get(text.bytes, text.length, "name", value, sizeof value,
                           &length)) {
        REQUIRE(length <= sizeof value);
    }
}

static void write_disposition(wf_span text)
{
    char name[264];
    char header[WF_DISPOSITION_BYTES];
    size_t length = text.length < 263 ? text.length : 263;

    memcpy(name, text.bytes, length);
    name[length] = '\0';
    if (!wfs_name_is_valid(name, strlen(name))) {
        return;
    }
    length = wf_disposition_format(name, header);
    REQUIRE(length <= sizeof header);
    REQUIRE(memchr(header, '\n', length) == NULL);
    REQUIRE(memchr(header, '\r', length) == NULL);
}

static void check_complete(wf_complete *complete, wf_request_status status)
{
    wfs_complete_spec spec;

    if (status == WF_REQUEST_OK) {
        wf_complete_get_spec(complete, &spec);
        REQUIRE(wfs_id_is_valid(spec.id, strlen(spec.id)));
        REQUIRE(!spec.has_duration || isfinite(spec.duration_seconds));
        REQUIRE(spec.metadata_length <= WFS_METADATA_MAX_BYTES);
    }
    wf_complete_release(complete);
}

static void read_complete(wf_span text)
{
    wf_complete complete;

    wf_complete_init(&complete);
    check_complete(&complete, wf_complete_parse_json(&complete, text));
}

static void read_complete_form(wf_span text)
{
    wf_complete complete;

    wf_complete_init(&complete);
    check_complete(&complete, wf_complete_parse_form(&complete, text));
}

static void read_patch(wf_span text)
{
    wf_patch patch;

    memset(&patch, 0, sizeof patch);
    if (wf_patch_parse(&patch, text) == WF_REQUEST_OK && patch.has_name) {
        REQUIRE(wfs_name_is_valid(patch.name, strlen(patch.name)));
    }
    wf_patch_release(&patch);
}

static void read_origins(wf_span text)
{
    char *origin = malloc(text.length + 1);
    char *again = malloc(text.length + 1);
    size_t length;

    REQUIRE(origin != NULL && again != NULL);
    length = wf_origin_write(text.bytes, text.length, origin);
    REQUIRE(length <= text.length);
    if (length > 0) {
        REQUIRE(wf_origin_write(origin, length, again) == length);
        REQUIRE(memcmp(origin, again, length) == 0);
    }
    if (wf_header_names_are_valid(text.bytes, text.length)) {
        REQUIRE(memchr(text.bytes, '\r', text.length) == NULL);
        REQUIRE(memchr(text.bytes, '\n', text.length) == NULL);
        REQUIRE(text.length <= WF_HEADER_NAMES_MAX_BYTES);
    }
    free(origin);
    free(again);
}

static void read_tus(wf_span text)
{
    wf_upload_metadata metadata = WF_UPLOAD_METADATA_INIT;
    wf_value *json;
    wf_span list;
    wfs_digest digest;
    char id[WFS_ID_MAX_BYTES + 1];
    bool is_good;

    if (wf_upload_metadata_parse(text, &metadata)) {
        json =
            wf_value_parse((wf_span){metadata.json.text, metadata.json.length});
        REQUIRE(wf_value_is_object(json));
        REQUIRE(metadata.name[0] == '\0' ||
                wfs_name_is_valid(metadata.name, strlen(metadata.name)));
        wf_value_close(json);
    }
    wf_upload_metadata_release(&metadata);
    (void)wf_upload_checksum_parse(text, &digest);
    if (wf_upload_concat_parse(text, &list) == WF_CONCAT_FINAL) {
        while (wf_upload_concat_next(&list, id, &is_good)) {
            REQUIRE(wfs_id_is_valid(id, strlen(id)));
        }
    }
}

static void read_headers(wf_span text)
{
    wfs_digest digest;
    wf_target target;
    wf_span first = wf_span_cut(&text, '\n');

    read_tus(first);
    (void)wf_content_digest_parse(first.bytes, first.length, &digest);
    (void)wf_etag_is_listed(first.bytes, first.length,
                            "0123456789abcdef0123456789abcdef");
    (void)wf_origin_is_host(first.bytes, first.length, text.bytes, text.length);
    wf_target_parse(first.bytes, first.length, &target);
    REQUIRE(target.resource < WF_RESOURCES);
    REQUIRE(target.id[0] == '\0' ||
            wfs_id_is_valid(target.id, strlen(target.id)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static void (*const readers[])(wf_span text) = {
        read_query,         read_disposition, write_disposition, read_complete,
        read_complete_form, read_patch,       read_headers,      read_origins,
    };
    const size_t count = sizeof readers / sizeof readers[0];

    if (length > 0) {
        wf_span text = {(const char *)bytes + 1, length - 1};

        readers[bytes[0] % count](text);
    }
    return 0;
}
