/* How a person lies, kneels or stands in an exercise, as joints of a drawing: which way each limb points.
 * What the exercise files say under [figure]; only pictures read it.
 *
 * Directions are those of the picture with the right side worked: 0 to the right, a quarter turn up, counted
 * counterclockwise.
 */
#ifndef PLUMB_POSTURE_H
#define PLUMB_POSTURE_H

#include "mount.h"

enum plumb_posture_view {
    PLUMB_POSTURE_SIDE,  /* from the side: both hips in one place */
    PLUMB_POSTURE_FRONT, /* facing the person: the worked side on the left of the picture */
};

enum plumb_posture_on {
    PLUMB_ON_FLOOR,     /* below the lowest part */
    PLUMB_ON_BED,       /* below the trunk */
    PLUMB_ON_TABLE_END, /* below the trunk, ending at the hips */
    PLUMB_ON_WALL,      /* the floor, and a wall at the hand */
    PLUMB_ON_DOORWAY,   /* the floor, and a post on either side */
};

struct plumb_posture_leg {
    double thigh_rad, shin_rad, foot_rad;
};

struct plumb_posture_arm {
    double upper_rad, fore_rad;
};

struct plumb_posture {
    enum plumb_posture_view view;
    enum plumb_posture_on on;
    int strap;                  /* from the worked side's hand to its foot */
    int clip_back;              /* the clip sits on the back of the belt */
    double trunk_rad, head_rad; /* from the hips to the shoulders, from there to the head */
    struct plumb_posture_leg worked, other;
    struct plumb_posture_arm worked_arm, other_arm;
};

/* How one is in that pose before anything is done. */
void plumb_posture_default(struct plumb_posture *posture, enum plumb_pose pose);

#endif
