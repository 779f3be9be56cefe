/* A recording with the truth beside it: a raw CSV with the columns true_qw..true_qz and movement. */
#ifndef PLUMB_TESTS_TRUTH_H
#define PLUMB_TESTS_TRUTH_H

#include <stddef.h>

#include "host/core/quat.h"
#include "host/core/sample.h"

struct truth {
    struct plumb_sample *samples; /* owned, n of them; the pelvis role */
    struct plumb_quat *q_we;      /* owned: sensor to earth, z up; zeros where the cameras lost it */
    unsigned char *movement;      /* owned: 1 in the phase that is scored */
    size_t n;
};

/* 0, or -1 with a line on stderr. Free with truth_free. */
int truth_load(struct truth *truth, const char *path);

void truth_free(struct truth *truth);

/* The error of an orientation as BROAD defines it. */
struct truth_score {
    double moving_deg, rest_deg;   /* inclination RMSE with movement = 1, and without after the first 2 s */
    double within_one, within_two; /* share of the moving errors about x and y within so many deviations */
};

/* q_ws[i] and the deviations sd_rad[i][2] (about x and y of the world) for each sample. */
struct truth_score
truth_score(const struct truth *truth, const struct plumb_quat *q_ws, const double (*sd_rad)[2]);

#endif
