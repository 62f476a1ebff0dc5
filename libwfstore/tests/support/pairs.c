/*
 * pairs.c - two digests at once, as tests see and refuse them.
 */
#include "support/pairs.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "digest_pair.h"
#include "support/store.h"

static bool is_refused;
static size_t blocks_taken;

/* The linker calls them so (--wrap). */
bool real_pair(uint32_t a[8], const uint8_t *a_blocks, uint32_t b[8],
               const uint8_t *b_blocks,
               size_t count) __asm__("__real_wfs_digest_pair");
bool watched_pair(uint32_t a[8], const uint8_t *a_blocks, uint32_t b[8],
                  const uint8_t *b_blocks,
                  size_t count) __asm__("__wrap_wfs_digest_pair");

bool watched_pair(uint32_t a[8], const uint8_t *a_blocks, uint32_t b[8],
                  const uint8_t *b_blocks, size_t count)
{
    if (is_refused || !real_pair(a, a_blocks, b, b_blocks, count)) {
        return false;
    }
    blocks_taken += count;
    return true;
}

int test_pairs_allow(void **state)
{
    (void)state;
    is_refused = false;
    blocks_taken = 0;
    return 0;
}

int test_pairs_refuse(void **state)
{
    (void)state;
    is_refused = true;
    blocks_taken = 0;
    return 0;
}

bool test_pairs_has_instructions(void)
{
    uint32_t a[8] = {0};
    uint32_t b[8] = {0};

    return real_pair(a, NULL, b, NULL, 0);
}

bool test_pairs_may_have_instructions(void)
{
    bool is_able = false;
#if defined(__x86_64__)
    unsigned a;
    unsigned b;
    unsigned c;
    unsigned d;

    is_able = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA);
#endif
    return is_able;
}

/* What was to be done at once was, or could not be. */
void test_pairs_assert_taken(size_t least)
{
    if (!is_refused && test_pairs_has_instructions()) {
        assert_true(blocks_taken >= least);
    } else {
        assert_int_equal(blocks_taken, 0);
    }
}

uint32_t test_pairs_get_random(void)
{
    static uint32_t seed = 1;

    seed = seed * 1664525u + 1013904223u;
    return seed >> 8;
}

void test_pairs_fill(uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bytes[i] = (uint8_t)test_pairs_get_random();
    }
}

wfs_hasher *test_pairs_open_behind(const uint8_t *bytes, size_t length)
{
    wfs_hasher *hasher = wfs_hasher_open(WFS_DIGEST_SHA256);

    assert_non_null(hasher);
    wfs_hasher_update(hasher, bytes, length);
    return hasher;
}

void test_pairs_assert_same(const wfs_hasher *a, const wfs_hasher *b)
{
    wfs_digest_state a_state = {{0}, 0};
    wfs_digest_state b_state = {{0}, 0};

    wfs_hasher_save(a, &a_state);
    wfs_hasher_save(b, &b_state);
    assert_int_equal(a_state.length, b_state.length);
    assert_memory_equal(a_state.bytes, b_state.bytes, a_state.length);
}

/* Finishes and closes it. */
void test_pairs_assert_digest(wfs_hasher *hasher, const wfs_digest *expected)
{
    wfs_digest digest;

    wfs_hasher_finish(hasher, &digest);
    assert_true(wfs_digest_is_equal(&digest, expected));
    wfs_hasher_close(hasher);
}

void test_pairs_update_both(wfs_hasher *a, wfs_hasher *b, const uint8_t *bytes,
                            size_t length)
{
    wfs_hasher_update_both(&(wfs_hasher_piece){a, bytes, length},
                           &(wfs_hasher_piece){b, bytes, length});
}

size_t test_pairs_get_taken(void)
{
    return blocks_taken;
}
