/*
 * fuzz_cursor.c - list cursors: what is accepted is written again as it was.
 * The bytes are tried as a client's text, as the bytes of a cursor with a right
 * check sum, and as a key.
 */
#include <stdlib.h>
#include <string.h>

#include "cursor.h"
#include "fuzz.h"

static void decode(const char *text, wfs_sort sort, bool is_descending)
{
    wfs_cursor cursor;
    char *again = NULL;

    if (wfs_cursor_decode(text, sort, is_descending, &cursor) != WFS_OK) {
        return;
    }
    REQUIRE(wfs_id_is_valid(cursor.id, strlen(cursor.id)));
    REQUIRE(wfs_cursor_encode(&cursor, &again) == WFS_OK);
    REQUIRE(strncmp(again, text, strlen(again)) == 0);
    free(again);
}

/* The check sum of cursor.c, so that what is behind it is reached. */
static void append_sum(uint8_t *bytes, size_t length)
{
    uint32_t sum = 2166136261u;

    for (size_t i = 0; i < length; i++) {
        sum = (sum ^ bytes[i]) * 16777619u;
    }
    for (size_t i = 0; i < 4; i++) {
        bytes[length + i] = (uint8_t)(sum >> (24 - 8 * i));
    }
}

/* base64url without padding; new. */
static char *print(const uint8_t *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t count = (length * 8 + 5) / 6;
    char *text = malloc(count + 1);

    REQUIRE(text != NULL);
    for (size_t i = 0; i < count; i++) {
        size_t at = i * 6 / 8;
        unsigned pair =
            (unsigned)bytes[at] << 8 | (at + 1 < length ? bytes[at + 1] : 0u);

        text[i] = digits[pair >> (10 - i * 6 % 8) & 0x3f];
    }
    text[count] = '\0';
    return text;
}

static void decode_all(const char *text)
{
    for (int sort = WFS_SORT_TIMESTAMP; sort <= WFS_SORT_SIZE; sort++) {
        decode(text, (wfs_sort)sort, false);
        decode(text, (wfs_sort)sort, true);
    }
}

static void decode_summed(const uint8_t *bytes, size_t length)
{
    uint8_t *summed = malloc(length + 4);
    char *text;

    REQUIRE(summed != NULL);
    memcpy(summed, bytes, length);
    append_sum(summed, length);
    text = print(summed, length + 4);
    decode_all(text);
    free(text);
    free(summed);
}

/* A cursor with this key is written, and read as the same. */
static void encode(const uint8_t *bytes, size_t length, wfs_sort sort)
{
    wfs_cursor cursor = {.sort = sort, .id = "x"};
    wfs_cursor back;
    size_t count = length < 64 ? length : 64;
    char *text = NULL;

    memcpy(&cursor.number, bytes, length < 8 ? length : 8);
    memcpy(&cursor.real, bytes, length < 8 ? length : 8);
    for (size_t i = 0; i < count; i++) {
        cursor.text[i] = bytes[i] != 0 ? (char)bytes[i] : 'a';
    }
    REQUIRE(wfs_cursor_encode(&cursor, &text) == WFS_OK);
    if (wfs_cursor_decode(text, sort, false, &back) == WFS_OK) {
        REQUIRE(sort != WFS_SORT_NAME || strcmp(back.text, cursor.text) == 0);
        REQUIRE(sort != WFS_SORT_SIZE || back.number == cursor.number);
    } else { /* the one key that is no number */
        REQUIRE(sort == WFS_SORT_DURATION && cursor.real != cursor.real);
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char *text = malloc(length + 1);

    REQUIRE(text != NULL);
    memcpy(text, bytes, length);
    text[length] = '\0';
    decode_all(text);
    free(text);
    decode_summed(bytes, length);
    for (int sort = WFS_SORT_TIMESTAMP; sort <= WFS_SORT_SIZE; sort++) {
        encode(bytes, length, (wfs_sort)sort);
    }
    return 0;
}
