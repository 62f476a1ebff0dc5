/*
 * request.c - the bytes around a chunk, in each dialect.
 */
#include "request.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define BOUNDARY "----bench-d8a3f01c"
#define BASE64_BYTES (WFS_SHA256_BYTES / 3 * 4 + 5)

void http_add_text(http_request *request, const char *format, ...)
{
    size_t room = sizeof request->head - request->head_length;
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(request->head + request->head_length, room, format,
                       arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= room) {
        bench_fail("a request's head is too long");
    }
    request->head_length += (size_t)length;
}

/* RFC 4648, section 4. */
static void encode(const uint8_t bytes[WFS_SHA256_BYTES],
                   char ret_text[BASE64_BYTES])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t padded[WFS_SHA256_BYTES + 1] = {0};
    size_t at = 0;

    memcpy(padded, bytes, WFS_SHA256_BYTES);
    for (size_t i = 0; i < sizeof padded; i += 3) {
        uint32_t word = (uint32_t)padded[i] << 16 |
                        (uint32_t)padded[i + 1] << 8 | padded[i + 2];

        for (int shift = 18; shift >= 0; shift -= 6) {
            ret_text[at++] = digits[word >> shift & 63];
        }
    }
    memcpy(ret_text + at - 1, "=", 2);
}

static void add_digest(http_request *request, const http_load *load,
                       uint64_t chunk)
{
    wfs_digest digest = bench_get_digest(load->source, chunk);
    char text[BASE64_BYTES];

    encode(digest.bytes, text);
    http_add_text(request, "Content-Digest: sha-256=:%s:\r\n", text);
}

static void make_raw(const http_load *load, unsigned upload, uint64_t chunk,
                     http_request *request)
{
    http_add_text(request,
                  "POST /upload/chunk?file_id=%s-%u&chunk_index=%" PRIu64
                  "&total_chunks=%" PRIu64 "&chunk_size=%zu&file_name=take.wav "
                  "HTTP/1.1\r\nHost: bench\r\nContent-Type: audio/wav\r\n"
                  "Content-Length: %zu\r\n",
                  load->name, upload, chunk, load->chunks, load->chunk_bytes,
                  load->chunk_bytes);
    if (load->has_digest) {
        add_digest(request, load, chunk);
    }
    http_add_text(request, "\r\n");
}

static void add_field(http_request *request, const char *name,
                      const char *value)
{
    http_add_text(request,
                  "--" BOUNDARY
                  "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n"
                  "%s\r\n",
                  name, value);
}

static void add_number(http_request *request, const char *name, uint64_t number)
{
    char text[24];

    (void)snprintf(text, sizeof text, "%" PRIu64, number);
    add_field(request, name, text);
}

static void make_form(const http_load *load, unsigned upload, uint64_t chunk,
                      http_request *request)
{
    http_request body = {.head_length = 0};
    char id[HTTP_PATH_BYTES];

    (void)snprintf(id, sizeof id, "%s-%u", load->name, upload);
    add_field(&body, "file_id", id);
    add_number(&body, "chunk_index", chunk);
    add_number(&body, "total_chunks", load->chunks);
    add_number(&body, "chunk_size", load->chunk_bytes);
    add_field(&body, "file_name", "take.wav");
    http_add_text(&body, "--" BOUNDARY "\r\nContent-Disposition: form-data; "
                         "name=\"file\"; filename=\"blob\"\r\n"
                         "Content-Type: audio/wav\r\n\r\n");
    request->tail_length = (size_t)snprintf(request->tail, sizeof request->tail,
                                            "\r\n--" BOUNDARY "--\r\n");
    http_add_text(request,
                  "POST /upload/chunk HTTP/1.1\r\nHost: bench\r\nContent-Type: "
                  "multipart/form-data; boundary=" BOUNDARY "\r\n"
                  "Content-Length: %zu\r\n\r\n%s",
                  body.head_length + load->chunk_bytes + request->tail_length,
                  body.head);
}

static void make_put(const http_load *load, unsigned upload, uint64_t chunk,
                     http_request *request)
{
    http_add_text(request,
                  "PUT /put/%s-%u.%" PRIu64 " HTTP/1.1\r\nHost: bench\r\n"
                  "Content-Length: %zu\r\n\r\n",
                  load->name, upload, chunk, load->chunk_bytes);
}

void http_make_request(const http_load *load, unsigned upload, uint64_t chunk,
                       http_request *ret_request)
{
    ret_request->head_length = 0;
    ret_request->tail_length = 0;
    ret_request->body_length = load->chunk_bytes;
    switch (load->dialect) {
    case HTTP_RAW:
    case HTTP2_RAW:
        make_raw(load, upload, chunk, ret_request);
        break;
    case HTTP_MULTIPART:
        make_form(load, upload, chunk, ret_request);
        break;
    case HTTP_PUT:
    case HTTP2_PUT:
        make_put(load, upload, chunk, ret_request);
        break;
    case HTTP_TUS:
        bench_fail("tus needs to be told where an upload is");
    }
}

bool http_is_version_2(http_dialect dialect)
{
    return dialect == HTTP2_RAW || dialect == HTTP2_PUT;
}
