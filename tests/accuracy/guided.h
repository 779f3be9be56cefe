/* One random guided hold: a person who follows the session, lapses, coughs, talks, creeps; what live said,
 * what the analysis says of the recording, and what a judge would have said who saw the bones themselves. */
#ifndef PLUMB_TESTS_GUIDED_H
#define PLUMB_TESTS_GUIDED_H

#include "host/core/exercise.h"
#include "host/core/flag.h"
#include "host/core/hold.h"

enum guided_pose { GUIDED_SUPINE, GUIDED_PRONE, GUIDED_HALF_KNEELING, GUIDED_STANDING, GUIDED_POSES_N };

#define GUIDED_FLAGS_N 64
#define GUIDED_HZ      100 /* of the truth */
#define GUIDED_TRUTH_N 32000

struct guided_flags {
    struct plumb_flag flags[GUIDED_FLAGS_N];
    int n;
};

struct guided {
    enum guided_pose pose;
    int creeps;
    struct plumb_thresholds thresholds;
    struct guided_flags live, after, truth; /* the session's, the analysis', the ideal judge's */
    struct plumb_hold live_hold, after_hold, truth_hold;
    /* the angles of the bones through the hold, without trembling, coughs and talk */
    double from_s;
    int truth_n;
    float tilt_rad[GUIDED_TRUTH_N], rotation_rad[GUIDED_TRUTH_N], obliquity_rad[GUIDED_TRUTH_N];
};

const char *guided_pose_name(enum guided_pose pose);

/* The exercise that stands for the pose, by id. */
const char *guided_exercise_id(enum guided_pose pose);

/* Flies the hold of that seed with the exercise's pose and flags. 0, or -1 when there was no hold. */
int guided_fly(
    struct guided *guided, const struct plumb_exercise *exercise, enum guided_pose pose,
    unsigned long long seed);

/* The truth's value of a kind of flag at sample i of the truth, as the judge compares it with its limit. */
double guided_value_rad(const struct guided *guided, enum plumb_flag_kind kind, int i);

/* The limit of a kind. */
double guided_limit_rad(const struct guided *guided, enum plumb_flag_kind kind);

#endif
