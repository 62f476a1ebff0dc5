/*
 * scarce.c - memory that is used up when a test wants it to be.
 *
 * In the test's own files `malloc` is the name of the real one.
 */
#include "support/scarce.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <sqlite3.h>

static atomic_int left; /* requests until one is refused; below 1: none is */
static atomic_int scarce_for;
static sqlite3_mem_methods below;

void test_scarce_refuse(int n, test_scarce_for whom)
{
    atomic_store(&scarce_for, (int)whom);
    atomic_store(&left, n);
}

bool test_scarce_end(void)
{
    return atomic_exchange(&left, 0) <= 0;
}

/* Counts down to 0 once, then below. */
static bool is_refused(test_scarce_for whom)
{
    if (atomic_load(&left) <= 0 || atomic_load(&scarce_for) != (int)whom ||
        atomic_fetch_sub(&left, 1) != 1) {
        return false;
    }
    errno = ENOMEM;
    return true;
}

#define IS_REFUSED is_refused(TEST_SCARCE_FOR_LIBRARY)

void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size)
{
    return IS_REFUSED ? NULL : malloc(size);
}

void *__wrap_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size)
{
    return IS_REFUSED ? NULL : calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size);
void *__wrap_realloc(void *memory, size_t size)
{
    return IS_REFUSED ? NULL : realloc(memory, size);
}

char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);
char *__wrap_strdup(const char *text)
{
    return IS_REFUSED ? NULL : __real_strdup(text);
}

char *__real_strndup(const char *text, size_t length);
char *__wrap_strndup(const char *text, size_t length);
char *__wrap_strndup(const char *text, size_t length)
{
    return IS_REFUSED ? NULL : __real_strndup(text, length);
}

FILE *__real_open_memstream(char **text, size_t *length);
FILE *__wrap_open_memstream(char **text, size_t *length);
FILE *__wrap_open_memstream(char **text, size_t *length)
{
    return IS_REFUSED ? NULL : __real_open_memstream(text, length);
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*run)(void *), void *data);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*run)(void *), void *data);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*run)(void *), void *data)
{
    return IS_REFUSED ? EAGAIN
                      : __real_pthread_create(thread, attributes, run, data);
}

int __real_pthread_mutex_init(pthread_mutex_t *mutex,
                              const pthread_mutexattr_t *attributes);
int __wrap_pthread_mutex_init(pthread_mutex_t *mutex,
                              const pthread_mutexattr_t *attributes);
int __wrap_pthread_mutex_init(pthread_mutex_t *mutex,
                              const pthread_mutexattr_t *attributes)
{
    return IS_REFUSED ? ENOMEM : __real_pthread_mutex_init(mutex, attributes);
}

int __real_pthread_cond_init(pthread_cond_t *condition,
                             const pthread_condattr_t *attributes);
int __wrap_pthread_cond_init(pthread_cond_t *condition,
                             const pthread_condattr_t *attributes);
int __wrap_pthread_cond_init(pthread_cond_t *condition,
                             const pthread_condattr_t *attributes)
{
    return IS_REFUSED ? ENOMEM
                      : __real_pthread_cond_init(condition, attributes);
}

static void *get_for_sqlite(int size)
{
    return is_refused(TEST_SCARCE_FOR_SQLITE) ? NULL : below.xMalloc(size);
}

static void *resize_for_sqlite(void *memory, int size)
{
    return is_refused(TEST_SCARCE_FOR_SQLITE) ? NULL
                                              : below.xRealloc(memory, size);
}

void test_scarce_begin(void)
{
    sqlite3_mem_methods methods;

    /* Its small requests, too: without a store of its own for them. */
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0), SQLITE_OK);
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &below),
                     SQLITE_OK);
    methods = below;
    methods.xMalloc = get_for_sqlite;
    methods.xRealloc = resize_for_sqlite;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
    json_set_alloc_funcs(__wrap_malloc, free);
}
