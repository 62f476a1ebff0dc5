/*
 * owner.c - root works on a store as the user who owns it.
 */
#include "owner.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message.h"

static cli_exit fail(const char *path, const char *what)
{
    cli_message("%s: %s: %s", path, what, strerror(errno));
    return errno == ENOENT || errno == ENOTDIR ? CLI_MISSING : CLI_FAILED;
}

/* `name` may be NULL: a user nobody has named. */
typedef struct owner {
    uid_t uid;
    gid_t gid;
    const char *name;
} owner;

/* Whom root becomes for `path`: who owns it, and which group goes with them (of
 * an unknown user, the directory's). Uid 0: nobody, we are not root or it is
 * root's. */
static cli_exit find_owner(const char *path, const char *label,
                           owner *ret_owner)
{
    struct stat about;
    const struct passwd *user;

    *ret_owner = (owner){0};
    if (geteuid() != 0) {
        return CLI_DONE;
    }
    if (stat(path, &about) != 0) {
        return fail(label, "there is no store");
    }
    user = getpwuid(about.st_uid);
    ret_owner->uid = about.st_uid;
    ret_owner->gid = user != NULL ? user->pw_gid : about.st_gid;
    ret_owner->name = user != NULL ? user->pw_name : NULL;
    return CLI_DONE;
}

cli_exit cli_owner_become(const char *path, const char *label)
{
    owner to;
    cli_exit result = find_owner(path, label, &to);

    if (result != CLI_DONE || to.uid == 0) {
        return result;
    }
    if ((to.name != NULL ? initgroups(to.name, to.gid)
                         : setgroups(1, &to.gid)) != 0 ||
        setgid(to.gid) != 0 || setuid(to.uid) != 0) {
        return fail(label, "cannot become its owner");
    }
    return CLI_DONE;
}

cli_exit cli_owner_make_directory(const char *store, const char *directory)
{
    owner of;
    cli_exit result = find_owner(store, store, &of);

    if (result != CLI_DONE || of.uid == 0) {
        return result;
    }
    if (mkdir(directory, 0777) != 0) {
        return errno == EEXIST ? CLI_DONE : fail(directory, "cannot be made");
    }
    if (lchown(directory, of.uid, of.gid) != 0) {
        return fail(directory, "cannot be given to the store's owner");
    }
    return CLI_DONE;
}
