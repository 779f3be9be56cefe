/* The shipped firmware on the emulator, as the tests meet it: motion whose closed form is known, what the
 * node says about it, and the truth to compare with. */
#ifndef PLUMB_TESTS_EMULATOR_NODE_H
#define PLUMB_TESTS_EMULATOR_NODE_H

#include "decoded.h"
#include "driver.h"

#define NODE_JITTER_US 20.0 /* most that a device stamp may stray: the budget of the project */

enum {
    NODE_BOOT_MS = 300,        /* the sensors are found, set up and settled by then */
    NODE_BACK_WITHIN_MS = 1000 /* of the end of anything that went wrong */
};

/* What the sensors feel: slow sines, everywhere smooth, no two channels alike. A driver_motion. */
void node_motion(double world_s, struct driver_felt felt[PLUMB_MOTION_IMUS_N]);

/* Started with these options (ended with NULL) and past its boot; fails the running test when it does not. */
struct driver node_start(const char *const *options);
struct driver node_start_plain(void);

/* Sends one command as a frame. */
void node_command(struct driver *driver, uint8_t type, const uint8_t *payload, uint8_t n);

/* Forgets what was said, all but a frame that has not ended yet. */
void node_forget_frames(struct driver *driver);

/* What the node says in the next milliseconds. Free with decoded_free. */
struct decoded node_listen(struct driver *driver, unsigned ms);

/* The last STATUS said; every byte 0xFF where there is none. */
struct plumb_status node_last_status(const struct decoded *said);

/* Data-ready moments of one IMU, told by an emulator with --trace. */
struct node_moments {
    double *us; /* world time, ascending; owned, free */
    size_t n;
};

struct node_moments node_moments_of(struct driver *driver, int imu);

/* The last moment at or before a time. */
double node_moment_before(const struct node_moments *moments, double world_us);

/* World time minus device time, in microseconds, from the first sample after power-on. */
double node_clock_offset_us(const struct decoded *said, const struct node_moments *moments);

/* Mean delay of the sensor's two paths at a rate of the firmware. */
double node_filter_delay_us(uint16_t rate_hz);

/* Largest difference between the counts of an IMU and the closed form at a data-ready moment, in LSB; scales
 * and rate as the hello has them. */
double
node_error_lsb(const struct plumb_counts *counts, int imu, double ready_s, const struct plumb_hello *hello);

#endif
