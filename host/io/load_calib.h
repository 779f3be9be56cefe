/* Calibration files: what is wrong with the sensors of one clip. calib/example.calib explains the keys. */
#ifndef PLUMB_LOAD_CALIB_H
#define PLUMB_LOAD_CALIB_H

#include "../core/calib.h"
#include "../core/message.h"

#define PLUMB_CALIB_TEXT_N 48

struct plumb_calib_file {
    char device[PLUMB_CALIB_TEXT_N]; /* the clip's serial number as a person reads it; "" where unknown */
    char made[PLUMB_CALIB_TEXT_N];   /* the day, 2026-03-14; "" where unknown */
    unsigned present;                /* bits of the IMUs that the file speaks of */
    struct plumb_calib imu[PLUMB_WIRE_IMUS_N]; /* the identity where it does not */
};

/* 0, or negative with a message that says FILE:LINE, what was wanted and what was found. A matrix that would
 * turn or flatten the sensor is refused: it is another sensor's, or a fit that failed. */
int plumb_calib_load(struct plumb_calib_file *file, const char *path, struct plumb_message *message);

/* Writes the file anew; every number reads back as it was. 0 or negative; nothing is half written. */
int plumb_calib_save(const struct plumb_calib_file *file, const char *path, struct plumb_message *message);

#endif
