#include "exercise_fields.h"

#include "../core/units.h"
#include "text_number.h"

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

#define KEY(section, key, kind, member, ...)                                                                 \
    {                                                                                                        \
        section, key, kind, offsetof(struct plumb_exercise_sheet, exercise.member), __VA_ARGS__              \
    }
#define WORDS(section, key, member, required, room)                                                          \
    KEY(section, key, PLUMB_INI_TEXT, member, 0, 0, required, room, 0, NULL)
#define JUDGE(key, flag)                                                                                     \
    {                                                                                                        \
        "judge", key, PLUMB_INI_BOOL, offsetof(struct plumb_exercise_sheet, judges) + (flag) * sizeof(bool), \
            0, 0, false, 0, 0, NULL                                                                          \
    }

static const struct plumb_ini_field sheet_fields[] = {
    WORDS("exercise", "id", id, true, MEMBER(id)),
    WORDS("exercise", "name", name, true, MEMBER(name)),
    WORDS("exercise", "summary", summary, false, TEXT),
    WORDS("exercise", "stance", stance, false, TEXT),
    KEY("exercise", "class", PLUMB_INI_CHOICE, judged, 0, 0, false, 0, 0, class_choices),
    {"exercise", "pose", PLUMB_INI_CHOICE, offsetof(struct plumb_exercise_sheet, pose), 0, 0, true, 0, 0,
     pose_choices},
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

#define STEP(key, kind, member, ...)                                                                         \
    {                                                                                                        \
        "step", key, kind, offsetof(struct plumb_step_sheet, member), __VA_ARGS__                            \
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

_Static_assert(COUNT(sheet_fields) <= PLUMB_EXERCISE_FIELDS_MOST, "who copies the table has room for it");

const struct plumb_ini_field *plumb_exercise_fields(size_t *n)
{
    *n = COUNT(sheet_fields);
    return sheet_fields;
}

const struct plumb_ini_field *plumb_step_fields(size_t *n)
{
    *n = COUNT(step_fields);
    return step_fields;
}

/* ---- the whole and its sheet */

#define LYING_ON_LEG PLUMB_POSES_N /* in pose_choices, behind the poses themselves */

void plumb_exercise_sheet_usual(struct plumb_exercise_sheet *sheet)
{
    *sheet = (struct plumb_exercise_sheet){.exercise = {.judged = 1}};
    plumb_thresholds_default(&sheet->exercise.thresholds);
}

void plumb_exercise_sheet_from(struct plumb_exercise_sheet *sheet, const struct plumb_exercise *exercise)
{
    int right = exercise->pose == PLUMB_LYING_RIGHT;
    *sheet = (struct plumb_exercise_sheet){.exercise = *exercise};
    sheet->pose = exercise->mirrored ? LYING_ON_LEG + right : (int)exercise->pose;
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        sheet->judges[kind] = exercise->judges >> kind & 1u;
}

void plumb_exercise_sheet_into(struct plumb_exercise *exercise, const struct plumb_exercise_sheet *sheet)
{
    *exercise = sheet->exercise;
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        exercise->judges |= sheet->judges[kind] ? 1u << kind : 0;
    exercise->mirrored = sheet->pose >= LYING_ON_LEG;
    exercise->pose = !exercise->mirrored           ? (enum plumb_pose)sheet->pose
                     : sheet->pose == LYING_ON_LEG ? PLUMB_LYING_LEFT
                                                   : PLUMB_LYING_RIGHT;
}

void plumb_step_sheet_usual(struct plumb_step_sheet *sheet)
{
    *sheet = (struct plumb_step_sheet){.rep_deg = REP_USUAL};
}

void plumb_step_sheet_from(struct plumb_step_sheet *sheet, const struct plumb_step *step)
{
    *sheet = (struct plumb_step_sheet){.step = *step, .rep_deg = plumb_text_degrees(step->rep_rad)};
}

void plumb_step_sheet_into(struct plumb_step *step, const struct plumb_step_sheet *sheet)
{
    *step = sheet->step;
    step->rep_rad = sheet->rep_deg * PLUMB_RAD_PER_DEG;
}
