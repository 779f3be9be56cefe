/* Adding to a dataset that is there. All that is new is written into a hidden folder of the dataset, which no
 * reader of BIDS looks into:
 *
 *   .plumb-new     being written; whoever finds it without its writer throws it away
 *      | renamed: from here on the addition is made, whatever happens
 *   .plumb-ready   being moved to its places; whoever finds it without its writer goes on with that
 *
 * A session is whole in one rename. Only somebody's first session changes two things that have to fit, the
 * folder and the line of participants.tsv: meanwhile the dataset is told to be read without that table
 * (.bidsignore), so that it is valid at every moment.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../io/file_read.h"
#include "../io/message_fail.h"
#include "bids_parts.h"

#define NEW    ".plumb-new"
#define READY  ".plumb-ready"
#define IGNORE ".bidsignore"
#define PEOPLE "participants." /* how the names of both tables begin */
#define TABLE  PEOPLE "new.tsv"

static const char hidden[] = "# until plumb export has added somebody\n" PLUMB_BIDS_PEOPLE "\n";

static int inside(
    const struct plumb_bids *bids, const char *name, char out[PLUMB_PLACE_N], struct plumb_message *message)
{
    if (snprintf(out, PLUMB_PLACE_N, "%s/%s", bids->job.path, name) < PLUMB_PLACE_N)
        return 0;
    return plumb_message_fail(message, PLUMB_USAGE, "%s: the names below it get too long", bids->job.path);
}

static int cannot(const char *path, struct plumb_message *message)
{
    return plumb_file_refused(path, errno, message);
}

/* ---- participants.tsv aside */

/* A small file's text, owned; NULL where there is none. 0 or negative. */
static int read_text(char **text, const char *path, struct plumb_message *message)
{
    size_t n;
    *text = NULL;
    return access(path, F_OK) ? 0 : plumb_file_read(text, &n, path, PLUMB_BIDS_TABLE_MOST, message);
}

/* The first before_n bytes of one text and all of another; no file where that is nothing. */
static int save_joined(
    const char *path, const char *before, size_t before_n, const char *after, struct plumb_message *message)
{
    size_t n = before_n + strlen(after);
    char *text = malloc(n + 1);
    if (!text)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
    memcpy(text, before, before_n);
    strcpy(text + before_n, after);
    int fail = n ? plumb_file_save(path, text, n, message) : unlink(path) ? cannot(path, message) : 0;
    free(text);
    return fail;
}

/* Puts our two lines into .bidsignore, or takes them out. */
static int hide_people(const struct plumb_bids *bids, int hide, struct plumb_message *message)
{
    char path[PLUMB_PLACE_N], *text = NULL;
    int fail = inside(bids, IGNORE, path, message);
    if (!fail)
        fail = read_text(&text, path, message);
    const char *ours = text ? strstr(text, hidden) : NULL;
    if (!fail && hide && !ours)
        fail = save_joined(path, text ? text : "", text ? strlen(text) : 0, hidden, message);
    if (!fail && !hide && ours)
        fail = save_joined(path, text, (size_t)(ours - text), ours + strlen(hidden), message);
    free(text);
    return fail;
}

/* ---- the lines of those who are new */

/* Adds each line to the table of that path and text. *n: how many it did not have; only counted where `path`
 * is NULL. */
static int add_lines(char *lines, const char *path, const char *table, int *n, struct plumb_message *message)
{
    char *rest = NULL;
    int fail = 0;
    strtok_r(lines, "\n", &rest); /* the header */
    for (char *line; !fail && (line = strtok_r(NULL, "\n", &rest));) {
        char key[PLUMB_NAME_N + 8];
        snprintf(key, sizeof key, "%.*s", (int)strcspn(line, "\t"), line);
        *n += !table || !plumb_bids_has_line(table, key);
        fail = path ? plumb_bids_add_line(path, PLUMB_BIDS_PEOPLE_HEADER, key, line, message) : 0;
    }
    return fail;
}

/* The table with those who are new is made in `ready` and moved. */
static int
add_new(char *lines, const char *table, const char *ready, const char *to, struct plumb_message *message)
{
    char path[PLUMB_PLACE_N + 20];
    int n = 0;
    snprintf(path, sizeof path, "%s/" TABLE, ready);
    int fail = table ? plumb_file_save(path, table, strlen(table), message) : 0;
    if (!fail)
        fail = add_lines(lines, path, table, &n, message);
    return fail || !n || rename(path, to) == 0 ? fail : cannot(to, message);
}

/* *n: how many are not in the dataset's table; they are added where `really`. */
static int add_people(
    const struct plumb_bids *bids, const char *ready, int really, int *n, struct plumb_message *message)
{
    char from[PLUMB_PLACE_N + 20], to[PLUMB_PLACE_N], *lines = NULL, *table = NULL;
    snprintf(from, sizeof from, "%s/" PLUMB_BIDS_PEOPLE, ready);
    int fail = inside(bids, PLUMB_BIDS_PEOPLE, to, message);
    *n = 0;
    if (!fail)
        fail = read_text(&lines, from, message);
    if (!fail)
        fail = read_text(&table, to, message);
    if (!fail && lines)
        fail = really ? add_new(lines, table, ready, to, message) : add_lines(lines, NULL, table, n, message);
    free(lines);
    free(table);
    return fail;
}

/* ---- moving */

static int move_all(const char *from, const char *to, struct plumb_message *message);

/* In one step where nothing of that name is there; else what is in it. */
static int move_one(const char *from, const char *to, struct plumb_message *message)
{
    struct stat status;
    if (rename(from, to) == 0)
        return 0;
    int error = errno;
    if (stat(to, &status) || !S_ISDIR(status.st_mode))
        return plumb_file_refused(to, error, message);
    int fail = move_all(from, to, message);
    return fail || rmdir(from) == 0 ? fail : cannot(from, message);
}

static int move_all(const char *from, const char *to, struct plumb_message *message)
{
    char source[PLUMB_PLACE_N], place[PLUMB_PLACE_N];
    DIR *folder = opendir(from);
    int fail = folder ? 0 : cannot(from, message);
    for (struct dirent *entry; !fail && (entry = readdir(folder));) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strncmp(name, PEOPLE, strlen(PEOPLE)) == 0)
            continue; /* the table is not moved but added to */
        int fits = snprintf(source, sizeof source, "%s/%s", from, name) < (int)sizeof source &&
                   snprintf(place, sizeof place, "%s/%s", to, name) < (int)sizeof place;
        fail = fits ? move_one(source, place, message)
                    : plumb_message_fail(message, PLUMB_USAGE, "%s: the names below it get too long", to);
    }
    if (folder)
        closedir(folder);
    return fail;
}

/* Everything of .plumb-ready to where it belongs; may have been begun before. */
static int settle(const struct plumb_bids *bids, const char *ready, struct plumb_message *message)
{
    int new_n, fail = add_people(bids, ready, 0, &new_n, message);
    if (!fail && new_n)
        fail = hide_people(bids, 1, message);
    if (!fail)
        fail = move_all(ready, bids->job.path, message);
    if (!fail)
        fail = add_people(bids, ready, 1, &new_n, message);
    if (!fail)
        fail = hide_people(bids, 0, message);
    if (!fail)
        plumb_place_remove(ready);
    return fail;
}

/* ---- beginning, end */

/* One at a time: what lies about has no writer then. A file system that cannot lock goes without. */
static int take_turn(struct plumb_bids *bids, struct plumb_message *message)
{
    char sign[PLUMB_PLACE_N];
    int fail = inside(bids, PLUMB_BIDS_SIGN, sign, message);
    bids->turn = fail ? -1 : open(sign, O_RDONLY | O_CLOEXEC);
    if (bids->turn < 0 || flock(bids->turn, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return fail;
    return plumb_message_fail(
        message, PLUMB_USAGE, "%s: another export is adding to it; try again when that is done",
        bids->job.path);
}

/* What a killed export left. */
static int tidy(const struct plumb_bids *bids, struct plumb_message *message)
{
    char ready[PLUMB_PLACE_N];
    int fail = inside(bids, READY, ready, message);
    if (!fail && access(ready, F_OK) == 0)
        fail = settle(bids, ready, message);
    if (!fail)
        plumb_place_remove(bids->base);
    return fail;
}

int plumb_bids_append_begin(struct plumb_bids *bids, struct plumb_message *message)
{
    int fail = inside(bids, NEW, bids->base, message);
    if (!fail)
        fail = take_turn(bids, message);
    if (fail || bids->job.dry_run)
        return fail;
    fail = tidy(bids, message);
    if (!fail && mkdir(bids->base, 0777))
        fail = cannot(bids->base, message);
    bids->adding = !fail;
    return fail;
}

/* A table that cannot be written shall be known before anything has its place. */
static int check_table(const struct plumb_bids *bids, struct plumb_message *message)
{
    char path[PLUMB_PLACE_N], *text = NULL;
    int fail = inside(bids, PLUMB_BIDS_PEOPLE, path, message);
    if (!fail)
        fail = read_text(&text, path, message);
    free(text);
    return fail;
}

int plumb_bids_append_take(struct plumb_bids *bids, struct plumb_message *message)
{
    char ready[PLUMB_PLACE_N];
    int fail = inside(bids, READY, ready, message);
    if (fail || bids->job.dry_run)
        return fail;
    fail = check_table(bids, message);
    if (!fail && rename(bids->base, ready))
        fail = cannot(ready, message);
    return fail ? fail : settle(bids, ready, message);
}

void plumb_bids_append_drop(struct plumb_bids *bids)
{
    if (bids->adding)
        plumb_place_remove(bids->base);
    if (bids->turn >= 0)
        close(bids->turn);
}
