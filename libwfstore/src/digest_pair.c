/*
 * digest_pair.c - SHA-256 of two streams at once, where the processor can.
 *
 * By the SHA extensions of x86 (Intel's Software Developer's Manual, volume 2:
 * SHA256RNDS2, SHA256MSG1, SHA256MSG2). They keep the eight words of a state in
 * two registers, the highest word first: A B E F and C D G H; and take four
 * words of the message in another, the first one lowest.
 */
#include "digest_pair.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

#define STEPS 16 /* of four rounds */
#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))
#define INLINE __attribute__((always_inline)) WITH_SHA

typedef struct stream {
    __m128i abef;
    __m128i cdgh;
} stream;

/* The sixteen words of the message that the next rounds are made of. */
typedef struct schedule {
    __m128i words[4];
} schedule;

/* FIPS 180-4, 4.2.2. */
static const uint32_t constants[4 * STEPS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline INLINE __m128i load_words(const void *words)
{
    return _mm_loadu_si128((const __m128i *)words);
}

static inline INLINE stream load_stream(const uint32_t h[8])
{
    __m128i dcba = load_words(h);
    __m128i hgfe = load_words(h + 4);
    __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1);
    __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1b);

    return (stream){.abef = _mm_alignr_epi8(cdab, efgh, 8),
                    .cdgh = _mm_blend_epi16(efgh, cdab, 0xf0)};
}

static inline INLINE void store_stream(stream self, uint32_t h[8])
{
    __m128i feba = _mm_shuffle_epi32(self.abef, 0x1b);
    __m128i dchg = _mm_shuffle_epi32(self.cdgh, 0xb1);

    _mm_storeu_si128((__m128i *)h, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((__m128i *)(h + 4), _mm_alignr_epi8(dchg, feba, 8));
}

static inline INLINE schedule load_block(const uint8_t *block)
{
    const __m128i big_endian =
        _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    schedule self;

    for (size_t i = 0; i < 4; i++) {
        self.words[i] =
            _mm_shuffle_epi8(load_words(block + 16 * i), big_endian);
    }
    return self;
}

/* What the four rounds of `step` add: words of the message and constants. */
static inline INLINE __m128i get_addends(const schedule *self, size_t step)
{
    return _mm_add_epi32(self->words[step % 4],
                         load_words(constants + 4 * step));
}

/* The words of `step` are done with: those of sixteen rounds later. */
static inline INLINE void extend(schedule *self, size_t step)
{
    __m128i *w = self->words;
    __m128i last = w[(step + 3) % 4];
    __m128i middle = _mm_alignr_epi8(last, w[(step + 2) % 4], 4);
    __m128i first = _mm_sha256msg1_epu32(w[step % 4], w[(step + 1) % 4]);

    w[step % 4] = _mm_sha256msg2_epu32(_mm_add_epi32(first, middle), last);
}

/* Four rounds. After two of them what was A B E F is C D G H. */
static inline INLINE void turn(stream *self, __m128i addends)
{
    self->cdgh = _mm_sha256rnds2_epu32(self->cdgh, self->abef, addends);
    self->abef = _mm_sha256rnds2_epu32(self->abef, self->cdgh,
                                       _mm_shuffle_epi32(addends, 0x0e));
}

static inline INLINE void add_stream(stream *self, stream before)
{
    self->abef = _mm_add_epi32(self->abef, before.abef);
    self->cdgh = _mm_add_epi32(self->cdgh, before.cdgh);
}

static inline INLINE void add_blocks(stream *a, const uint8_t *a_block,
                                     stream *b, const uint8_t *b_block)
{
    stream a_before = *a;
    stream b_before = *b;
    schedule a_words = load_block(a_block);
    schedule b_words = load_block(b_block);

#pragma GCC unroll 16
    for (size_t step = 0; step < STEPS; step++) {
        turn(a, get_addends(&a_words, step));
        turn(b, get_addends(&b_words, step));
        if (step + 4 < STEPS) {
            extend(&a_words, step);
            extend(&b_words, step);
        }
    }
    add_stream(a, a_before);
    add_stream(b, b_before);
}

static WITH_SHA void add_all(uint32_t a[8], const uint8_t *a_blocks,
                             uint32_t b[8], const uint8_t *b_blocks,
                             size_t count)
{
    stream a_stream = load_stream(a);
    stream b_stream = load_stream(b);

    for (size_t i = 0; i < count; i++) {
        add_blocks(&a_stream, a_blocks + i * WFS_DIGEST_BLOCK_BYTES, &b_stream,
                   b_blocks + i * WFS_DIGEST_BLOCK_BYTES);
    }
    store_stream(a_stream, a);
    store_stream(b_stream, b);
}

static bool look_at_processor(void)
{
    unsigned a;
    unsigned b;
    unsigned c;
    unsigned d;

    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_SSSE3) != 0 &&
           (c & bit_SSE4_1) != 0 &&
           __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & bit_SHA) != 0;
}

/* Asked once, since a virtual machine asks its host. */
static bool has_instructions(void)
{
    static atomic_int known; /* 0 not yet, 1 no, 2 yes */
    int answer = atomic_load_explicit(&known, memory_order_relaxed);

    if (answer == 0) {
        answer = look_at_processor() ? 2 : 1;
        atomic_store_explicit(&known, answer, memory_order_relaxed);
    }
    return answer == 2;
}

bool wfs_digest_pair(uint32_t a[8], const uint8_t *a_blocks, uint32_t b[8],
                     const uint8_t *b_blocks, size_t count)
{
    bool is_able = has_instructions();

    if (is_able) {
        add_all(a, a_blocks, b, b_blocks, count);
    }
    return is_able;
}

#else

bool wfs_digest_pair(uint32_t a[8], const uint8_t *a_blocks, uint32_t b[8],
                     const uint8_t *b_blocks, size_t count)
{
    (void)a;
    (void)a_blocks;
    (void)b;
    (void)b_blocks;
    (void)count;
    return false;
}

#endif
