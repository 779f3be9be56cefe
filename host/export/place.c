#include "place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../io/file_read.h"
#include "../io/message_fail.h"

void plumb_place_remove(const char *path)
{
    char inside[PLUMB_PLACE_N];
    DIR *folder = unlink(path) && errno != ENOENT ? opendir(path) : NULL;
    if (!folder)
        return;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name) < (int)sizeof inside)
            plumb_place_remove(inside);
    closedir(folder);
    rmdir(path);
}

static int refused(const char *path, struct plumb_message *message)
{
    int error = errno;
    if (error == ENOENT)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: there is no such folder", path);
    if (error == ENOSPC || error == EDQUOT)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: the disk is full; nothing was written", path);
    return plumb_file_refused(path, error, message);
}

static int holds(const char *folder, const char *sign)
{
    char path[PLUMB_PLACE_N];
    return sign && snprintf(path, sizeof path, "%s/%s", folder, sign) < (int)sizeof path &&
           access(path, F_OK) == 0;
}

int plumb_place_check(
    const struct plumb_export_job *job, enum plumb_place_kind kind, const char *sign,
    struct plumb_message *message)
{
    struct stat status;
    if (stat(job->path, &status))
        return 0;
    int is_folder = S_ISDIR(status.st_mode);
    if (is_folder != (kind == PLUMB_PLACE_FOLDER) && (is_folder || S_ISREG(status.st_mode)))
        return plumb_message_fail(
            message, PLUMB_USAGE,
            is_folder ? "%s: wants a file, found a folder" : "%s: wants a folder, found a file", job->path);
    if (!job->force && (is_folder || S_ISREG(status.st_mode)))
        return plumb_message_fail(
            message, PLUMB_USAGE, "%s: is already there; --force goes over it", job->path);
    if (is_folder && !holds(job->path, sign))
        return plumb_message_fail(
            message, PLUMB_USAGE, "%s: is a folder that no such export made (it has no %s); it stays",
            job->path, sign ? sign : "sign");
    return 0;
}

/* The path without the slashes at its end. */
static int set_names(struct plumb_place *place, const char *path, struct plumb_message *message)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    if (!n || n + sizeof ".part" > sizeof place->part)
        return plumb_message_fail(message, PLUMB_USAGE, "%s: is no name that a file can have", path);
    memcpy(place->path, path, n);
    place->path[n] = '\0';
    snprintf(place->part, sizeof place->part, "%.*s.part", (int)n, path);
    return 0;
}

int plumb_place_begin(
    struct plumb_place *place, const struct plumb_export_job *job, enum plumb_place_kind kind,
    const char *sign, struct plumb_message *message)
{
    *place = (struct plumb_place){.kind = kind, .dry_run = job->dry_run};
    int fail = plumb_place_check(job, kind, sign, message);
    if (!fail)
        fail = set_names(place, job->path, message);
    if (fail || job->dry_run)
        return fail;
    plumb_place_remove(place->part);
    if (kind == PLUMB_PLACE_FOLDER && mkdir(place->part, 0777))
        fail = refused(place->part, message);
    return fail;
}

/* Makes the folders above a path inside the place. */
static int make_folders(char *path, size_t from, struct plumb_message *message)
{
    for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int made = mkdir(path, 0777) == 0 || errno == EEXIST;
        int fail = made ? 0 : refused(path, message);
        *slash = '/';
        if (fail)
            return fail;
    }
    return 0;
}

int plumb_place_inside(
    const struct plumb_place *place, const char *name, char out[PLUMB_PLACE_N], struct plumb_message *message)
{
    const char *base = place->dry_run ? place->path : place->part;
    if (snprintf(out, PLUMB_PLACE_N, "%s/%s", base, name) >= PLUMB_PLACE_N)
        return plumb_message_fail(message, PLUMB_USAGE, "%s: the names below it get too long", place->path);
    return place->dry_run ? 0 : make_folders(out, strlen(base) + 1, message);
}

static int sync_file(const struct plumb_place *place, struct plumb_message *message)
{
    int fd = open(place->part, O_RDONLY | O_CLOEXEC);
    int fail = fd < 0 || fsync(fd) ? refused(place->part, message) : 0;
    if (fd >= 0)
        close(fd);
    return fail;
}

/* A folder cannot be renamed over a full one: the old one steps aside first, and back when that fails. */
static int take_name(const struct plumb_place *place, struct plumb_message *message)
{
    char aside[PLUMB_PLACE_N + 8];
    snprintf(aside, sizeof aside, "%s.old", place->path);
    int moved = place->kind == PLUMB_PLACE_FOLDER && access(place->path, F_OK) == 0;
    if (moved) {
        plumb_place_remove(aside);
        if (rename(place->path, aside))
            return refused(place->path, message);
    }
    if (rename(place->part, place->path) == 0) {
        if (moved)
            plumb_place_remove(aside);
        return 0;
    }
    int fail = refused(place->path, message);
    if (moved && rename(aside, place->path))
        plumb_message_fail(message, fail, "%s: what was there is now %s", place->path, aside);
    return fail;
}

int plumb_place_take(struct plumb_place *place, struct plumb_message *message)
{
    if (place->dry_run)
        return 0;
    int fail = sync_file(place, message);
    if (!fail)
        fail = take_name(place, message);
    if (fail)
        plumb_place_drop(place);
    return fail;
}

void plumb_place_drop(struct plumb_place *place)
{
    if (!place->dry_run && place->part[0])
        plumb_place_remove(place->part);
}
