/* Writes what really happened to a virtual patient:
 * t_s,tilt_deg,rotation_deg,obliquity_deg,lumbar_deg,pose,event,q_w,q_x,q_y,q_z,hip_deg
 *
 * t_s is the board's own time. Angles as host/patient/patient.h has them, empty where gravity cannot show
 * them. `event`: the acts under way joined by '+' ("hold+lapse:2"), with "out" where the tilt is out of the
 * zone in a hold. q is the pelvis clip's q_ws.
 */
#ifndef PLUMB_TRUTH_CSV_H
#define PLUMB_TRUTH_CSV_H

#include "../core/message.h"
#include "../patient/patient.h"

#define PLUMB_TRUTH_EVERY_STEPS 10 /* one row each 10 ms */

struct plumb_truth_csv; /* owned by who opened it */

/* Begins the file (host/io/file_out.h: it has its name only when it is whole). NULL with *fail and message
 * set. */
struct plumb_truth_csv *plumb_truth_csv_open(const char *path, int *fail, struct plumb_message *message);

void plumb_truth_csv_put(struct plumb_truth_csv *csv, const struct plumb_truth *truth);

/* Gives the file its name, or takes it away again where `keep` is 0; frees csv (NULL is fine). 0 or
 * PLUMB_FAILED with message. */
int plumb_truth_csv_close(struct plumb_truth_csv *csv, int keep, struct plumb_message *message);

#endif
