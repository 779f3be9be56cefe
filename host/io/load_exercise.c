#include "load_exercise.h"

#include <string.h>

#include "exercise_fields.h"
#include "ini.h"
#include "load_limits.h"
#include "load_posture.h"

/* The first line of that section; of a file without it, its first line. */
static int section_line(const struct plumb_ini *ini, const char *name)
{
    const struct plumb_ini_section *section = plumb_ini_next(ini, name, NULL);
    return section ? section->line : 1;
}

static int check_judged(
    const struct plumb_ini *ini, const struct plumb_exercise *exercise, struct plumb_message *message)
{
    int line = section_line(ini, "judge");
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        if (exercise->judges >> kind & 1u && !plumb_pose_shows(exercise->pose, (enum plumb_flag_kind)kind))
            return plumb_ini_refuse(
                ini, line, message, "%s cannot be judged %s: gravity does not show it",
                plumb_flag_name((enum plumb_flag_kind)kind), plumb_pose_words(exercise->pose));
    if (exercise->judged && !exercise->judges)
        return plumb_ini_refuse(ini, line, message, "a judged exercise wants a flag under [judge]");
    if ((exercise->weight.from_kg > 0 || exercise->weight.to_kg > 0) && !exercise->weight.where[0])
        return plumb_ini_refuse(
            ini, section_line(ini, "weight"), message, "a weight wants where: thigh, ankle");
    if (exercise->weight.from_kg > exercise->weight.to_kg)
        return plumb_ini_refuse(ini, section_line(ini, "weight"), message, "from_kg must not be above to_kg");
    return 0;
}

/* ---- steps */

/* What a kind of step cannot do without; NULL when nothing is missing. */
static const char *missing(const struct plumb_exercise *exercise, const struct plumb_step *step)
{
    switch (step->kind) {
    case PLUMB_STEP_HOLD:
        return step->in_zone_s > 0 ? NULL : "a hold wants in_zone_s above 0";
    case PLUMB_STEP_TILTS:
        return step->count >= 3 ? NULL : "tilts wants a count of at least 3";
    case PLUMB_STEP_CONTRACT:
        return step->for_s > 0 ? NULL : "contract wants for_s above 0";
    case PLUMB_STEP_REPS:
    case PLUMB_STEP_BREATHS:
        return step->count > 0 ? NULL : "reps and breaths want a count";
    case PLUMB_STEP_AGAIN:
        return (step->count >= 2 || step->count_most >= 2) && step->count >= 1 && step->back_to >= 1 &&
                       step->back_to <= exercise->steps_n
                   ? NULL
                   : "again wants back_to an earlier step and count 2 or more";
    default:
        return NULL;
    }
}

static int has_neutral(const struct plumb_exercise *exercise)
{
    for (int at = 0; at < exercise->steps_n; at++)
        if (exercise->steps[at].kind == PLUMB_STEP_NEUTRAL)
            return 1;
    return 0;
}

static int check_step(
    const struct plumb_ini *ini, int line, const struct plumb_exercise *exercise,
    const struct plumb_step *step, struct plumb_message *message)
{
    const char *lack = missing(exercise, step);
    int hold = step->kind == PLUMB_STEP_HOLD && exercise->judged;
    if (lack)
        return plumb_ini_refuse(ini, line, message, "%s", lack);
    if ((hold || step->kind == PLUMB_STEP_REPS || step->kind == PLUMB_STEP_BREATHS) && !has_neutral(exercise))
        return plumb_ini_refuse(ini, line, message, "a step with do = neutral has to come before this one");
    if (step->in_zone_most_s > 0 && step->in_zone_most_s < step->in_zone_s)
        return plumb_ini_refuse(ini, line, message, "in_zone_most_s must not be below in_zone_s");
    if (step->count_most > 0 && step->count_most < step->count)
        return plumb_ini_refuse(ini, line, message, "count_most must not be below count");
    return 0;
}

/* How much has to be right: all that a person could do by it, or only what a file can hold. */
enum rigour { WHOLE, UNFINISHED };

static int read_step(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, struct plumb_exercise *exercise,
    enum rigour rigour, struct plumb_message *message)
{
    size_t fields_n;
    const struct plumb_ini_field *fields = plumb_step_fields(&fields_n);
    struct plumb_step_sheet sheet;
    plumb_step_sheet_usual(&sheet);
    int fail = plumb_ini_read_section(ini, section, fields, fields_n, &sheet, message);
    if (!fail && rigour == WHOLE)
        fail = check_step(ini, section->line, exercise, &sheet.step, message);
    plumb_step_sheet_into(&exercise->steps[exercise->steps_n], &sheet);
    exercise->steps_n += !fail;
    return fail;
}

/* The other side begins behind the calibration: how the clip sits does not change with the leg. */
static void find_other_side(struct plumb_exercise *exercise)
{
    for (int at = 0; at < exercise->steps_n; at++)
        if (exercise->steps[at].kind == PLUMB_STEP_TILTS || exercise->steps[at].kind == PLUMB_STEP_ARCH)
            exercise->other_side_from = at + 1;
}

static int read_steps(
    const struct plumb_ini *ini, struct plumb_exercise *exercise, enum rigour rigour,
    struct plumb_message *message)
{
    const struct plumb_ini_section *section = NULL;
    while ((section = plumb_ini_next(ini, "step", section))) {
        if (exercise->steps_n == PLUMB_EXERCISE_STEPS_N)
            return plumb_ini_refuse(
                ini, section->line, message, "more than %d steps", PLUMB_EXERCISE_STEPS_N);
        int fail = read_step(ini, section, exercise, rigour, message);
        if (fail)
            return fail;
    }
    find_other_side(exercise);
    return exercise->steps_n || rigour == UNFINISHED
               ? 0
               : plumb_ini_refuse(ini, 1, message, "an exercise wants at least one [step N]");
}

/* ---- the whole */

/* An unfinished one may want what it cannot do without. Returns `fields`, or their copy. */
static const struct plumb_ini_field *
wanting(const struct plumb_ini_field *fields, size_t n, struct plumb_ini_field copy[], enum rigour rigour)
{
    if (rigour == WHOLE)
        return fields;
    for (size_t i = 0; i < n; i++) {
        copy[i] = fields[i];
        copy[i].required = false;
    }
    return copy;
}

static int read_head(
    const struct plumb_ini *ini, struct plumb_exercise *exercise, enum rigour rigour,
    struct plumb_message *message)
{
    static const char *const repeated[] = {"step", "thresholds", "figure", NULL};
    struct plumb_ini_field copy[PLUMB_EXERCISE_FIELDS_MOST];
    size_t fields_n;
    const struct plumb_ini_field *fields = plumb_exercise_fields(&fields_n);
    struct plumb_exercise_sheet sheet;
    plumb_exercise_sheet_usual(&sheet);
    int fail =
        plumb_ini_read(ini, wanting(fields, fields_n, copy, rigour), fields_n, repeated, &sheet, message);
    plumb_exercise_sheet_into(exercise, &sheet);
    return fail;
}

static int read_limits(
    const struct plumb_ini *ini, struct plumb_exercise *exercise, enum rigour rigour,
    struct plumb_message *message)
{
    const struct plumb_ini_section *thresholds = plumb_ini_next(ini, "thresholds", NULL);
    if (!thresholds)
        return 0;
    if (*plumb_ini_label(thresholds))
        return plumb_ini_refuse(
            ini, thresholds->line, message, "thresholds of a side or person belong in a file of limits");
    return (rigour == WHOLE ? plumb_thresholds_read : plumb_thresholds_read_unfinished)(
        ini, thresholds, &exercise->thresholds, message);
}

static int read_exercise(
    const struct plumb_ini *ini, struct plumb_exercise *exercise, enum rigour rigour,
    struct plumb_message *message)
{
    int fail = read_head(ini, exercise, rigour, message);
    if (!fail)
        fail = read_limits(ini, exercise, rigour, message);
    if (!fail)
        fail = plumb_posture_read(
            ini, plumb_ini_next(ini, "figure", NULL), exercise->pose, &exercise->posture, message);
    if (!fail && rigour == WHOLE)
        fail = check_judged(ini, exercise, message);
    return fail ? fail : read_steps(ini, exercise, rigour, message);
}

static int take(
    struct plumb_exercise *exercise, struct plumb_ini *ini, enum rigour rigour, struct plumb_message *message)
{
    struct plumb_exercise read;
    int fail = read_exercise(ini, &read, rigour, message);
    if (!fail)
        *exercise = read;
    plumb_ini_free(ini);
    return fail;
}

int plumb_exercise_load(struct plumb_exercise *exercise, const char *path, struct plumb_message *message)
{
    struct plumb_ini ini;
    int fail = plumb_ini_load(&ini, path, message);
    return fail ? fail : take(exercise, &ini, WHOLE, message);
}

int plumb_exercise_read(
    struct plumb_exercise *exercise, const char *name, const char *text, size_t n,
    struct plumb_message *message)
{
    struct plumb_ini ini = {0};
    int fail = plumb_ini_parse(&ini, name, text, n, message);
    return fail ? fail : take(exercise, &ini, WHOLE, message);
}

int plumb_exercise_load_unfinished(
    struct plumb_exercise *exercise, const char *path, struct plumb_message *message)
{
    struct plumb_ini ini;
    int fail = plumb_ini_load(&ini, path, message);
    return fail ? fail : take(exercise, &ini, UNFINISHED, message);
}
