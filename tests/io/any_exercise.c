#include "any_exercise.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "host/core/exercise_edit.h"
#include "host/core/units.h"
#include "host/io/ini_write.h"

int up_to(struct plumb_rng *rng, int n)
{
    return (int)(plumb_rng_next(rng) % (unsigned)n);
}

/* Words, and all that could be taken for something else. */
static void any_text(struct plumb_rng *rng, char *text, size_t room, int clean)
{
    static const char *const pieces[] = {"LEG", "hold", "a = b", ";",           "#", "[x]",
                                         "=",   "\n",   "\t",    "\xc3\xa9",    " ", "  ",
                                         "x;",  "\"",   "quiet", "\xe2\x82\xac"};
    size_t wanted = (size_t)up_to(rng, (int)room), n = 0;
    text[0] = '\0';
    while (n < wanted) {
        const char *piece = pieces[up_to(rng, up_to(rng, clean ? 4 : 60) ? 2 : 16)];
        int spaced = n && up_to(rng, 5);
        if (n + strlen(piece) + 1 >= room)
            break;
        n += (size_t)sprintf(text + n, "%s%s", spaced ? " " : "", piece);
    }
    if (clean)
        plumb_ini_text_clean(text, room);
}

/* An angle as somebody writes it, or with all its bits. */
static double any_rad(struct plumb_rng *rng, double low_deg, double high_deg)
{
    double deg = plumb_rng_uniform(rng, low_deg, high_deg);
    return (up_to(rng, 2) ? deg : round(deg * 10) / 10) * PLUMB_RAD_PER_DEG;
}

static double any_s(struct plumb_rng *rng, double most)
{
    return up_to(rng, 3) ? up_to(rng, (int)most) + 1 : plumb_rng_uniform(rng, 0.1, most);
}

void any_step(struct plumb_rng *rng, struct plumb_step *step, int at, int clean)
{
    plumb_step_usual(
        step, at == 0 ? PLUMB_STEP_NEUTRAL : (enum plumb_step_kind)up_to(rng, PLUMB_STEPS_KINDS_N));
    any_text(rng, step->say, sizeof step->say, clean);
    step->back_to = step->kind == PLUMB_STEP_AGAIN ? 1 + up_to(rng, at) : 0;
    step->for_s = any_s(rng, 60);
    step->in_zone_s = any_s(rng, 300);
    step->in_zone_most_s = up_to(rng, 2) ? step->in_zone_s + any_s(rng, 60) : 0;
    step->at_most_s = any_s(rng, 900);
    step->lowering_s = up_to(rng, 2) ? any_s(rng, 4) : 0;
    step->count = 3 + up_to(rng, 20);
    step->count_most = up_to(rng, 2) ? step->count + up_to(rng, 9) : 0;
    step->rep_rad = any_rad(rng, 1.1, 59);
}

static void any_limits(struct plumb_rng *rng, struct plumb_thresholds *limits)
{
    limits->amber_rad = any_rad(rng, 2.1, 4);
    limits->red_rad = any_rad(rng, 5, 9);
    limits->release_rad = any_rad(rng, 2.1, 4);
    limits->immediate_rad = any_rad(rng, 10, 20);
    limits->turn_red_rad = any_rad(rng, 6, 59);
    limits->delay_s = any_s(rng, 9);
    limits->release_s = up_to(rng, 2) ? 0 : any_s(rng, 9);
}

static void any_posture(struct plumb_rng *rng, struct plumb_posture *posture)
{
    posture->view = (enum plumb_posture_view)up_to(rng, 2);
    posture->on = (enum plumb_posture_on)up_to(rng, 5);
    posture->strap = up_to(rng, 2);
    posture->clip_back = up_to(rng, 2);
    if (up_to(rng, 2))
        posture->trunk_rad = any_rad(rng, -359, 359);
    if (up_to(rng, 2))
        posture->worked.shin_rad = any_rad(rng, -359, 359);
    if (up_to(rng, 2))
        posture->other_arm.fore_rad = any_rad(rng, -359, 359);
}

static void any_head(struct plumb_rng *rng, struct plumb_exercise *exercise, int clean)
{
    strcpy(exercise->id, "any");
    any_text(rng, exercise->name + 1, sizeof exercise->name - 1, clean);
    exercise->name[0] = 'N';
    any_text(rng, exercise->summary, sizeof exercise->summary, clean);
    any_text(rng, exercise->stance, sizeof exercise->stance, clean);
    any_text(rng, exercise->allowed, sizeof exercise->allowed, clean);
    any_text(rng, exercise->pain[up_to(rng, 3)], PLUMB_EXERCISE_TEXT_N, clean);
    exercise->judged = up_to(rng, 2);
    exercise->order = (enum plumb_side_order)up_to(rng, 3);
    exercise->week_n = up_to(rng, 50);
    exercise->pose = (enum plumb_pose)up_to(rng, PLUMB_POSES_N);
    exercise->mirrored = exercise->pose >= PLUMB_LYING_LEFT && up_to(rng, 2);
    for (int kind = 0; kind <= PLUMB_POSTERIOR_TILT; kind++)
        if (plumb_pose_shows(exercise->pose, (enum plumb_flag_kind)kind) &&
            (exercise->judged || up_to(rng, 2)))
            exercise->judges |= 1u << kind;
    if (up_to(rng, 2))
        exercise->weight = (struct plumb_added_weight){"ankle", 0.1 + any_s(rng, 3), 5 + any_s(rng, 9)};
}

void any_exercise(struct plumb_rng *rng, struct plumb_exercise *exercise, int clean)
{
    memset(exercise, 0, sizeof *exercise);
    any_head(rng, exercise, clean);
    plumb_thresholds_default(&exercise->thresholds);
    plumb_posture_default(&exercise->posture, exercise->pose);
    if (up_to(rng, 2))
        any_limits(rng, &exercise->thresholds);
    if (up_to(rng, 2))
        any_posture(rng, &exercise->posture);
    exercise->steps_n = 1 + up_to(rng, PLUMB_EXERCISE_STEPS_N);
    for (int at = 0; at < exercise->steps_n; at++) {
        any_step(rng, &exercise->steps[at], at, clean);
        if (exercise->steps[at].kind == PLUMB_STEP_TILTS || exercise->steps[at].kind == PLUMB_STEP_ARCH)
            exercise->other_side_from = at + 1;
    }
}
