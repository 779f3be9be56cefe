/* The [figure] section of an exercise file, read and written: how the person is drawn. */
#ifndef PLUMB_LOAD_POSTURE_H
#define PLUMB_LOAD_POSTURE_H

#include <stdio.h>

#include "../core/posture.h"
#include "ini.h"

/* Fills the posture: what the pose has, and what the section says over it. section NULL: the pose's alone. 0
 * or PLUMB_DAMAGED with message. */
int plumb_posture_read(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, enum plumb_pose pose,
    struct plumb_posture *posture, struct plumb_message *message);

/* Writes the section: what differs from the pose's own, nothing where nothing does. 0 or negative. */
int plumb_posture_write(
    FILE *to, const struct plumb_posture *posture, enum plumb_pose pose, struct plumb_message *message);

/* The same with every key. */
int plumb_posture_write_every(FILE *to, const struct plumb_posture *posture, struct plumb_message *message);

#endif
