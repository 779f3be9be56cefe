/* Estimators run over a recording with truth, for the accuracy program and the tests. */
#ifndef PLUMB_TESTS_RUN_H
#define PLUMB_TESTS_RUN_H

#include "truth.h"

/* The live estimator, the smoother. NaN in every figure when memory is short. */
struct truth_score run_live(const struct truth *truth);
struct truth_score run_smooth(const struct truth *truth);

#endif
