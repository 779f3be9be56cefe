/* The posture of a drawing by its joints, as people speak of it: the hip bent by so much, the knee by so
 * much. What hangs on a joint turns with it. Pure.
 *
 *   trunk      0 lying on the front, a quarter turn upright, half a turn on the back
 *   head       0 in line with the trunk
 *   hip        0 in line with the trunk, bent forward positive
 *   knee       0 straight, bent positive
 *   ankle      a quarter turn between shin and foot, toes pointed positive
 *   shoulder   0 along the trunk, forward and up positive
 *   elbow      0 straight, bent positive
 *
 * In a picture from the front hip and shoulder are spread instead, towards the picture's right positive.
 */
#ifndef PLUMB_POSTURE_JOINT_H
#define PLUMB_POSTURE_JOINT_H

#include "posture.h"

enum plumb_joint {
    PLUMB_JOINT_TRUNK,
    PLUMB_JOINT_HEAD,
    PLUMB_JOINT_WORKED_HIP,
    PLUMB_JOINT_WORKED_KNEE,
    PLUMB_JOINT_WORKED_ANKLE,
    PLUMB_JOINT_OTHER_HIP,
    PLUMB_JOINT_OTHER_KNEE,
    PLUMB_JOINT_OTHER_ANKLE,
    PLUMB_JOINT_WORKED_SHOULDER,
    PLUMB_JOINT_WORKED_ELBOW,
    PLUMB_JOINT_OTHER_SHOULDER,
    PLUMB_JOINT_OTHER_ELBOW,
    PLUMB_JOINTS_N
};

/* The smallest angle of that joint; the largest is a whole turn further. Radians. */
double plumb_joint_least_rad(enum plumb_joint joint);

/* From the least, and below a turn more. */
double plumb_joint_rad(const struct plumb_posture *posture, enum plumb_joint joint);

/* Bends it so far. The limbs behind the joint turn with it; bending the trunk takes head and arms along, the
 * legs stay. Directions stay within a turn to either side, to the tenth of a degree. */
void plumb_joint_bend(struct plumb_posture *posture, enum plumb_joint joint, double rad);

#endif
