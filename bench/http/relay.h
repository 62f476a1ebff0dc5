/*
 * relay.h - packets carried from one device to another, later.
 */
#ifndef BENCH_HTTP_RELAY_H
#define BENCH_HTTP_RELAY_H

/*
 * Carry what comes from each of two descriptors to the other one, `seconds`
 * later, in order and without loss, until the process is killed.
 */
_Noreturn void http_relay(int one, int other, double seconds);

#endif
