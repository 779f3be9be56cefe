#include "own_exercise.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_out.h"
#include "file_read.h"
#include "load_exercise.h"
#include "message_fail.h"
#include "save_exercise.h"

#define KIND       "exercises"
#define ID_N       sizeof(((struct plumb_exercise *)0)->id)
#define HIDDEN     "example" /* lists leave out ids that begin so */
#define MOST_ALIKE 100u

static int path_in(int which, const char *id, const char *ending, char path[PLUMB_PATH_N])
{
    char folder[PLUMB_PATH_N];
    if (!plumb_data_is_id(id) || plumb_data_folder(KIND, which, folder))
        return -1;
    return snprintf(path, PLUMB_PATH_N, "%s/%s%s", folder, id, ending) < PLUMB_PATH_N ? 0 : -1;
}

int plumb_own_exercise_path(const char *id, const char *ending, char path[PLUMB_PATH_N])
{
    return path_in(0, id, ending, path);
}

int plumb_shipped_exercise_path(const char *id, char path[PLUMB_PATH_N])
{
    return path_in(1, id, PLUMB_EXERCISE_ENDING, path);
}

static int is_there(int which, const char *id, const char *ending)
{
    char path[PLUMB_PATH_N];
    return path_in(which, id, ending, path) == 0 && access(path, F_OK) == 0;
}

void plumb_own_exercise_look(const char *id, struct plumb_own_exercise *there)
{
    *there = (struct plumb_own_exercise){
        .own = is_there(0, id, PLUMB_EXERCISE_ENDING),
        .shipped = is_there(1, id, PLUMB_EXERCISE_ENDING),
        .aside = is_there(0, id, PLUMB_EXERCISE_ASIDE)};
}

static int refuse_id(const char *id, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_USAGE, "\"%s\" is no id: it wants letters, digits and dashes", id);
}

int plumb_own_exercise_edited(const char *id, char path[PLUMB_PATH_N])
{
    struct plumb_exercise exercise;
    struct plumb_message nobody;
    if (plumb_own_exercise_path(id, PLUMB_EXERCISE_ENDING, path) == 0 &&
        plumb_exercise_load(&exercise, path, &nobody) == 0)
        return 0;
    return plumb_shipped_exercise_path(id, path);
}

static int
make_path(const char *id, const char *ending, char path[PLUMB_PATH_N], struct plumb_message *message)
{
    if (plumb_own_exercise_path(id, ending, path))
        return refuse_id(id, message);
    int fail = plumb_data_make(KIND, path, message);
    return fail ? fail : plumb_own_exercise_path(id, ending, path);
}

int plumb_own_exercise_save(
    const struct plumb_exercise *exercise, const char *like, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    int fail = make_path(exercise->id, PLUMB_EXERCISE_ENDING, path, message);
    return fail ? fail : plumb_exercise_save(exercise, path, like, message);
}

static int is_same_file(const char *path, const char *other)
{
    struct stat a, b;
    return !stat(path, &a) && !stat(other, &b) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

int plumb_own_exercise_is(const char *id, const char *path)
{
    char edited[PLUMB_PATH_N];
    return plumb_own_exercise_edited(id, edited) == 0 && is_same_file(path, edited);
}

/* ---- what is unfinished */

int plumb_own_exercise_keep(const struct plumb_exercise *exercise, struct plumb_message *message)
{
    char path[PLUMB_PATH_N], *text;
    size_t n;
    int fail = make_path(exercise->id, PLUMB_EXERCISE_DRAFT, path, message);
    if (fail)
        return fail;
    fail = plumb_exercise_write(exercise, &text, &n, message);
    if (fail)
        return fail;
    fail = plumb_file_save_private(path, text, n, message);
    free(text);
    return fail;
}

int plumb_own_exercise_recall(const char *id, struct plumb_exercise *exercise, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    if (!is_there(0, id, PLUMB_EXERCISE_DRAFT))
        return 0;
    plumb_own_exercise_path(id, PLUMB_EXERCISE_DRAFT, path);
    int fail = plumb_exercise_load_unfinished(exercise, path, message);
    return fail ? fail : 1;
}

void plumb_own_exercise_forget(const char *id)
{
    char path[PLUMB_PATH_N];
    if (plumb_own_exercise_path(id, PLUMB_EXERCISE_DRAFT, path) == 0)
        unlink(path);
}

/* ---- aside and back */

static int give_name(const char *id, const char *from, const char *to, struct plumb_message *message)
{
    char old_path[PLUMB_PATH_N], new_path[PLUMB_PATH_N];
    if (plumb_own_exercise_path(id, from, old_path) || plumb_own_exercise_path(id, to, new_path))
        return refuse_id(id, message);
    return rename(old_path, new_path) ? plumb_file_refused(old_path, errno, message) : 0;
}

int plumb_own_exercise_set_aside(const char *id, struct plumb_message *message)
{
    return give_name(id, PLUMB_EXERCISE_ENDING, PLUMB_EXERCISE_ASIDE, message);
}

int plumb_own_exercise_take_back(const char *id, struct plumb_message *message)
{
    struct plumb_own_exercise there;
    plumb_own_exercise_look(id, &there);
    if (there.own)
        return plumb_message_fail(
            message, PLUMB_USAGE, "there is a \"%s\" of your own by now, and it stays", id);
    return give_name(id, PLUMB_EXERCISE_ASIDE, PLUMB_EXERCISE_ENDING, message);
}

/* ---- new ids */

static int is_taken(const char *id)
{
    struct plumb_own_exercise there;
    plumb_own_exercise_look(id, &there);
    return there.own || there.shipped || there.aside;
}

/* "Edge of table, mine" -> "edge-of-table-mine"; room for "-99" stays. */
static void slug(const char *name, char out[ID_N])
{
    size_t n = 0, room = ID_N - sizeof "-99";
    for (; *name && n < room; name++) {
        char c = *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c;
        else if (n && out[n - 1] != '-')
            out[n++] = '-';
    }
    while (n && out[n - 1] == '-')
        n--;
    out[n] = '\0';
    if (!n || !strncmp(out, HIDDEN, sizeof HIDDEN - 1))
        strcpy(out, "exercise");
}

int plumb_own_exercise_new_id(const char *name, char id[48])
{
    char base[ID_N];
    slug(name, base);
    strcpy(id, base);
    for (unsigned i = 2; is_taken(id) && i < MOST_ALIKE; i++)
        snprintf(id, ID_N, "%.44s-%u", base, i % MOST_ALIKE);
    return is_taken(id) ? -1 : 0;
}
