#include "load_exercise.h"

#include <math.h>
#include <string.h>

#include "../core/units.h"
#include "ini.h"
#include "load_limits.h"
#include "load_posture.h"

#define LONGEST_S    3600.0
#define REP_LEAST    1.0 /* degrees; below is breathing */
#define REP_MOST     60.0
#define HEAVIEST_KG  20.0
#define REP_USUAL    4.0
#define MOST_A_WEEK  50
#define TEXT         PLUMB_EXERCISE_TEXT_N
#define MEMBER(name) sizeof(((struct plumb_exercise *)0)->name)

static const char *const class_choices[] = {"companion", "judged", NULL};
static const char *const pose_choices[] = {"supine",      "prone",        "upright",        "lying-left",
                                           "lying-right", "lying-on-leg", "lying-on-other", NULL};
static const char *const sides_choices[] = {"each", "stiffer-first-and-last", "none", NULL};
static const char *const step_choices[] = {"say",  "still", "tilts",    "arch", "neutral", "move",
                                           "hold", "again", "contract", "reps", "breaths", NULL};

/* The file's own shape: switches, before they become the exercise. */
struct sheet {
    struct plumb_exercise exercise;
    int pose; /* index in pose_choices */
    bool judges[PLUMB_FLAGS_N];
};

#define KEY(section, key, kind, member, ...)                                                                 \
    {                                                                                                        \
        section, key, kind, offsetof(struct sheet, exercise.member), __VA_ARGS__                             \
    }
#define WORDS(section, key, member, required, room)                                                          \
    KEY(section, key, PLUMB_INI_TEXT, member, 0, 0, required, room, 0, NULL)
#define JUDGE(key, flag)                                                                                     \
    {                                                                                                        \
        "judge", key, PLUMB_INI_BOOL, offsetof(struct sheet, judges) + (flag) * sizeof(bool), 0, 0, false,   \
            0, 0, NULL                                                                                       \
    }

static const struct plumb_ini_field sheet_fields[] = {
    WORDS("exercise", "id", id, true, MEMBER(id)),
    WORDS("exercise", "name", name, true, MEMBER(name)),
    WORDS("exercise", "summary", summary, false, TEXT),
    WORDS("exercise", "stance", stance, false, TEXT),
    KEY("exercise", "class", PLUMB_INI_CHOICE, judged, 0, 0, false, 0, 0, class_choices),
    {"exercise", "pose", PLUMB_INI_CHOICE, offsetof(struct sheet, pose), 0, 0, true, 0, 0, pose_choices},
    KEY("exercise", "sides", PLUMB_INI_CHOICE, order, 0, 0, false, 0, 0, sides_choices),
    KEY("exercise", "times_a_week", PLUMB_INI_INT, week_n, 1, MOST_A_WEEK, false, 0, 0, NULL),
    JUDGE("anterior_rotation", PLUMB_ANTERIOR_ROTATION),
    JUDGE("lumbar_arch", PLUMB_LUMBAR_ARCH),
    JUDGE("pelvic_rotation", PLUMB_PELVIC_ROTATION),
    JUDGE("obliquity", PLUMB_OBLIQUITY),
    JUDGE("posterior_tilt", PLUMB_POSTERIOR_TILT),
    WORDS("words", "support", support, false, TEXT),
    WORDS("words", "allowed", allowed, false, TEXT),
    WORDS("words", "knee_pain", pain[PLUMB_PAIN_KNEE], false, TEXT),
    WORDS("words", "back_pain", pain[PLUMB_PAIN_BACK], false, TEXT),
    WORDS("words", "sharp_pain", pain[PLUMB_PAIN_SHARP], false, TEXT),
    WORDS("weight", "where", weight.where, false, MEMBER(weight.where)),
    KEY("weight", "from_kg", PLUMB_INI_DOUBLE, weight.from_kg, 0.1, HEAVIEST_KG, false, 0, 0, NULL),
    KEY("weight", "to_kg", PLUMB_INI_DOUBLE, weight.to_kg, 0.1, HEAVIEST_KG, false, 0, 0, NULL),
    WORDS("progress", "to", next_id, false, MEMBER(next_id)),
    WORDS("progress", "ask", next_ask, false, TEXT),
};

struct step_sheet {
    struct plumb_step step;
    double rep_deg;
};

#define STEP(key, kind, member, ...)                                                                         \
    {                                                                                                        \
        "step", key, kind, offsetof(struct step_sheet, member), __VA_ARGS__                                  \
    }
#define TIME(key) STEP(#key, PLUMB_INI_DOUBLE, step.key, 0, LONGEST_S, false, 0, 0, NULL)

static const struct plumb_ini_field step_fields[] = {
    STEP("do", PLUMB_INI_CHOICE, step.kind, 0, 0, true, 0, 0, step_choices),
    STEP("say", PLUMB_INI_TEXT, step.say, 0, 0, false, TEXT, 0, NULL),
    TIME(for_s),
    TIME(in_zone_s),
    TIME(in_zone_most_s),
    TIME(at_most_s),
    TIME(lowering_s),
    STEP("count", PLUMB_INI_INT, step.count, 1, 100, false, 0, 0, NULL),
    STEP("count_most", PLUMB_INI_INT, step.count_most, 1, 100, false, 0, 0, NULL),
    STEP("back_to", PLUMB_INI_INT, step.back_to, 1, PLUMB_EXERCISE_STEPS_N, false, 0, 0, NULL),
    STEP("rep_deg", PLUMB_INI_DOUBLE, rep_deg, REP_LEAST, REP_MOST, false, 0, 0, NULL),
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* ---- what the pose can show (EVIDENCE, point 6) */

static const struct {
    enum plumb_flag_kind flag;
    const char *key;
    unsigned poses; /* bits of those where it shows, by itself or with a second sensor */
} visible[] = {
    {PLUMB_ANTERIOR_ROTATION, "anterior_rotation",
     1u << PLUMB_SUPINE | 1u << PLUMB_PRONE | 1u << PLUMB_UPRIGHT},
    {PLUMB_POSTERIOR_TILT, "posterior_tilt", 1u << PLUMB_SUPINE | 1u << PLUMB_PRONE | 1u << PLUMB_UPRIGHT},
    {PLUMB_LUMBAR_ARCH, "lumbar_arch", 1u << PLUMB_SUPINE | 1u << PLUMB_PRONE | 1u << PLUMB_UPRIGHT},
    {PLUMB_PELVIC_ROTATION, "pelvic_rotation",
     1u << PLUMB_SUPINE | 1u << PLUMB_PRONE | 1u << PLUMB_LYING_LEFT | 1u << PLUMB_LYING_RIGHT},
    {PLUMB_OBLIQUITY, "obliquity", 1u << PLUMB_UPRIGHT},
};

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
    for (size_t i = 0; i < COUNT(visible); i++)
        if (exercise->judges >> visible[i].flag & 1u && !(visible[i].poses >> exercise->pose & 1u))
            return plumb_ini_refuse(
                ini, line, message, "%s cannot be judged %s: gravity does not show it", visible[i].key,
                plumb_pose_words(exercise->pose));
    if (exercise->judged && !exercise->judges)
        return plumb_ini_refuse(ini, line, message, "a judged exercise wants a flag under [judge]");
    if (plumb_ini_next(ini, "weight", NULL) && !exercise->weight.where[0])
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

static int read_step(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, struct plumb_exercise *exercise,
    struct plumb_message *message)
{
    struct step_sheet sheet = {.rep_deg = REP_USUAL};
    int fail = plumb_ini_read_section(ini, section, step_fields, COUNT(step_fields), &sheet, message);
    if (!fail)
        fail = check_step(ini, section->line, exercise, &sheet.step, message);
    sheet.step.rep_rad = sheet.rep_deg * PLUMB_RAD_PER_DEG;
    exercise->steps[exercise->steps_n] = sheet.step;
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

static int
read_steps(const struct plumb_ini *ini, struct plumb_exercise *exercise, struct plumb_message *message)
{
    const struct plumb_ini_section *section = NULL;
    while ((section = plumb_ini_next(ini, "step", section))) {
        if (exercise->steps_n == PLUMB_EXERCISE_STEPS_N)
            return plumb_ini_refuse(
                ini, section->line, message, "more than %d steps", PLUMB_EXERCISE_STEPS_N);
        int fail = read_step(ini, section, exercise, message);
        if (fail)
            return fail;
    }
    find_other_side(exercise);
    return exercise->steps_n ? 0
                             : plumb_ini_refuse(ini, 1, message, "an exercise wants at least one [step N]");
}

/* ---- the whole */

#define LYING_ON_LEG PLUMB_POSES_N /* in pose_choices, behind the poses themselves */

static void apply_pose(struct sheet *sheet)
{
    sheet->exercise.mirrored = sheet->pose >= LYING_ON_LEG;
    sheet->exercise.pose = !sheet->exercise.mirrored     ? (enum plumb_pose)sheet->pose
                           : sheet->pose == LYING_ON_LEG ? PLUMB_LYING_LEFT
                                                         : PLUMB_LYING_RIGHT;
}

static int
read_head(const struct plumb_ini *ini, struct plumb_exercise *exercise, struct plumb_message *message)
{
    static const char *const repeated[] = {"step", "thresholds", "figure", NULL};
    struct sheet sheet = {.exercise.judged = 1};
    plumb_thresholds_default(&sheet.exercise.thresholds);
    int fail = plumb_ini_read(ini, sheet_fields, COUNT(sheet_fields), repeated, &sheet, message);
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        sheet.exercise.judges |= sheet.judges[kind] ? 1u << kind : 0;
    apply_pose(&sheet);
    *exercise = sheet.exercise;
    return fail;
}

static int
read_exercise(const struct plumb_ini *ini, struct plumb_exercise *exercise, struct plumb_message *message)
{
    int fail = read_head(ini, exercise, message);
    const struct plumb_ini_section *thresholds = plumb_ini_next(ini, "thresholds", NULL);
    if (!fail && thresholds && *plumb_ini_label(thresholds))
        fail = plumb_ini_refuse(
            ini, thresholds->line, message, "thresholds of a side or person belong in a file of limits");
    if (!fail && thresholds)
        fail = plumb_thresholds_read(ini, thresholds, &exercise->thresholds, message);
    if (!fail)
        fail = plumb_posture_read(
            ini, plumb_ini_next(ini, "figure", NULL), exercise->pose, &exercise->posture, message);
    if (!fail)
        fail = check_judged(ini, exercise, message);
    return fail ? fail : read_steps(ini, exercise, message);
}

static int take(struct plumb_exercise *exercise, struct plumb_ini *ini, struct plumb_message *message)
{
    struct plumb_exercise read;
    int fail = read_exercise(ini, &read, message);
    if (!fail)
        *exercise = read;
    plumb_ini_free(ini);
    return fail;
}

int plumb_exercise_load(struct plumb_exercise *exercise, const char *path, struct plumb_message *message)
{
    struct plumb_ini ini;
    int fail = plumb_ini_load(&ini, path, message);
    return fail ? fail : take(exercise, &ini, message);
}

int plumb_exercise_read(
    struct plumb_exercise *exercise, const char *name, const char *text, size_t n,
    struct plumb_message *message)
{
    struct plumb_ini ini = {0};
    int fail = plumb_ini_parse(&ini, name, text, n, message);
    return fail ? fail : take(exercise, &ini, message);
}
