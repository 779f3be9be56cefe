#include "scenario.h"

#define DEG PLUMB_RAD_PER_DEG

/* One row per kind: its name, the marker it leaves (NULL: none), what it is like when the file says no more.
 * Sizes and times are those of EVIDENCE where it has them. */
static const struct {
    const char *name, *marker;
    struct plumb_act usual;
} kinds[PLUMB_ACTS_N] = {
    [PLUMB_ACT_TILT] = {"tilt", NULL, {.rise_s = 2}},
    [PLUMB_ACT_ROTATION] = {"rotation", NULL, {.rise_s = 2}},
    [PLUMB_ACT_OBLIQUITY] = {"obliquity", NULL, {.rise_s = 2}},
    [PLUMB_ACT_THIGH] = {"thigh", NULL, {.rise_s = 4}},
    [PLUMB_ACT_LAPSE] = {"lapse", NULL, {.size_rad = 9 * DEG, .rise_s = 1.5, .hold_s = 3, .fall_s = 1.5}},
    [PLUMB_ACT_TURN] = {"turn", NULL, {.size_rad = 6 * DEG, .rise_s = 1.5, .hold_s = 2, .fall_s = 1.5}},
    [PLUMB_ACT_HIKE] = {"hike", NULL, {.size_rad = 6 * DEG, .rise_s = 1.5, .hold_s = 2, .fall_s = 1.5}},
    [PLUMB_ACT_ARCH] = {"arch", "arch", {.size_rad = 9 * DEG, .rise_s = 1.5, .hold_s = 1, .fall_s = 1.5}},
    [PLUMB_ACT_TILTS] = {"tilts", "tilt", {.size_rad = 7 * DEG, .hold_s = 12, .count = 4}},
    [PLUMB_ACT_COUGH] = {"cough", NULL, {.size_rad = 1.5 * DEG, .count = 2}},
    [PLUMB_ACT_SPEECH] = {"speech", NULL, {.size_rad = 0.15 * DEG, .hold_s = 3}},
    [PLUMB_ACT_BUMP] = {"bump", NULL, {.size_m = 0.001}},
    [PLUMB_ACT_WALK] = {"walk", NULL, {.hold_s = 5}},
    [PLUMB_ACT_POSE] = {"pose", "pose_change", {.rise_s = 3, .pose = PLUMB_SUPINE}},
    [PLUMB_ACT_NEUTRAL] = {"neutral", "neutral", {.hold_s = 10}},
    [PLUMB_ACT_HOLD] = {"hold", "hold", {.hold_s = 30}},
    [PLUMB_ACT_CONTRACT] = {"contract", "contract", {.hold_s = 10}},
    [PLUMB_ACT_NOTE] = {"note", "note", {.text = ""}},
};

static const char *const pose_names[PLUMB_POSES_N] = {
    [PLUMB_SUPINE] = "supine",           [PLUMB_PRONE] = "prone",
    [PLUMB_UPRIGHT] = "upright",         [PLUMB_LYING_LEFT] = "lying-left",
    [PLUMB_LYING_RIGHT] = "lying-right",
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

const char *plumb_pose_name(enum plumb_pose pose)
{
    return pose_names[pose];
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

const char *plumb_act_marker(enum plumb_act_kind kind)
{
    return kinds[kind].marker;
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
