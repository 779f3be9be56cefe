#include "save_exercise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exercise_fields.h"
#include "exercise_weave.h"
#include "file_out.h"
#include "ini_write.h"
#include "load_exercise.h"
#include "load_limits.h"
#include "load_posture.h"
#include "message_fail.h"

/* How much of it is said: what is not usual, or every key. */
enum extent { UNUSUAL, EVERY };

static int write_head(
    FILE *to, const struct plumb_exercise_sheet *sheet, const char *const *names, enum extent extent,
    struct plumb_message *message)
{
    size_t fields_n;
    const struct plumb_ini_field *fields = plumb_exercise_fields(&fields_n);
    struct plumb_exercise_sheet usual;
    plumb_exercise_sheet_usual(&usual);
    usual.exercise.judged = -1; /* the class is always said: nobody should have to know what is usual */
    int fail = 0;
    for (; *names && !fail; names++)
        fail = plumb_ini_write_section(
            to, *names, fields, fields_n, sheet, extent == EVERY ? NULL : &usual, message);
    return fail;
}

static int write_steps(
    FILE *to, const struct plumb_exercise *exercise, enum extent extent, struct plumb_message *message)
{
    size_t fields_n;
    const struct plumb_ini_field *fields = plumb_step_fields(&fields_n);
    struct plumb_step_sheet sheet, usual;
    plumb_step_sheet_usual(&usual);
    int fail = 0;
    for (int at = 0; at < exercise->steps_n && !fail; at++) {
        char name[24];
        snprintf(name, sizeof name, "step %d", at + 1);
        plumb_step_sheet_from(&sheet, &exercise->steps[at]);
        fail = plumb_ini_write_section(
            to, name, fields, fields_n, &sheet, extent == EVERY ? NULL : &usual, message);
    }
    return fail;
}

static int write_limits(
    FILE *to, const struct plumb_exercise *exercise, enum extent extent, struct plumb_message *message)
{
    return (extent == EVERY ? plumb_thresholds_write_every : plumb_thresholds_write)(
        to, &exercise->thresholds, message);
}

static int write_figure(
    FILE *to, const struct plumb_exercise *exercise, enum extent extent, struct plumb_message *message)
{
    return extent == EVERY ? plumb_posture_write_every(to, &exercise->posture, message)
                           : plumb_posture_write(to, &exercise->posture, exercise->pose, message);
}

static int
write_all(FILE *to, const struct plumb_exercise *exercise, enum extent extent, struct plumb_message *message)
{
    static const char *const before[] = {"exercise", "judge", NULL}, *const behind[] = {
                                                                         "words", "weight", "progress", NULL};
    struct plumb_exercise_sheet sheet;
    plumb_exercise_sheet_from(&sheet, exercise);
    fputs("# Every key is explained in example.exercise.\n", to);
    int fail = write_head(to, &sheet, before, extent, message);
    if (!fail)
        fail = write_limits(to, exercise, extent, message);
    if (!fail)
        fail = write_head(to, &sheet, behind, extent, message);
    if (!fail)
        fail = write_figure(to, exercise, extent, message);
    return fail ? fail : write_steps(to, exercise, extent, message);
}

static int check_pose(const struct plumb_exercise *exercise, struct plumb_message *message)
{
    if (!exercise->mirrored || exercise->pose == PLUMB_LYING_LEFT || exercise->pose == PLUMB_LYING_RIGHT)
        return 0;
    return plumb_message_fail(
        message, PLUMB_USAGE, "only lying on a side is another pose with the other leg, not %s",
        plumb_pose_words(exercise->pose));
}

static int write_text(
    const struct plumb_exercise *exercise, enum extent extent, char **text, size_t *n,
    struct plumb_message *message)
{
    *text = NULL;
    int fail = check_pose(exercise, message);
    FILE *to = fail ? NULL : open_memstream(text, n);
    if (!to)
        return fail ? fail : plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    fail = write_all(to, exercise, extent, message);
    int lost = ferror(to) != 0;
    lost |= fclose(to) != 0;
    if (!fail && lost)
        fail = plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    if (fail) {
        free(*text);
        *text = NULL;
    }
    return fail;
}

int plumb_exercise_write(
    const struct plumb_exercise *exercise, char **text, size_t *n, struct plumb_message *message)
{
    return write_text(exercise, UNUSUAL, text, n, message);
}

int plumb_exercise_write_every(
    const struct plumb_exercise *exercise, char **text, size_t *n, struct plumb_message *message)
{
    return write_text(exercise, EVERY, text, n, message);
}

/* 1 where the text, read, is the exercise that is written so; else 0, with what the reader says if anything.
 */
static int reads_back(
    const char *text, size_t n, const char *written, size_t written_n, const char *path,
    struct plumb_message *message)
{
    struct plumb_exercise back;
    char *again;
    size_t again_n;
    if (plumb_exercise_read(&back, path, text, n, message) ||
        plumb_exercise_write(&back, &again, &again_n, message))
        return 0;
    int same = again_n == written_n && !memcmp(again, written, written_n);
    free(again);
    return same;
}

static int check_back(const char *written, size_t n, const char *path, struct plumb_message *message)
{
    message->text[0] = '\0';
    if (reads_back(written, n, written, n, path, message))
        return 0;
    return message->text[0]
               ? PLUMB_DAMAGED
               : plumb_message_fail(message, PLUMB_USAGE, "%s: would not be read back as it is", path);
}

/* Puts the text woven into what lies at `like` in the place of the plain one. What cannot be read there, or
 * would not come back the same, leaves it as it is: nothing that was edited may be lost for a comment. */
static void take_comments(const struct plumb_exercise *exercise, const char *like, char **text, size_t *n)
{
    struct plumb_message nobody;
    char *woven;
    size_t woven_n;
    if (plumb_exercise_weave(exercise, like, &woven, &woven_n, &nobody))
        return;
    int good = reads_back(woven, woven_n, *text, *n, like, &nobody);
    free(good ? *text : woven);
    if (good) {
        *text = woven;
        *n = woven_n;
    }
}

int plumb_exercise_save(
    const struct plumb_exercise *exercise, const char *path, const char *like, struct plumb_message *message)
{
    char *text;
    size_t n;
    int fail = plumb_exercise_write(exercise, &text, &n, message);
    if (fail)
        return fail;
    fail = check_back(text, n, path, message);
    if (!fail && like)
        take_comments(exercise, like, &text, &n);
    if (!fail)
        fail = plumb_file_save_private(path, text, n, message);
    free(text);
    return fail;
}
