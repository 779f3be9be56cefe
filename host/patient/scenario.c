#include "scenario.h"

#define DEG PLUMB_RAD_PER_DEG

/* One row per kind: its name, the marker it begins with (its end is the next; UNMARKED: none), what it is
 * like when the file says no more. Sizes and times are those of EVIDENCE where it has them. */
#define UNMARKED PLUMB_MARKERS_N

static const struct {
    const char *name;
    enum plumb_marker marker;
    struct plumb_act usual;
} kinds[PLUMB_ACTS_N] = {
    [PLUMB_ACT_TILT] = {"tilt", UNMARKED, {.rise_s = 2}},
    [PLUMB_ACT_ROTATION] = {"rotation", UNMARKED, {.rise_s = 2}},
    [PLUMB_ACT_OBLIQUITY] = {"obliquity", UNMARKED, {.rise_s = 2}},
    [PLUMB_ACT_SLIP] = {"slip", UNMARKED, {.rise_s = 0.5}},
    [PLUMB_ACT_THIGH] = {"thigh", UNMARKED, {.rise_s = 4}},
    [PLUMB_ACT_LAPSE] = {"lapse", UNMARKED, {.size_rad = 9 * DEG, .rise_s = 1.5, .hold_s = 3, .fall_s = 1.5}},
    [PLUMB_ACT_TURN] = {"turn", UNMARKED, {.size_rad = 6 * DEG, .rise_s = 1.5, .hold_s = 2, .fall_s = 1.5}},
    [PLUMB_ACT_HIKE] = {"hike", UNMARKED, {.size_rad = 6 * DEG, .rise_s = 1.5, .hold_s = 2, .fall_s = 1.5}},
    [PLUMB_ACT_ARCH] =
        {"arch", PLUMB_ARCH_BEGIN, {.size_rad = 9 * DEG, .rise_s = 1.5, .hold_s = 1, .fall_s = 1.5}},
    [PLUMB_ACT_TILTS] = {"tilts", PLUMB_TILT_BEGIN, {.size_rad = 7 * DEG, .hold_s = 12, .count = 4}},
    [PLUMB_ACT_COUGH] = {"cough", UNMARKED, {.size_rad = 1.5 * DEG, .count = 2}},
    [PLUMB_ACT_SPEECH] = {"speech", UNMARKED, {.size_rad = 0.15 * DEG, .hold_s = 3}},
    [PLUMB_ACT_BUMP] = {"bump", UNMARKED, {.size_m = 0.001}},
    [PLUMB_ACT_WALK] = {"walk", UNMARKED, {.hold_s = 5}},
    [PLUMB_ACT_POSE] = {"pose", PLUMB_POSE_CHANGE_BEGIN, {.rise_s = 3, .pose = PLUMB_SUPINE}},
    [PLUMB_ACT_NEUTRAL] = {"neutral", PLUMB_NEUTRAL_BEGIN, {.hold_s = 10}},
    [PLUMB_ACT_HOLD] = {"hold", PLUMB_HOLD_BEGIN, {.hold_s = 30}},
    [PLUMB_ACT_CONTRACT] = {"contract", PLUMB_CONTRACT_BEGIN, {.hold_s = 10}},
    [PLUMB_ACT_NOTE] = {"note", PLUMB_NOTE, {.text = ""}},
};

#define COUGH_EVERY_S 0.8 /* one jerk of a fit of coughing after the other */
#define BUMP_S        1.0 /* a table's sway has died away by then */

struct plumb_act plumb_act_default(enum plumb_act_kind kind)
{
    struct plumb_act act = kinds[kind].usual;
    act.kind = kind;
    return act;
}

const char *plumb_act_name(enum plumb_act_kind kind)
{
    return kinds[kind].name;
}

double plumb_act_end_s(const struct plumb_act *act)
{
    if (act->kind == PLUMB_ACT_COUGH)
        return act->at_s + act->count * COUGH_EVERY_S;
    if (act->kind == PLUMB_ACT_BUMP)
        return act->at_s + BUMP_S;
    return act->at_s + act->rise_s + act->hold_s + act->fall_s;
}

int plumb_scenario_add(struct plumb_scenario *scenario, struct plumb_act act)
{
    if (scenario->acts_n == PLUMB_SCENARIO_ACTS_N)
        return -1;
    size_t at = scenario->acts_n++;
    for (; at > 0 && scenario->acts[at - 1].at_s > act.at_s; at--)
        scenario->acts[at] = scenario->acts[at - 1];
    scenario->acts[at] = act;
    return 0;
}

static size_t mark_put(struct plumb_scenario_mark *marks, size_t n, struct plumb_scenario_mark mark)
{
    size_t at = n;
    for (; at > 0 && marks[at - 1].t_s > mark.t_s; at--)
        marks[at] = marks[at - 1];
    marks[at] = mark;
    return n + 1;
}

size_t plumb_scenario_marks(const struct plumb_scenario *scenario, struct plumb_scenario_mark *marks)
{
    size_t n = 0;
    for (size_t i = 0; i < scenario->acts_n; i++) {
        const struct plumb_act *act = &scenario->acts[i];
        enum plumb_marker marker = kinds[act->kind].marker;
        if (marker == UNMARKED)
            continue;
        const char *note = marker == PLUMB_NOTE ? act->text : NULL;
        n = mark_put(marks, n, (struct plumb_scenario_mark){act->at_s, marker, note});
        if (marker != PLUMB_NOTE)
            n = mark_put(marks, n, (struct plumb_scenario_mark){plumb_act_end_s(act), marker + 1, NULL});
    }
    return n;
}

/* As the manual shows it: the sensor's x cranial, its z out of the body. */
struct plumb_quat plumb_wear_q_bs(enum plumb_site site, struct plumb_vec3 turn_rad)
{
    static const struct plumb_vec3 out_of_body[PLUMB_SITES_N] = {
        [PLUMB_SITE_FRONT] = {1, 0, 0}, [PLUMB_SITE_SIDE] = {0, 0, 1}, [PLUMB_SITE_SACRUM] = {-1, 0, 0}};
    struct plumb_vec3 cranial = {0, 1, 0}, out = out_of_body[site];
    struct plumb_quat shown = plumb_quat_from_axes(cranial, plumb_vec3_cross(out, cranial), out);
    return plumb_quat_mul(shown, plumb_quat_from_rotvec(turn_rad));
}

void plumb_scenario_default(struct plumb_scenario *scenario)
{
    *scenario = (struct plumb_scenario){
        .exercise = "supine-edge",
        .right = 1,
        .length_s = 60,
        .seed = 1,
        .pose = PLUMB_SUPINE,
        .pivot = PLUMB_PIVOT_TABLE,
        .breath_hz = 0.25,
        .breath_wander = 0.1,
        .tremor_low_hz = 6,
        .tremor_high_hz = 12,
        .pulse_hz = 1.1,
        .lumbar_per_tilt = 1,
        .zone_rad = 5 * DEG,
        .wear = {.site = PLUMB_SITE_FRONT},
    };
    for (int i = 0; i < 2; i++)
        plumb_imu_error_none(&scenario->error[i]);
}
