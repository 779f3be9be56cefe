/* The live estimator over the simulated cheap sensor. */
#ifndef PLUMB_TESTS_CHEAP_RUN_H
#define PLUMB_TESTS_CHEAP_RUN_H

#include "cheap.h"

struct cheap_score {
    double rms_deg, worst_deg; /* tilt change from the pose's neutral, against the true change */
    double drift_deg;          /* mean error of the last 40 s of the first pose */
};

/* Live, over all of it. Poses in which gravity hardly shows sagittal tilt are left out (EVIDENCE, point 6);
 * NaN where that is all of it. */
struct cheap_score cheap_run(struct cheap *cheap);

#endif
