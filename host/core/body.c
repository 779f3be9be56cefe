#include "body.h"

#include "units.h"

#define PLANE_MIN                                                                                            \
    0.5 /* cos 60 deg: how much of up must lie in a plane for an angle in it to mean something */

/* What gravity shows in each pose: EVIDENCE, point 6. */
static const struct {
    int tilt, rotation, obliquity;
} observable[PLUMB_POSES_N] = {
    [PLUMB_SUPINE] = {1, 1, 0},     [PLUMB_PRONE] = {1, 1, 0},       [PLUMB_UPRIGHT] = {1, 0, 1},
    [PLUMB_LYING_LEFT] = {0, 1, 0}, [PLUMB_LYING_RIGHT] = {0, 1, 0},
};

double plumb_wrap_rad(double a)
{
    return a - 2 * PLUMB_PI * ceil((a - PLUMB_PI) / (2 * PLUMB_PI));
}

struct plumb_vec3 plumb_body_up(struct plumb_quat q_ws, struct plumb_quat q_sb)
{
    struct plumb_quat q_wb = plumb_quat_mul(q_ws, q_sb);
    return plumb_quat_apply(plumb_quat_conj(q_wb), plumb_vec3_of(0, 0, 1));
}

/* The angle of up within a plane spanned by (first, second), NaN where it hardly lies in it. */
static double plane_rad(double first, double second)
{
    return hypot(first, second) < PLANE_MIN ? NAN : atan2(second, first);
}

double plumb_body_sagittal_rad(struct plumb_vec3 up_b)
{
    return plane_rad(up_b.x, up_b.y);
}

static double change_rad(double now_rad, double then_rad)
{
    return plumb_wrap_rad(now_rad - then_rad);
}

static double
sagittal_change(const struct plumb_neutral *neutral, const struct plumb_vec3 *up_b, enum plumb_role role)
{
    return change_rad(plumb_body_sagittal_rad(up_b[role]), plumb_body_sagittal_rad(neutral->up_b[role]));
}

/* A mount axis off by some angle leaks that share of any rotation into the tilt. */
static double tilt_sd(double sd_rad, double axis_sd_rad, double rotation_rad)
{
    double leak_rad = isnan(rotation_rad) ? 0 : axis_sd_rad * rotation_rad;
    return hypot(sd_rad, leak_rad);
}

struct plumb_angles plumb_body_angles(
    const struct plumb_neutral *neutral, enum plumb_pose pose, const struct plumb_vec3 up_b[PLUMB_ROLES_N],
    double sd_rad, double axis_sd_rad)
{
    struct plumb_angles angles = PLUMB_ANGLES_NONE;
    struct plumb_vec3 now = up_b[PLUMB_PELVIS], then = neutral->up_b[PLUMB_PELVIS];
    if (observable[pose].rotation)
        angles.rotation_rad = change_rad(plane_rad(now.x, now.z), plane_rad(then.x, then.z));
    if (observable[pose].obliquity)
        angles.obliquity_rad = change_rad(plane_rad(now.y, now.z), plane_rad(then.y, then.z));
    if (!observable[pose].tilt)
        return angles;
    angles.tilt_rad = sagittal_change(neutral, up_b, PLUMB_PELVIS);
    angles.tilt_sd_rad = isnan(angles.tilt_rad) ? NAN : tilt_sd(sd_rad, axis_sd_rad, angles.rotation_rad);
    angles.lumbar_rad = angles.tilt_rad - sagittal_change(neutral, up_b, PLUMB_LUMBAR);
    angles.hip_rad = sagittal_change(neutral, up_b, PLUMB_THIGH) - angles.tilt_rad;
    return angles;
}
