/*
 * cursor.c - where a page of a list ended, as text a client hands back.
 *
 * The bytes: version, order, length of the id, id, hash of what is searched for
 * (4 bytes), key, check sum (FNV-1a, 4 bytes). Numbers are big endian.
 */
#include "cursor.h"

#include <stdlib.h>
#include <string.h>

#define VERSION 2
#define DESCENDING 0x10
#define SUM_BYTES 4
#define QUERY_BYTES 4
#define NUMBER_BYTES 8
#define BYTES_MAX                                                              \
    (3 + WFS_ID_MAX_BYTES + QUERY_BYTES + WFS_FOLDED_BYTES + SUM_BYTES)

static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz0123456789-_";

static uint32_t sum(const uint8_t *bytes, size_t length)
{
    uint32_t value = 2166136261u;

    for (size_t i = 0; i < length; i++) {
        value = (value ^ bytes[i]) * 16777619u;
    }
    return value;
}

static void put_number(uint8_t *bytes, uint64_t value, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)(value >> (8 * (length - 1 - i)));
    }
}

static uint64_t get_number(const uint8_t *bytes, size_t length)
{
    uint64_t value = 0;

    for (size_t i = 0; i < length; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static uint8_t get_order(wfs_sort sort, bool is_descending)
{
    return (uint8_t)((unsigned)sort | (is_descending ? DESCENDING : 0u));
}

static size_t put_key(uint8_t *bytes, const wfs_cursor *cursor)
{
    uint64_t bits;
    size_t length;

    if (cursor->sort == WFS_SORT_NAME) {
        length = strlen(cursor->text);
        memcpy(bytes, cursor->text, length);
        return length;
    }
    if (cursor->sort == WFS_SORT_DURATION) {
        memcpy(&bits, &cursor->real, sizeof bits);
    } else {
        bits = (uint64_t)cursor->number;
    }
    put_number(bytes, bits, NUMBER_BYTES);
    return NUMBER_BYTES;
}

static bool get_key(const uint8_t *bytes, size_t length, wfs_cursor *cursor)
{
    uint64_t bits;

    if (cursor->sort == WFS_SORT_NAME) {
        if (length >= sizeof cursor->text ||
            memchr(bytes, '\0', length) != NULL) {
            return false;
        }
        memcpy(cursor->text, bytes, length);
        return true;
    }
    if (length != NUMBER_BYTES) {
        return false;
    }
    bits = get_number(bytes, NUMBER_BYTES);
    memcpy(&cursor->real, &bits, sizeof cursor->real);
    cursor->number = (int64_t)bits;
    return cursor->sort != WFS_SORT_DURATION || cursor->real == cursor->real;
}

static void encode_text(const uint8_t *bytes, size_t length, char *text)
{
    uint32_t bits = 0;
    unsigned count = 0;

    for (size_t i = 0; i < length; i++) {
        bits = bits << 8 | bytes[i];
        for (count += 8; count >= 6; count -= 6) {
            *text++ = ALPHABET[bits >> (count - 6) & 0x3f];
        }
    }
    if (count > 0) {
        *text++ = ALPHABET[bits << (6 - count) & 0x3f];
    }
    *text = '\0';
}

/* The bytes of `text`; 0 if it is too long or no base64url. */
static size_t decode_text(const char *text, uint8_t bytes[BYTES_MAX])
{
    uint32_t bits = 0;
    unsigned count = 0;
    size_t used = 0;

    for (; *text != '\0'; text++) {
        const char *digit = strchr(ALPHABET, *text);

        if (digit == NULL || used == BYTES_MAX) {
            return 0;
        }
        bits = bits << 6 | (uint32_t)(digit - ALPHABET);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes[used++] = (uint8_t)(bits >> count);
        }
    }
    return (bits & ((1u << count) - 1)) == 0 ? used : 0;
}

uint32_t wfs_cursor_hash(const char *query)
{
    return query == NULL ? 0 : sum((const uint8_t *)query, strlen(query)) | 1u;
}

wfs_status wfs_cursor_encode(const wfs_cursor *cursor, char **ret_text)
{
    uint8_t bytes[BYTES_MAX];
    size_t id_length = strlen(cursor->id);
    size_t length = 3;
    char *text;

    bytes[0] = VERSION;
    bytes[1] = get_order(cursor->sort, cursor->is_descending);
    bytes[2] = (uint8_t)id_length;
    memcpy(bytes + length, cursor->id, id_length);
    length += id_length;
    put_number(bytes + length, cursor->query, QUERY_BYTES);
    length += QUERY_BYTES;
    length += put_key(bytes + length, cursor);
    put_number(bytes + length, sum(bytes, length), SUM_BYTES);
    length += SUM_BYTES;
    text = malloc(length * 4 / 3 + 2);
    if (text == NULL) {
        return WFS_ENOMEM;
    }
    encode_text(bytes, length, text);
    *ret_text = text;
    return WFS_OK;
}

static bool is_whole(const uint8_t *bytes, size_t length, uint8_t order)
{
    return length > 3 + SUM_BYTES && bytes[0] == VERSION && bytes[1] == order &&
           bytes[2] > 0 && bytes[2] <= WFS_ID_MAX_BYTES &&
           length >= 3u + bytes[2] + QUERY_BYTES + SUM_BYTES &&
           get_number(bytes + length - SUM_BYTES, SUM_BYTES) ==
               sum(bytes, length - SUM_BYTES);
}

wfs_status wfs_cursor_decode(const char *text, wfs_sort sort,
                             bool is_descending, wfs_cursor *ret_cursor)
{
    uint8_t bytes[BYTES_MAX];
    size_t length = decode_text(text, bytes);
    wfs_cursor cursor = {.sort = sort, .is_descending = is_descending};
    size_t id_length;
    size_t key;

    if (!is_whole(bytes, length, get_order(sort, is_descending))) {
        return WFS_ECURSOR;
    }
    id_length = bytes[2];
    key = 3 + id_length + QUERY_BYTES;
    memcpy(cursor.id, bytes + 3, id_length);
    cursor.query = (uint32_t)get_number(bytes + 3 + id_length, QUERY_BYTES);
    if (!wfs_id_is_valid(cursor.id, id_length) ||
        !get_key(bytes + key, length - key - SUM_BYTES, &cursor)) {
        return WFS_ECURSOR;
    }
    *ret_cursor = cursor;
    return WFS_OK;
}
