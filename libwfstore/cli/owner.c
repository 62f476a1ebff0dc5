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

/* Who owns `path`, and which group goes with them: of an unknown user, the
 * directory's. */
static cli_exit find_owner(const char *path, const char *label, uid_t *ret_uid,
                           gid_t *ret_gid, const char **ret_name)
{
    struct stat about;
    const struct passwd *user;

    if (stat(path, &about) != 0) {
        return fail(label, "there is no store");
    }
    user = getpwuid(about.st_uid);
    *ret_uid = about.st_uid;
    *ret_gid = user != NULL ? user->pw_gid : about.st_gid;
    *ret_name = user != NULL ? user->pw_name : NULL;
    return CLI_DONE;
}

cli_exit cli_owner_become(const char *path, const char *label)
{
    uid_t uid;
    gid_t gid;
    const char *name;
    cli_exit result;

    if (geteuid() != 0) {
        return CLI_DONE;
    }
    result = find_owner(path, label, &uid, &gid, &name);
    if (result != CLI_DONE || uid == 0) {
        return result;
    }
    if ((name != NULL ? initgroups(name, gid) : setgroups(1, &gid)) != 0 ||
        setgid(gid) != 0 || setuid(uid) != 0) {
        return fail(label, "cannot become its owner");
    }
    return CLI_DONE;
}

cli_exit cli_owner_make_directory(const char *store, const char *directory)
{
    uid_t uid;
    gid_t gid;
    const char *name;
    cli_exit result;

    if (geteuid() != 0) {
        return CLI_DONE;
    }
    result = find_owner(store, store, &uid, &gid, &name);
    if (result != CLI_DONE || uid == 0) {
        return result;
    }
    if (mkdir(directory, 0777) != 0) {
        return errno == EEXIST ? CLI_DONE : fail(directory, "cannot be made");
    }
    if (lchown(directory, uid, gid) != 0) {
        return fail(directory, "cannot be given to the store's owner");
    }
    return CLI_DONE;
}
