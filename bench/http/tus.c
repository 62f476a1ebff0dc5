/*
 * tus.c - the requests of an upload by tus 1.0.0.
 */
#include "tus.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define FIELD "\r\nlocation: "

void http_make_creation(const http_load *load, http_request *ret_request)
{
    *ret_request = (http_request){.body_length = 0};
    http_add_text(ret_request,
                  "POST /files/ HTTP/1.1\r\nHost: bench\r\n"
                  "Tus-Resumable: 1.0.0\r\nUpload-Length: %" PRIu64 "\r\n"
                  "Upload-Metadata: filename dGFrZS53YXY=,"
                  "filetype YXVkaW8vd2F2\r\n"
                  "Content-Length: 0\r\n\r\n",
                  load->chunks * load->chunk_bytes);
}

void http_read_location(const char *answer, char ret_path[HTTP_PATH_BYTES])
{
    const char *value = strcasestr(answer, FIELD);
    const char *host;

    if (value == NULL) {
        bench_fail("no Location:\n%s", answer);
    }
    value += strlen(FIELD);
    host = strstr(value, "//");
    if (host != NULL && host < strchr(value, '\r')) {
        value = strchr(host + 2, '/');
    }
    if (value == NULL || sscanf(value, "%255[^\r]", ret_path) != 1) {
        bench_fail("not a Location:\n%s", answer);
    }
}

void http_make_append(const http_load *load, const char *path, uint64_t chunk,
                      http_request *ret_request)
{
    *ret_request = (http_request){.body_length = load->chunk_bytes};
    http_add_text(ret_request,
                  "PATCH %s HTTP/1.1\r\nHost: bench\r\n"
                  "Tus-Resumable: 1.0.0\r\nUpload-Offset: %" PRIu64 "\r\n"
                  "Content-Type: application/offset+octet-stream\r\n"
                  "Content-Length: %zu\r\n\r\n",
                  path, chunk * load->chunk_bytes, load->chunk_bytes);
}
