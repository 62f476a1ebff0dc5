/*
 * lives_together.c - several senders at once, and several processes.
 */
#include "lives.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct part {
    life *self;
    const char *id;
    const char *order;
} part;

static void *live_part(void *data)
{
    const part *mine = data;

    life_send_all(mine->self, mine->id, mine->order);
    return NULL;
}

/* Two senders for each of three uploads, and then all end at once. */
static void *live_end(void *data)
{
    const part *mine = data;

    life_complete(mine->self, mine->id);
    return NULL;
}

static void run_all(const part *parts, size_t count, void *(*run)(void *data))
{
    pthread_t threads[8];

    for (size_t i = 0; i < count; i++) {
        if (pthread_create(&threads[i], NULL, run, (void *)&parts[i]) != 0) {
            abort();
        }
    }
    for (size_t i = 0; i < count; i++) {
        (void)pthread_join(threads[i], NULL);
    }
}

void live_together(life *self)
{
    const part senders[] = {
        {self, "red", "02"},   {self, "red", "31"},   {self, "green", "03"},
        {self, "green", "12"}, {self, "blue", "310"}, {self, "blue", "2"},
    };
    const part ends[] = {
        {self, "red", ""}, {self, "green", ""}, {self, "blue", ""}};

    life_open_careful(self);
    run_all(senders, 6, live_part);
    life_settle(self);
    run_all(ends, 3, live_end);
}

static void send_fronts(life *self)
{
    life_open_careful(self);
    life_send_all(self, "red", "02");
    life_send_all(self, "green", "31");
    life_send_all(self, "blue", "0");
    life_tend(self);
}

static void send_backs(life *self)
{
    life_open_careful(self);
    life_send_all(self, "red", "31");
    life_send_all(self, "green", "02");
    life_send(self, "two", 0);
    life_complete(self, "two");
}

static void send_and_die(life *self)
{
    life_open_careful(self);
    life_send_all(self, "blue", "321");
    life_send_all(self, "gone", "012");
    life_complete(self, "gone");
}

/* Two processes on one store, and one that dies on it. */
void live_neighbours(life *self)
{
    static const life_neighbour all[] = {
        {send_fronts, 0}, {send_backs, 0}, {send_and_die, 9}};

    life_open_careful(self);
    life_send(self, "one", 0);
    life_close(self);
    life_side_by_side(self, all, 3);
    life_open_careful(self);
    life_settle(self);
    life_complete(self, "red");
    life_complete(self, "green");
    life_complete(self, "one");
}
