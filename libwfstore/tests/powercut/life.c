/*
 * life.c - one scripted life: powercut_life NAME ROOT.
 */
#include "life.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "boot.h"
#include "lives.h"

void life_expect(wfs_status status, const wfs_error *error, const char *what,
                 const char *id)
{
    if (status == WFS_OK) {
        return;
    }
    fprintf(stderr, "powercut life: %s %s: %s: %s (%s, %d)\n", what, id,
            wfs_status_name(status), error->detail,
            error->step == NULL ? "" : error->step, error->os_error);
    _exit(1);
}

void life_open(life *self, wfs_durability durability)
{
    wfs_error error = WFS_ERROR_INIT;

    self->options.durability = durability;
    self->is_lazy = durability == WFS_DURABILITY_RECORDING;
    life_expect(
        wfs_store_open(self->path, &self->options, &self->store, &error),
        &error, "open", "");
    life_mark("< open store");
}

void life_open_careful(life *self)
{
    life_open(self, WFS_DURABILITY_CHUNK);
}

void life_open_lazy(life *self)
{
    life_open(self, WFS_DURABILITY_RECORDING);
}

static void open_as_before(life *self)
{
    life_open(self,
              self->is_lazy ? WFS_DURABILITY_RECORDING : WFS_DURABILITY_CHUNK);
}

void life_close(life *self)
{
    wfs_store_close(self->store);
    self->store = NULL;
}

void life_reopen(life *self)
{
    life_close(self);
    open_as_before(self);
}

void life_restart(life *self)
{
    static unsigned boot;

    life_close(self);
    boot_set(++boot);
    life_mark("= restart");
    open_as_before(self);
}

typedef struct entry {
    const char *name;
    void (*script)(life *self);
} entry;

static const entry *find(const char *name)
{
#define LIVES_ENTRY(name, script) {name, script},
    static const entry all[] = {LIVES(LIVES_ENTRY)};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i].name, name) == 0) {
            return &all[i];
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const entry *found = argc == 3 ? find(argv[1]) : NULL;
    life self = {.options = WFS_STORE_OPTIONS_INIT};

    if (found == NULL) {
        fprintf(stderr, "usage: powercut_life NAME ROOT\n");
        return 2;
    }
    (void)snprintf(self.path, sizeof self.path, "%s/store", argv[2]);
    (void)snprintf(self.backup, sizeof self.backup, "%s/backup", argv[2]);
    found->script(&self);
    life_close(&self);
    return 0;
}
