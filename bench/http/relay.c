/*
 * relay.c - packets carried from one device to another, later.
 */
#include "relay.h"

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "cost.h"
#include "tunnel.h"

#define PACKETS_MAX 2048
#define LANES 2

typedef struct packet {
    double due;
    size_t length;
    uint8_t bytes[TUNNEL_PACKET_BYTES];
} packet;

/* One direction: a ring of packets under way. */
typedef struct lane {
    int from;
    int to;
    packet *packets;
    size_t first;
    size_t count;
} lane;

static void open_lane(lane *self, int from, int to)
{
    *self = (lane){.from = from, .to = to};
    self->packets = malloc(PACKETS_MAX * sizeof *self->packets);
    if (self->packets == NULL) {
        bench_fail("out of memory");
    }
}

/* What is there; what finds no room waits in the device's own queue. */
static void take(lane *self, double due)
{
    while (self->count < PACKETS_MAX) {
        packet *next =
            &self->packets[(self->first + self->count) % PACKETS_MAX];
        ssize_t length = read(self->from, next->bytes, sizeof next->bytes);

        if (length <= 0) {
            return;
        }
        next->due = due;
        next->length = (size_t)length;
        self->count++;
    }
}

/* A packet that the other side refuses is lost, as on any network. */
static void give(lane *self, double now)
{
    while (self->count > 0 && self->packets[self->first].due <= now) {
        const packet *oldest = &self->packets[self->first];
        ssize_t ignored = write(self->to, oldest->bytes, oldest->length);

        (void)ignored;
        self->first = (self->first + 1) % PACKETS_MAX;
        self->count--;
    }
}

static double get_pause(const lane lanes[LANES], double now)
{
    double pause = 1;

    for (int i = 0; i < LANES; i++) {
        if (lanes[i].count > 0) {
            double left = lanes[i].packets[lanes[i].first].due - now;

            pause = left < pause ? left : pause;
        }
    }
    return pause > 0 ? pause : 0;
}

static void wait_for(const lane lanes[LANES])
{
    double pause = get_pause(lanes, bench_get_seconds());
    struct timespec time = {(time_t)pause,
                            (long)((pause - (double)(time_t)pause) * 1e9)};
    struct pollfd watched[LANES];

    for (int i = 0; i < LANES; i++) {
        bool has_room = lanes[i].count < PACKETS_MAX;

        watched[i] = (struct pollfd){.fd = has_room ? lanes[i].from : -1,
                                     .events = POLLIN};
    }
    (void)ppoll(watched, LANES, &time, NULL);
}

_Noreturn void http_relay(int one, int other, double seconds)
{
    lane lanes[LANES];

    open_lane(&lanes[0], one, other);
    open_lane(&lanes[1], other, one);
    for (;;) {
        double now;

        wait_for(lanes);
        now = bench_get_seconds();
        for (int i = 0; i < LANES; i++) {
            take(&lanes[i], now + seconds);
            give(&lanes[i], now);
        }
    }
}
