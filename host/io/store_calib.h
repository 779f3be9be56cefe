/* Calibrations kept by serial number in the person's own folder. An older one is never lost: it stays beside
 * the new one under the moment at which it was replaced. */
#ifndef PLUMB_STORE_CALIB_H
#define PLUMB_STORE_CALIB_H

#include "find_data.h"
#include "load_calib.h"

/* "0000002A". */
void plumb_calib_serial(uint32_t serial, char out[PLUMB_CALIB_TEXT_N]);

/* Today, as files have it: "2026-03-14". */
void plumb_calib_today(char out[PLUMB_CALIB_TEXT_N]);

/* Where that clip's calibration is kept. 0 or negative. Makes the folder. */
int plumb_calib_path(const char *device, char path[PLUMB_PATH_N], struct plumb_message *message);

/* 1 and the clip's calibration, 0 where there is none, negative where it cannot be read. */
int plumb_calib_find(const char *device, struct plumb_calib_file *file, struct plumb_message *message);

/* Writes it (0600, whole or not at all). What was there before is kept as NAME-YYYYMMDD-HHMMSS.calib; `kept`
 * (PLUMB_PATH_N, may be NULL) gets that name, "" where there was nothing. 0 or negative; then the old one
 * stands as it was. */
int plumb_calib_replace(
    const struct plumb_calib_file *file, const char *path, char *kept, struct plumb_message *message);

#endif
