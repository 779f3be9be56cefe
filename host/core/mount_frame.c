/* From the mediolateral axis and gravity to the whole frame of the pelvis. */
#include "mount.h"
#include "units.h"

#define ASSUMED_SD_RAD                                                                                       \
    (15 * PLUMB_RAD_PER_DEG) /* a clip put on by eye; doubles the spread of 8 deg of trained hands [R] */
#define ALONG_COS 0.95       /* two directions within 18 deg do not make a plane */

static const struct plumb_vec3 worn_cranial_s = {1, 0, 0}, worn_out_s = {0, 0, 1}, spare_s = {0, 1, 0};

static struct plumb_vec3 across(struct plumb_vec3 v, struct plumb_vec3 unit)
{
    return plumb_vec3_unit(plumb_vec3_sub(v, plumb_vec3_scale(unit, plumb_vec3_dot(v, unit))));
}

/* The first of the two that does not lie along `unit`, made square to it. */
static struct plumb_vec3 square(struct plumb_vec3 unit, struct plumb_vec3 first, struct plumb_vec3 second)
{
    return across(fabs(plumb_vec3_dot(first, unit)) < ALONG_COS ? first : second, unit);
}

static struct plumb_vec3 turned(struct plumb_vec3 v, struct plumb_vec3 unit, double angle_rad)
{
    return plumb_quat_apply(plumb_quat_from_rotvec(plumb_vec3_scale(unit, angle_rad)), v);
}

/* Where up points in the pelvis' frame in the poses in which the axis is level. */
static struct plumb_quat level_frame(enum plumb_pose pose, struct plumb_vec3 up_s, struct plumb_vec3 z_s)
{
    struct plumb_vec3 x_s, y_s;
    if (pose == PLUMB_UPRIGHT) {
        y_s = up_s;
        x_s = plumb_vec3_cross(y_s, z_s);
    } else {
        x_s = plumb_vec3_scale(up_s, pose == PLUMB_PRONE ? -1 : 1);
        y_s = plumb_vec3_cross(z_s, x_s);
    }
    return plumb_quat_from_axes(x_s, y_s, z_s);
}

/* Makes axis and up square by turning both in their common plane, each by its share of the variance. */
static void make_square(struct plumb_vec3 *z_s, struct plumb_vec3 *up_s, double axis_sd_rad)
{
    double off_rad = asin(fmax(-1, fmin(1, plumb_vec3_dot(*z_s, *up_s))));
    double axis_var = axis_sd_rad * axis_sd_rad,
           level_var = PLUMB_MOUNT_LEVEL_SD_RAD * PLUMB_MOUNT_LEVEL_SD_RAD;
    double share = axis_var / (axis_var + level_var);
    struct plumb_vec3 hinge_s = plumb_vec3_unit(plumb_vec3_cross(*up_s, *z_s));
    *z_s = turned(*z_s, hinge_s, share * off_rad);
    *up_s = across(*up_s, *z_s);
}

/* z is all that the movement shows; the clip's own directions stand in for the rest. */
static struct plumb_quat side_frame(struct plumb_vec3 z_s)
{
    struct plumb_vec3 y_s = square(z_s, worn_cranial_s, spare_s);
    return plumb_quat_from_axes(plumb_vec3_cross(y_s, z_s), y_s, z_s);
}

void plumb_mount_orient(struct plumb_mount *mount, enum plumb_pose pose, struct plumb_vec3 up_s)
{
    struct plumb_vec3 z_s = mount->ml_axis_s, up = plumb_vec3_unit(up_s);
    if (pose == PLUMB_LYING_LEFT || pose == PLUMB_LYING_RIGHT || fabs(plumb_vec3_dot(z_s, up)) > ALONG_COS ||
        !(plumb_vec3_norm(up) > 0)) {
        mount->q_sb = side_frame(z_s);
        return;
    }
    make_square(&z_s, &up, mount->axis_sd_rad);
    mount->q_sb = level_frame(pose, up, z_s);
}

static struct plumb_vec3 assumed_axis(enum plumb_role role, enum plumb_pose pose, struct plumb_vec3 up)
{
    switch (pose) {
    case PLUMB_SUPINE:
    case PLUMB_PRONE: {
        struct plumb_vec3 front_s = plumb_vec3_scale(up, pose == PLUMB_PRONE ? -1 : 1);
        return plumb_vec3_cross(front_s, square(front_s, worn_cranial_s, spare_s));
    }
    case PLUMB_LYING_LEFT:
        return up;
    case PLUMB_LYING_RIGHT:
        return plumb_vec3_scale(up, -1);
    case PLUMB_UPRIGHT:
    case PLUMB_POSES_N:
        break;
    }
    struct plumb_vec3 out_s = square(up, worn_out_s, spare_s);
    return role == PLUMB_LUMBAR ? plumb_vec3_cross(up, out_s) : plumb_vec3_cross(out_s, up);
}

void plumb_mount_assume_role(
    struct plumb_mount *mount, enum plumb_role role, enum plumb_pose pose, struct plumb_vec3 up_s)
{
    struct plumb_vec3 up = plumb_vec3_unit(up_s);
    up = plumb_vec3_norm(up) > 0 ? up : worn_out_s;
    *mount = (struct plumb_mount){.method = PLUMB_MOUNT_ASSUMED, .quality = PLUMB_MOUNT_APPROXIMATE};
    mount->ml_axis_s = plumb_vec3_unit(assumed_axis(role, pose, up));
    mount->axis_sd_rad = ASSUMED_SD_RAD;
    plumb_mount_orient(mount, pose, up);
}

void plumb_mount_assume(struct plumb_mount *mount, enum plumb_pose pose, struct plumb_vec3 up_s)
{
    plumb_mount_assume_role(mount, PLUMB_PELVIS, pose, up_s);
}
