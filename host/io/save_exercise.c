#include "save_exercise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exercise_fields.h"
#include "file_out.h"
#include "ini_write.h"
#include "load_exercise.h"
#include "load_limits.h"
#include "load_posture.h"
#include "message_fail.h"

static int write_head(
    FILE *to, const struct plumb_exercise_sheet *sheet, const char *const *names,
    struct plumb_message *message)
{
    size_t fields_n;
    const struct plumb_ini_field *fields = plumb_exercise_fields(&fields_n);
    struct plumb_exercise_sheet usual;
    plumb_exercise_sheet_usual(&usual);
    usual.exercise.judged = -1; /* the class is always said: nobody should have to know what is usual */
    int fail = 0;
    for (; *names && !fail; names++)
        fail = plumb_ini_write_section(to, *names, fields, fields_n, sheet, &usual, message);
    return fail;
}

static int write_steps(FILE *to, const struct plumb_exercise *exercise, struct plumb_message *message)
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
        fail = plumb_ini_write_section(to, name, fields, fields_n, &sheet, &usual, message);
    }
    return fail;
}

static int write_all(FILE *to, const struct plumb_exercise *exercise, struct plumb_message *message)
{
    static const char *const before[] = {"exercise", "judge", NULL}, *const behind[] = {
                                                                         "words", "weight", "progress", NULL};
    struct plumb_exercise_sheet sheet;
    plumb_exercise_sheet_from(&sheet, exercise);
    fputs("# Every key is explained in example.exercise.\n", to);
    int fail = write_head(to, &sheet, before, message);
    if (!fail)
        fail = plumb_thresholds_write(to, &exercise->thresholds, message);
    if (!fail)
        fail = write_head(to, &sheet, behind, message);
    if (!fail)
        fail = plumb_posture_write(to, &exercise->posture, exercise->pose, message);
    return fail ? fail : write_steps(to, exercise, message);
}

static int check_pose(const struct plumb_exercise *exercise, struct plumb_message *message)
{
    if (!exercise->mirrored || exercise->pose == PLUMB_LYING_LEFT || exercise->pose == PLUMB_LYING_RIGHT)
        return 0;
    return plumb_message_fail(
        message, PLUMB_USAGE, "only lying on a side is another pose with the other leg, not %s",
        plumb_pose_words(exercise->pose));
}

int plumb_exercise_write(
    const struct plumb_exercise *exercise, char **text, size_t *n, struct plumb_message *message)
{
    *text = NULL;
    int fail = check_pose(exercise, message);
    FILE *to = fail ? NULL : open_memstream(text, n);
    if (!to)
        return fail ? fail : plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    fail = write_all(to, exercise, message);
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

/* Reads the text and writes what was read: it has to be the same text again. */
static int check_back(const char *text, size_t n, const char *path, struct plumb_message *message)
{
    struct plumb_exercise back;
    char *again;
    size_t again_n;
    int fail = plumb_exercise_read(&back, path, text, n, message);
    if (!fail)
        fail = plumb_exercise_write(&back, &again, &again_n, message);
    if (fail)
        return fail;
    if (again_n != n || memcmp(again, text, n) != 0)
        fail = plumb_message_fail(message, PLUMB_USAGE, "%s: would not be read back as it is", path);
    free(again);
    return fail;
}

int plumb_exercise_save(
    const struct plumb_exercise *exercise, const char *path, struct plumb_message *message)
{
    char *text;
    size_t n;
    int fail = plumb_exercise_write(exercise, &text, &n, message);
    if (fail)
        return fail;
    fail = check_back(text, n, path, message);
    if (!fail)
        fail = plumb_file_save_private(path, text, n, message);
    free(text);
    return fail;
}
