#include "load_exercise.h"

#include <math.h>
#include <string.h>

#include "../core/units.h"
#include "ini.h"

#define SMALLEST_DEG 2.0 /* below is noise: EVIDENCE, "What follows", 2 */
#define LARGEST_DEG  60.0
#define LONGEST_S    3600.0

static const char *const class_choices[] = {"companion", "judged", NULL};
static const char *const pose_choices[] = {"supine", "prone", "upright", "lying-left", "lying-right", NULL};
static const char *const step_choices[] = {"say",  "still", "tilts", "arch", "neutral",
                                           "move", "hold",  "again", NULL};

/* The file's own shape: degrees and switches, before they become the exercise. */
struct sheet {
    struct plumb_exercise exercise;
    bool judges[PLUMB_FLAGS_N];
    double amber_deg, red_deg, release_deg, immediate_deg, posterior_deg, turn_amber_deg, turn_red_deg;
};

#define HEAD(key, kind, member, ...)                                                                         \
    {                                                                                                        \
        "exercise", key, kind, offsetof(struct sheet, exercise.member), __VA_ARGS__                          \
    }
#define JUDGE(key, flag)                                                                                     \
    {                                                                                                        \
        "judge", key, PLUMB_INI_BOOL, offsetof(struct sheet, judges) + (flag) * sizeof(bool), 0, 0, false,   \
            0, 0, NULL                                                                                       \
    }
#define ANGLE(key, member)                                                                                   \
    {                                                                                                        \
        "thresholds", key, PLUMB_INI_DOUBLE, offsetof(struct sheet, member), SMALLEST_DEG, LARGEST_DEG,      \
            false, 0, 0, NULL                                                                                \
    }
#define DWELL(key, member)                                                                                   \
    {                                                                                                        \
        "thresholds", key, PLUMB_INI_DOUBLE, offsetof(struct sheet, exercise.thresholds.member), 0, 10,      \
            false, 0, 0, NULL                                                                                \
    }

static const struct plumb_ini_field sheet_fields[] = {
    HEAD("id", PLUMB_INI_TEXT, id, 0, 0, true, sizeof(((struct plumb_exercise *)0)->id), 0, NULL),
    HEAD("name", PLUMB_INI_TEXT, name, 0, 0, true, sizeof(((struct plumb_exercise *)0)->name), 0, NULL),
    HEAD("summary", PLUMB_INI_TEXT, summary, 0, 0, false, PLUMB_EXERCISE_TEXT_N, 0, NULL),
    HEAD("class", PLUMB_INI_CHOICE, judged, 0, 0, false, 0, 0, class_choices),
    HEAD("pose", PLUMB_INI_CHOICE, pose, 0, 0, true, 0, 0, pose_choices),
    JUDGE("anterior_rotation", PLUMB_ANTERIOR_ROTATION),
    JUDGE("lumbar_arch", PLUMB_LUMBAR_ARCH),
    JUDGE("pelvic_rotation", PLUMB_PELVIC_ROTATION),
    JUDGE("obliquity", PLUMB_OBLIQUITY),
    JUDGE("posterior_tilt", PLUMB_POSTERIOR_TILT),
    ANGLE("amber_deg", amber_deg),
    ANGLE("red_deg", red_deg),
    ANGLE("release_deg", release_deg),
    ANGLE("immediate_deg", immediate_deg),
    ANGLE("posterior_deg", posterior_deg),
    ANGLE("turn_amber_deg", turn_amber_deg),
    ANGLE("turn_red_deg", turn_red_deg),
    DWELL("delay_s", delay_s),
    DWELL("release_s", release_s),
};

#define STEP(key, kind, member, ...)                                                                         \
    {                                                                                                        \
        "step", key, kind, offsetof(struct plumb_step, member), __VA_ARGS__                                  \
    }

static const struct plumb_ini_field step_fields[] = {
    STEP("do", PLUMB_INI_CHOICE, kind, 0, 0, true, 0, 0, step_choices),
    STEP("say", PLUMB_INI_TEXT, say, 0, 0, false, PLUMB_EXERCISE_TEXT_N, 0, NULL),
    STEP("for_s", PLUMB_INI_DOUBLE, for_s, 0, LONGEST_S, false, 0, 0, NULL),
    STEP("in_zone_s", PLUMB_INI_DOUBLE, in_zone_s, 0, LONGEST_S, false, 0, 0, NULL),
    STEP("at_most_s", PLUMB_INI_DOUBLE, at_most_s, 0, LONGEST_S, false, 0, 0, NULL),
    STEP("count", PLUMB_INI_INT, count, 1, 100, false, 0, 0, NULL),
    STEP("back_to", PLUMB_INI_INT, back_to, 1, PLUMB_EXERCISE_STEPS_N, false, 0, 0, NULL),
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void sheet_default(struct sheet *sheet)
{
    *sheet = (struct sheet){.exercise.judged = 1};
    struct plumb_thresholds *t = &sheet->exercise.thresholds;
    plumb_thresholds_default(t);
    sheet->amber_deg = t->amber_rad * PLUMB_DEG_PER_RAD;
    sheet->red_deg = t->red_rad * PLUMB_DEG_PER_RAD;
    sheet->release_deg = t->release_rad * PLUMB_DEG_PER_RAD;
    sheet->immediate_deg = t->immediate_rad * PLUMB_DEG_PER_RAD;
    sheet->posterior_deg = t->posterior_rad * PLUMB_DEG_PER_RAD;
    sheet->turn_amber_deg = t->turn_amber_rad * PLUMB_DEG_PER_RAD;
    sheet->turn_red_deg = t->turn_red_rad * PLUMB_DEG_PER_RAD;
}

static void sheet_apply(struct sheet *sheet)
{
    struct plumb_thresholds *t = &sheet->exercise.thresholds;
    t->amber_rad = sheet->amber_deg * PLUMB_RAD_PER_DEG;
    t->red_rad = sheet->red_deg * PLUMB_RAD_PER_DEG;
    t->release_rad = sheet->release_deg * PLUMB_RAD_PER_DEG;
    t->immediate_rad = sheet->immediate_deg * PLUMB_RAD_PER_DEG;
    t->posterior_rad = sheet->posterior_deg * PLUMB_RAD_PER_DEG;
    t->turn_amber_rad = sheet->turn_amber_deg * PLUMB_RAD_PER_DEG;
    t->turn_red_rad = sheet->turn_red_deg * PLUMB_RAD_PER_DEG;
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        sheet->exercise.judges |= sheet->judges[kind] ? 1u << kind : 0;
}

/* Line 0 of a file without that section is its first line. */
static int section_line(const struct plumb_ini *ini, const char *name)
{
    const struct plumb_ini_section *section = plumb_ini_next(ini, name, NULL);
    return section ? section->line : 1;
}

static int check_order(const struct plumb_ini *ini, const struct sheet *sheet, struct plumb_message *message)
{
    int line = section_line(ini, "thresholds");
    if (sheet->release_deg > sheet->red_deg)
        return plumb_ini_refuse(ini, line, message, "release_deg must not be above red_deg");
    if (sheet->amber_deg > sheet->red_deg)
        return plumb_ini_refuse(ini, line, message, "amber_deg must not be above red_deg");
    if (sheet->immediate_deg < sheet->red_deg)
        return plumb_ini_refuse(ini, line, message, "immediate_deg must not be below red_deg");
    if (sheet->turn_amber_deg > sheet->turn_red_deg)
        return plumb_ini_refuse(ini, line, message, "turn_amber_deg must not be above turn_red_deg");
    return 0;
}

static int check_step(
    const struct plumb_ini *ini, int line, const struct plumb_exercise *exercise,
    const struct plumb_step *step, struct plumb_message *message)
{
    if (step->kind == PLUMB_STEP_HOLD && !(step->in_zone_s > 0))
        return plumb_ini_refuse(ini, line, message, "a hold wants in_zone_s above 0");
    if (step->kind == PLUMB_STEP_TILTS && step->count < 3)
        return plumb_ini_refuse(ini, line, message, "tilts wants a count of at least 3");
    if (step->kind == PLUMB_STEP_AGAIN && (step->back_to > exercise->steps_n || step->count < 2))
        return plumb_ini_refuse(
            ini, line, message, "again wants back_to an earlier step and count 2 or more");
    return 0;
}

static int
read_steps(const struct plumb_ini *ini, struct plumb_exercise *exercise, struct plumb_message *message)
{
    const struct plumb_ini_section *section = NULL;
    while ((section = plumb_ini_next(ini, "step", section))) {
        if (exercise->steps_n == PLUMB_EXERCISE_STEPS_N)
            return plumb_ini_refuse(
                ini, section->line, message, "more than %d steps", PLUMB_EXERCISE_STEPS_N);
        struct plumb_step *step = &exercise->steps[exercise->steps_n];
        int fail = plumb_ini_read_section(ini, section, step_fields, COUNT(step_fields), step, message);
        if (!fail)
            fail = check_step(ini, section->line, exercise, step, message);
        if (fail)
            return fail;
        exercise->steps_n++;
    }
    return exercise->steps_n ? 0
                             : plumb_ini_refuse(ini, 1, message, "an exercise wants at least one [step N]");
}

static int read_sheet(const struct plumb_ini *ini, struct sheet *sheet, struct plumb_message *message)
{
    static const char *const repeated[] = {"step", NULL};
    sheet_default(sheet);
    int fail = plumb_ini_read(ini, sheet_fields, COUNT(sheet_fields), repeated, sheet, message);
    if (!fail)
        fail = check_order(ini, sheet, message);
    if (!fail)
        fail = read_steps(ini, &sheet->exercise, message);
    if (!fail)
        sheet_apply(sheet);
    return fail;
}

int plumb_exercise_load(struct plumb_exercise *exercise, const char *path, struct plumb_message *message)
{
    struct plumb_ini ini;
    int fail = plumb_ini_load(&ini, path, message);
    if (fail)
        return fail;
    struct sheet sheet;
    fail = read_sheet(&ini, &sheet, message);
    if (!fail)
        *exercise = sheet.exercise;
    plumb_ini_free(&ini);
    return fail;
}
