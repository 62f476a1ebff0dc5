/*
 * gc.h - tending stores: one, or all below a directory.
 */
#ifndef CLI_GC_H
#define CLI_GC_H

#include "cli.h"

/*
 * Tend the store of this command line until nothing is due, as its owner.
 * Complains of what fails.
 */
cli_exit cli_gc_tend(const cli *self, const wfs_store_options *options);

/*
 * Tend the store that `directory` is open on, in a child process: stores below
 * one directory may belong to different users, and one that breaks must not end
 * the others.
 */
cli_exit cli_gc_tend_apart(const cli *self, int directory, const char *path,
                           const wfs_store_options *options);

/* Told of a store found: `directory` is open on it, `path` names it. */
typedef void (*cli_gc_visitor)(void *data, int directory, const char *path);

/*
 * Find the stores at and below `parent`, without following links. Complains of
 * what cannot be read: CLI_MISSING if there is no such directory, CLI_FINDINGS
 * if something below.
 */
cli_exit cli_gc_find(const char *parent, cli_gc_visitor visitor, void *data);

#endif
