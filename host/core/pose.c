#include <stddef.h>

#include "mount.h"
#include "units.h"

#define SURE_RAD (25 * PLUMB_RAD_PER_DEG) /* a clip put on by eye is 15 deg off (mount_frame.c), and some */

/* Up in the pelvis' frame (x anterior, y cranial, z right), each pose at its ideal. */
static const struct plumb_vec3 ideal_up_b[PLUMB_POSES_N] = {
    [PLUMB_SUPINE] = {1, 0, 0},
    [PLUMB_PRONE] = {-1, 0, 0},
    [PLUMB_UPRIGHT] = {0, 1, 0},
    [PLUMB_LYING_LEFT] = {0, 0, 1},
    [PLUMB_LYING_RIGHT] = {0, 0, -1}};

static double angle_between(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return atan2(plumb_vec3_norm(plumb_vec3_cross(a, b)), plumb_vec3_dot(a, b));
}

enum plumb_pose plumb_pose_of(struct plumb_vec3 up_b, double *off_rad)
{
    int nearest = 0;
    for (int pose = 1; pose < PLUMB_POSES_N; pose++)
        if (plumb_vec3_dot(up_b, ideal_up_b[pose]) > plumb_vec3_dot(up_b, ideal_up_b[nearest]))
            nearest = pose;
    if (off_rad)
        *off_rad = angle_between(up_b, ideal_up_b[nearest]);
    return (enum plumb_pose)nearest;
}

int plumb_pose_contradicts(
    const struct plumb_mount *mount, enum plumb_pose wanted, struct plumb_vec3 up_s, enum plumb_pose *seen)
{
    static const struct plumb_vec3 worn_right_s = {0, 1, 0};
    struct plumb_vec3 up_b = plumb_vec3_of(up_s.z, up_s.x, up_s.y); /* x out of the belly, y cranial */
    double off_rad;
    if (mount->method != PLUMB_MOUNT_FUNCTIONAL || mount->quality != PLUMB_MOUNT_GOOD ||
        angle_between(mount->ml_axis_s, worn_right_s) > SURE_RAD)
        return 0;
    *seen = plumb_pose_of(up_b, &off_rad);
    return *seen != wanted && off_rad < SURE_RAD;
}
