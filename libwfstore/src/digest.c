/*
 * digest.c - SHA-1 and SHA-2 by OpenSSL; the only file that knows it.
 *
 * The low-level interface is used because that of OpenSSL 3.0 (EVP) cannot
 * tell the state of a digest in the middle of its work.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "digest.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

#include "digest_pair.h"

#define WORDS_BYTES 32
#define COUNT_BYTES 8
#define STATE_HEAD_BYTES (WORDS_BYTES + COUNT_BYTES)

_Static_assert(STATE_HEAD_BYTES + SHA256_CBLOCK - 1 <=
                   WFS_DIGEST_STATE_MAX_BYTES,
               "a saved state fits its field");
_Static_assert(WFS_DIGEST_BLOCK_BYTES == SHA256_CBLOCK, "a block is a block");

struct wfs_hasher {
    wfs_digest_kind kind;
    union {
        SHA_CTX sha1;
        SHA256_CTX sha256;
        SHA512_CTX sha512;
    } context;
};

static void put_word(uint8_t *bytes, uint32_t word)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(word >> (24 - 8 * i));
    }
}

static uint32_t get_word(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
           (uint32_t)bytes[2] << 8 | (uint32_t)bytes[3];
}

static void begin(wfs_hasher *hasher)
{
    switch (hasher->kind) {
    case WFS_DIGEST_SHA1:
        SHA1_Init(&hasher->context.sha1);
        break;
    case WFS_DIGEST_SHA512:
        SHA512_Init(&hasher->context.sha512);
        break;
    default:
        SHA256_Init(&hasher->context.sha256);
        break;
    }
}

wfs_hasher *wfs_hasher_open(wfs_digest_kind kind)
{
    wfs_hasher *hasher;

    if (wfs_digest_get_length(kind) == 0) {
        return NULL;
    }
    hasher = calloc(1, sizeof(*hasher));
    if (hasher == NULL) {
        return NULL;
    }
    hasher->kind = kind;
    begin(hasher);
    return hasher;
}

void wfs_hasher_update(wfs_hasher *hasher, const void *bytes, size_t length)
{
    switch (hasher->kind) {
    case WFS_DIGEST_SHA1:
        SHA1_Update(&hasher->context.sha1, bytes, length);
        break;
    case WFS_DIGEST_SHA512:
        SHA512_Update(&hasher->context.sha512, bytes, length);
        break;
    default:
        SHA256_Update(&hasher->context.sha256, bytes, length);
        break;
    }
}

static size_t get_gap(const SHA256_CTX *context)
{
    return (SHA256_CBLOCK - context->num) % SHA256_CBLOCK;
}

static void add_count(SHA256_CTX *context, uint64_t bytes)
{
    uint64_t bits = ((uint64_t)context->Nh << 32 | context->Nl) + bytes * 8;

    context->Nh = (SHA_LONG)(bits >> 32);
    context->Nl = (SHA_LONG)bits;
}

/* Whole blocks behind the unfinished one, which is filled first. */
static size_t get_blocks(const wfs_hasher_piece *piece)
{
    return (piece->length - get_gap(&piece->hasher->context.sha256)) /
           SHA256_CBLOCK;
}

/* The blocks that were digested at once are behind `from`. */
static void update_rest(const wfs_hasher_piece *piece, size_t from,
                        size_t blocks)
{
    SHA256_CTX *context = &piece->hasher->context.sha256;

    add_count(context, blocks * SHA256_CBLOCK);
    from += blocks * SHA256_CBLOCK;
    SHA256_Update(context, piece->bytes + from, piece->length - from);
}

/* Both fill their unfinished block first, then take as many whole ones, at once
 * if they can be; what one has more than the other is left. */
static void update_pair(const wfs_hasher_piece *a, const wfs_hasher_piece *b)
{
    SHA256_CTX *a_context = &a->hasher->context.sha256;
    SHA256_CTX *b_context = &b->hasher->context.sha256;
    size_t a_from = get_gap(a_context);
    size_t b_from = get_gap(b_context);
    size_t blocks =
        get_blocks(a) < get_blocks(b) ? get_blocks(a) : get_blocks(b);

    SHA256_Update(a_context, a->bytes, a_from);
    SHA256_Update(b_context, b->bytes, b_from);
    if (!wfs_digest_pair(a_context->h, a->bytes + a_from, b_context->h,
                         b->bytes + b_from, blocks)) {
        blocks = 0;
    }
    update_rest(a, a_from, blocks);
    update_rest(b, b_from, blocks);
}

static bool can_be_paired(const wfs_hasher_piece *piece)
{
    return piece->hasher->kind == WFS_DIGEST_SHA256 &&
           piece->length >= SHA256_CBLOCK;
}

void wfs_hasher_update_both(const wfs_hasher_piece *a,
                            const wfs_hasher_piece *b)
{
    if (can_be_paired(a) && can_be_paired(b)) {
        update_pair(a, b);
    } else {
        wfs_hasher_update(a->hasher, a->bytes, a->length);
        wfs_hasher_update(b->hasher, b->bytes, b->length);
    }
}

bool wfs_digest_has_pair(void)
{
    uint32_t a[8] = {0};
    uint32_t b[8] = {0};

    return wfs_digest_pair(a, NULL, b, NULL, 0);
}

void wfs_hasher_finish(wfs_hasher *hasher, wfs_digest *ret_digest)
{
    memset(ret_digest, 0, sizeof(*ret_digest));
    ret_digest->kind = hasher->kind;
    switch (hasher->kind) {
    case WFS_DIGEST_SHA1:
        SHA1_Final(ret_digest->bytes, &hasher->context.sha1);
        break;
    case WFS_DIGEST_SHA512:
        SHA512_Final(ret_digest->bytes, &hasher->context.sha512);
        break;
    default:
        SHA256_Final(ret_digest->bytes, &hasher->context.sha256);
        break;
    }
}

void wfs_hasher_close(wfs_hasher *hasher)
{
    free(hasher);
}

size_t wfs_digest_get_length(wfs_digest_kind kind)
{
    switch (kind) {
    case WFS_DIGEST_SHA1:
        return WFS_SHA1_BYTES;
    case WFS_DIGEST_SHA256:
        return WFS_SHA256_BYTES;
    case WFS_DIGEST_SHA512:
        return WFS_SHA512_BYTES;
    default:
        return 0;
    }
}

bool wfs_digest_is_equal(const wfs_digest *a, const wfs_digest *b)
{
    return a->kind == b->kind &&
           CRYPTO_memcmp(a->bytes, b->bytes, wfs_digest_get_length(a->kind)) ==
               0;
}

uint64_t wfs_hasher_get_count(const wfs_hasher *hasher)
{
    const SHA256_CTX *context = &hasher->context.sha256;

    return ((uint64_t)context->Nh << 32 | context->Nl) / 8;
}

void wfs_hasher_save(const wfs_hasher *hasher, wfs_digest_state *ret_state)
{
    const SHA256_CTX *context = &hasher->context.sha256;
    uint64_t count = wfs_hasher_get_count(hasher);

    for (size_t i = 0; i < 8; i++) {
        put_word(ret_state->bytes + 4 * i, context->h[i]);
    }
    put_word(ret_state->bytes + WORDS_BYTES, (uint32_t)(count >> 32));
    put_word(ret_state->bytes + WORDS_BYTES + 4, (uint32_t)count);
    memcpy(ret_state->bytes + STATE_HEAD_BYTES, context->data, context->num);
    ret_state->length = STATE_HEAD_BYTES + context->num;
}

static bool load_state(SHA256_CTX *context, const wfs_digest_state *state)
{
    uint64_t count;

    if (state->length < STATE_HEAD_BYTES) {
        return false;
    }
    count = (uint64_t)get_word(state->bytes + WORDS_BYTES) << 32 |
            get_word(state->bytes + WORDS_BYTES + 4);
    if (count % SHA256_CBLOCK != state->length - STATE_HEAD_BYTES) {
        return false;
    }
    for (size_t i = 0; i < 8; i++) {
        context->h[i] = get_word(state->bytes + 4 * i);
    }
    context->Nl = (SHA_LONG)(count * 8);
    context->Nh = (SHA_LONG)(count >> 29);
    context->num = (unsigned)(count % SHA256_CBLOCK);
    memcpy(context->data, state->bytes + STATE_HEAD_BYTES, context->num);
    return true;
}

wfs_status wfs_hasher_restore(const wfs_digest_state *state,
                              wfs_hasher **ret_hasher)
{
    wfs_hasher *hasher = wfs_hasher_open(WFS_DIGEST_SHA256);

    if (hasher == NULL) {
        return WFS_ENOMEM;
    }
    if (state->length != 0 && !load_state(&hasher->context.sha256, state)) {
        wfs_hasher_close(hasher);
        return WFS_ECORRUPT;
    }
    *ret_hasher = hasher;
    return WFS_OK;
}
