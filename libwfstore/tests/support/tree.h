/*
 * tree.h - folders with all that is in them.
 */
#ifndef WFS_TEST_TREE_H
#define WFS_TEST_TREE_H

/* Remove a folder; nothing need be there. */
void test_tree_remove(const char *path);

/* Make folder `to` as `from` is, without its dates. */
void test_tree_copy(const char *from, const char *to);

#endif
