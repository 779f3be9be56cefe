/* A clip that slips on its belt, told from a pelvis that moves. One sensor, its attitude as estimated.
 *
 * Each moment of quick turning waits 8 s, then is judged by what came before and after it:
 *
 *   up, as the sensor sees it            what it was                why
 *   _______|~~~~~~~~~~~~~~~~~~~~~~~      slip                       a jump, at once, and it stays
 *   _______/~~~~~~\________________      lapse, cough, bump         it comes back within 8 s
 *   ~~~~~~~|_______ (as before that)     the end of a lapse         an attitude of the last minute
 *   ________.--~~~~~~~~~~~~~~~~~~~~      posture, creep             not as quick as a small hard part
 *   ___/\/\/|~~~\/\/~~~~~~~~~~~~~~~      restless wearer            not steady before or after: not known
 *
 *   state     | turning beyond 25 deg/s, the quickest within 0.35 s | 8 s have passed        | samples
 * missing
 *   ----------+-----------------------------------------------------+------------------------+----------------
 *   WATCHING  | WAITING for that moment                             | -                      | forgets all
 *   WAITING   | another moment waits too                            | judged: slip or nothing | forgets all
 *
 * "As quick as a small hard part": what a clip does by stick and slip is over in a third of a second, less
 * than a trunk needs even for a few degrees; or, where the axis across the body is known, quicker than
 * anybody turns the pelvis (EVIDENCE: 22-37 deg/s) about an axis that is not that one.
 *
 * What cannot be told, and is left unsaid: a clip that creeps; one that turns about the vertical (gravity
 * looks the same); one that slips while the wearer moves, during the last 8 s, or to where the wearer was
 * within the last minute. And a wearer who jerks the pelvis and keeps it there, quicker than people were
 * ever measured to, looks like a slip.
 */
#ifndef PLUMB_SLIP_H
#define PLUMB_SLIP_H

#include "quat.h"

#define PLUMB_SLIP_STAY_S  8.0
#define PLUMB_SLIP_LATEST  512 /* attitudes, 0.02 s apart or more: 10 s */
#define PLUMB_SLIP_SECONDS 60  /* where up was, second by second */

struct plumb_slip_attitude {
    double t_s;
    struct plumb_quat q_ws;
    double rate_radps; /* over the last 80 ms */
};

struct plumb_slip {
    struct plumb_vec3 ml_axis_s; /* zero while it is not known well */
    struct plumb_slip_attitude latest[PLUMB_SLIP_LATEST];
    unsigned long latest_n, judged_n; /* so far */
    struct {
        double t_s;             /* its end */
        struct plumb_vec3 up_s; /* mean; zero where up did not keep still */
    } seconds[PLUMB_SLIP_SECONDS];
    unsigned long seconds_n;
};

struct plumb_slip_found {
    double t_s;                /* the moment: 8 s ago */
    double angle_rad;          /* by which the clip turned, about whatever axis */
    struct plumb_vec3 axis_s;  /* unit */
    struct plumb_vec3 after_s; /* up since then */
};

void plumb_slip_init(struct plumb_slip *slip);

/* The axis across the body as a good mount knows it, or the zero vector. */
void plumb_slip_axis(struct plumb_slip *slip, struct plumb_vec3 ml_axis_s);

/* One sample's attitude; t_s that does not rise is ignored. 1 where a slip has become certain. */
int plumb_slip_push(
    struct plumb_slip *slip, double t_s, struct plumb_quat q_ws, struct plumb_slip_found *found);

/* The mean of up in the sensor's frame over the last span_s (at most 9), and how far from it up went. 1, or
 * 0 when there is not so much. */
int plumb_slip_lately(
    const struct plumb_slip *slip, double span_s, struct plumb_vec3 *up_s, double *spread_rad);

#endif
