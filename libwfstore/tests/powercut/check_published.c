/*
 * check_published.c - what metadata.json says.
 */
#include "check.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATH_BYTES 8192

/* The array in metadata.json, or NULL: there is no file, or a failure. */
static json_t *read_published(check *self, const char *folder)
{
    char path[PATH_BYTES];
    json_error_t error;
    json_t *root;

    (void)snprintf(path, sizeof path, "%s/metadata.json", folder);
    if (access(path, F_OK) == -1) {
        return NULL;
    }
    root = json_load_file(path, 0, &error);
    if (!json_is_array(json_object_get(root, "recordings"))) {
        json_decref(root);
        (void)check_fail(self, "metadata.json is not valid: %s", error.text);
        return NULL;
    }
    return root;
}

static const char *find_in(const json_t *root, const char *id)
{
    const json_t *list = json_object_get(root, "recordings");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);

        if (strcmp(json_string_value(json_object_get(item, "id")), id) == 0) {
            return json_string_value(json_object_get(item, "name"));
        }
    }
    return NULL;
}

static bool check_line(check *self, const json_t *root, const promise *it)
{
    const char *name = find_in(root, it->planned->id);

    if (name == NULL && it->is_published) {
        return check_fail(self, "metadata.json has lost %s", it->planned->id);
    }
    if (name != NULL && it->is_unpublished) {
        return check_fail(self, "metadata.json still has %s", it->planned->id);
    }
    if (name != NULL && !it->is_completing) {
        return check_fail(self, "metadata.json has %s, which is none",
                          it->planned->id);
    }
    return true;
}

bool check_published(check *self)
{
    const promises *all = self->promised;
    json_t *root = read_published(self, self->path);

    if (root == NULL && !self->has_failed && all->has_published) {
        (void)check_fail(self, "metadata.json is not there");
    }
    for (size_t i = 0; i < all->count && root != NULL && !self->has_failed;
         i++) {
        (void)check_line(self, root, &all->all[i]);
    }
    json_decref(root);
    return !self->has_failed;
}

bool check_listed(check *self, const char *folder,
                  const wfs_recording_page *page)
{
    json_t *root = read_published(self, folder);

    for (size_t i = 0; i < page->count; i++) {
        if (find_in(root, page->recordings[i].id) == NULL) {
            (void)check_fail(self, "%s is not published",
                             page->recordings[i].id);
        }
    }
    if (json_array_size(json_object_get(root, "recordings")) != page->count) {
        (void)check_fail(self, "metadata.json has more than there is");
    }
    json_decref(root);
    return !self->has_failed;
}
