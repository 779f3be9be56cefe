#include <stddef.h>

#include "mount.h"

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
