#include "same_exercise.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "host/io/load_exercise.h"

#define TEXT(field)                                                                                          \
    if (strcmp(a->field, b->field))                                                                          \
        return #field;
#define VALUE(field)                                                                                         \
    if (!(a->field == b->field))                                                                             \
        return #field;

static const char *step_difference(const struct plumb_step *a, const struct plumb_step *b)
{
    VALUE(kind)
    TEXT(say)
    VALUE(for_s)
    VALUE(in_zone_s)
    VALUE(in_zone_most_s)
    VALUE(at_most_s)
    VALUE(count)
    VALUE(back_to)
    VALUE(count_most)
    VALUE(rep_rad)
    VALUE(lowering_s)
    return NULL;
}

static const char *limit_difference(const struct plumb_thresholds *a, const struct plumb_thresholds *b)
{
    VALUE(amber_rad)
    VALUE(red_rad)
    VALUE(delay_s)
    VALUE(release_rad)
    VALUE(release_s)
    VALUE(immediate_rad)
    VALUE(posterior_rad)
    VALUE(turn_amber_rad)
    VALUE(turn_red_rad)
    return NULL;
}

static const char *posture_difference(const struct plumb_posture *a, const struct plumb_posture *b)
{
    VALUE(view)
    VALUE(on)
    VALUE(strap)
    VALUE(clip_back)
    VALUE(trunk_rad)
    VALUE(head_rad)
    VALUE(worked.thigh_rad)
    VALUE(worked.shin_rad)
    VALUE(worked.foot_rad)
    VALUE(other.thigh_rad)
    VALUE(other.shin_rad)
    VALUE(other.foot_rad)
    VALUE(worked_arm.upper_rad)
    VALUE(worked_arm.fore_rad)
    VALUE(other_arm.upper_rad)
    VALUE(other_arm.fore_rad)
    return NULL;
}

static const char *head_difference(const struct plumb_exercise *a, const struct plumb_exercise *b)
{
    TEXT(id)
    TEXT(name)
    TEXT(summary)
    TEXT(stance)
    VALUE(judged)
    VALUE(pose)
    VALUE(mirrored)
    VALUE(judges)
    VALUE(order)
    VALUE(other_side_from)
    VALUE(week_n)
    TEXT(support)
    TEXT(allowed)
    TEXT(pain[PLUMB_PAIN_KNEE])
    TEXT(pain[PLUMB_PAIN_BACK])
    TEXT(pain[PLUMB_PAIN_SHARP])
    TEXT(weight.where)
    VALUE(weight.from_kg)
    VALUE(weight.to_kg)
    TEXT(next_id)
    TEXT(next_ask)
    VALUE(steps_n)
    return NULL;
}

const char *first_difference(const struct plumb_exercise *a, const struct plumb_exercise *b)
{
    static char name[64];
    const char *found = head_difference(a, b);
    if (!found)
        found = limit_difference(&a->thresholds, &b->thresholds);
    if (!found)
        found = posture_difference(&a->posture, &b->posture);
    for (int at = 0; at < a->steps_n && !found; at++)
        if ((found = step_difference(&a->steps[at], &b->steps[at]))) {
            snprintf(name, sizeof name, "steps[%d].%s", at, found);
            found = name;
        }
    return found;
}

void check_no_difference(const struct plumb_exercise *a, const struct plumb_exercise *b)
{
    const char *difference = first_difference(a, b);
    if (difference)
        printf("\n%s: %s differs\n", a->id, difference);
    CU_ASSERT_PTR_NULL(difference);
}

void exercise_load(struct plumb_exercise *exercise, const char *path)
{
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_load(exercise, path, &message), 0);
}
