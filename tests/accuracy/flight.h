/* One random person's session as a recording with its truth: for the studies. */
#ifndef PLUMB_TESTS_FLIGHT_H
#define PLUMB_TESTS_FLIGHT_H

#include "host/core/exercise.h"
#include "host/core/mark.h"
#include "host/core/track.h"
#include "host/patient/patient.h"

struct flight {
    unsigned long long seed;
    struct plumb_patient patient;
    struct plumb_track track; /* owned */
    size_t room;
    struct plumb_mark marks[PLUMB_SCENARIO_MARKS_N];
    size_t marks_n;
    double fast; /* of the clock that stamped the track */
};

/* Flies the session of that seed; through the real firmware where `firmware` is 1. 0 or -1. */
int flight_fly(struct flight *flight, unsigned long long seed, double difficulty, int firmware);

/* The truth at a moment of the track's clock. */
struct plumb_truth flight_truth(const struct flight *flight, double t_s);

void flight_free(struct flight *flight);

/* A shipped exercise. 0 or -1, having said why. */
int flight_exercise(struct plumb_exercise *exercise, const char *id);

#endif
