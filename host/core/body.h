/* From the sensor's attitude to the angles a person speaks of: tilt, rotation, obliquity of the pelvis as
 * changes of inclination from the captured neutral. What gravity cannot show in a pose is NaN (EVIDENCE,
 * point 6). Radians.
 *
 * With up in the pelvis' frame (x anterior, y cranial, z right):
 *   tilt      = change of atan2(up_y, up_x)   anterior positive
 *   rotation  = change of atan2(up_z, up_x)   left turn positive, lying only
 *   obliquity = change of atan2(up_z, up_y)   right side up positive, upright only
 */
#ifndef PLUMB_BODY_H
#define PLUMB_BODY_H

#include "mount.h"

struct plumb_angles {
    double tilt_rad, tilt_sd_rad, rotation_rad, obliquity_rad;
    double lumbar_rad, hip_rad; /* from a second and third sensor; NaN without */
};

/* Inclinations at neutral, per role, from up_b averaged over the neutral window. */
struct plumb_neutral {
    double start_s, end_s;
    struct plumb_vec3 up_b[PLUMB_ROLES_N]; /* unit; zero for a role that is not there */
    double breath_pp_rad, breath_per_min;
};

#define PLUMB_ANGLES_NONE ((struct plumb_angles){NAN, NAN, NAN, NAN, NAN, NAN})

/* Up in the body's frame. */
struct plumb_vec3 plumb_body_up(struct plumb_quat q_ws, struct plumb_quat q_sb);

/* The sagittal inclination atan2(up_y, up_x), NaN where up leaves the sagittal plane by more than 60 degrees.
 */
double plumb_body_sagittal_rad(struct plumb_vec3 up_b);

/* All angles of one instant. up_b: one per role, zero where that role has no sample now. sd_rad: the
 * estimator's standard deviation about the mediolateral axis; axis_sd_rad: that of the mount. */
struct plumb_angles plumb_body_angles(
    const struct plumb_neutral *neutral, enum plumb_pose pose, const struct plumb_vec3 up_b[PLUMB_ROLES_N],
    double sd_rad, double axis_sd_rad);

/* a brought into (-pi, pi]. */
double plumb_wrap_rad(double a);

#endif
