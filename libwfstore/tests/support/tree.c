/*
 * tree.c - folders with all that is in them.
 */
#include "support/tree.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define PATH_BYTES 512

void test_tree_remove(const char *path)
{
    DIR *stream = opendir(path);
    const struct dirent *entry;

    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        char child[PATH_BYTES];
        struct stat st;

        if (strcmp(entry->d_name, ".") == 0 ||
            strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        snprintf(child, sizeof(child), "%s/%s", path, entry->d_name);
        if (lstat(child, &st) == 0 && S_ISDIR(st.st_mode)) {
            test_tree_remove(child);
        } else {
            unlink(child);
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
    rmdir(path);
}

static void copy_file(const char *from, const char *to)
{
    char bytes[16384];
    FILE *in = fopen(from, "rb");
    FILE *out = fopen(to, "wb");
    size_t length;

    assert_non_null(in);
    assert_non_null(out);
    while ((length = fread(bytes, 1, sizeof(bytes), in)) > 0) {
        assert_int_equal(fwrite(bytes, 1, length, out), length);
    }
    assert_int_equal(fclose(in) | fclose(out), 0);
}

void test_tree_copy(const char *from, const char *to)
{
    DIR *stream = opendir(from);
    const struct dirent *entry;

    assert_non_null(stream);
    assert_int_equal(mkdir(to, 0700), 0);
    while ((entry = readdir(stream)) != NULL) {
        char source[PATH_BYTES];
        char target[PATH_BYTES];
        struct stat st;

        if (strcmp(entry->d_name, ".") == 0 ||
            strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        snprintf(source, sizeof(source), "%s/%s", from, entry->d_name);
        snprintf(target, sizeof(target), "%s/%s", to, entry->d_name);
        if (lstat(source, &st) == 0 && S_ISDIR(st.st_mode)) {
            test_tree_copy(source, target);
        } else {
            copy_file(source, target);
        }
    }
    closedir(stream);
}
