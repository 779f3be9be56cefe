/* What the emulated sensors shall feel, millisecond by millisecond: a scenario's patient, or somebody's raw
 * CSV.
 *
 * World time is 0 when the board gets power. A recording whose first t_s lies in 0..10 s is felt at exactly
 * its t_s, so that what comes out compares with what went in; any other begins 0.5 s after power-on. Before
 * its first row the sensors feel the first row, behind its last the last. Between two rows the curve is a
 * cubic through them (Catmull-Rom); over gaps of more than 0.25 s a straight line.
 */
#ifndef PLUMB_FEED_H
#define PLUMB_FEED_H

#include <plumb/motion.h>

#include "../core/message.h"
#include "../patient/patient.h"

struct plumb_feed; /* owned by who opened it */

struct plumb_feed_options {
    const char *scenario_path; /* one of these two, the other NULL */
    const char *motion_path;
    const char *faults_path; /* more faults than the scenario has, or NULL */
    const char *grade;       /* sensor errors for a CSV: "typical", "worst", "perfect" or NULL: none */
};

/* NULL with *fail and message set. */
struct plumb_feed *
plumb_feed_open(const struct plumb_feed_options *options, int *fail, struct plumb_message *message);

void plumb_feed_close(struct plumb_feed *feed);

/* The payload of one MOTION record: what is felt at step milliseconds of world time. Steps must be asked for
 * in order, each once (the noise goes on from one to the next). */
void plumb_feed_motion(struct plumb_feed *feed, int64_t step, uint8_t payload[PLUMB_MOTION_PAYLOAD_N]);

/* The clip's own motor runs (1) or stands (0) from the next step on: a patient's pelvis clip is shaken by it.
 * A recording is felt as it is. */
void plumb_feed_shake(struct plumb_feed *feed, int on);

/* From t_s on the session asks for that step in that pose: a scenario that follows does it, all else goes on
 * as it is. */
void plumb_feed_asked(
    struct plumb_feed *feed, const struct plumb_step *step, enum plumb_pose pose, double t_s);

/* 1 with what an IMU (0: 0x68, 1: 0x69) feels at world time t_s, without sensor errors; 0 where there is
 * none. */
int plumb_feed_imu(const struct plumb_feed *feed, int which, double t_s, struct plumb_imu *imu);

/* What the IMU at 0x69 is for: PLUMB_LUMBAR or PLUMB_THIGH; PLUMB_PELVIS where there is none. */
enum plumb_role plumb_feed_second(const struct plumb_feed *feed);

/* World time at which all is over. */
double plumb_feed_length_s(const struct plumb_feed *feed);

/* The truth at world time t_s, its own t_s by the board's clock; 0 for a recording, which does not know it.
 */
int plumb_feed_truth(const struct plumb_feed *feed, double t_s, struct plumb_truth *truth);

/* The scenario (of a recording: only its name and faults). Borrowed while the feed is open. */
const struct plumb_scenario *plumb_feed_scenario(const struct plumb_feed *feed);

#endif
