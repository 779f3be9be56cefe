/* A whole recording, with the future in view: mount, neutral, angles, flags, holds, quality. The batch twin
 * of the session, with the same judge and the same hold timer.
 *
 * With markers: the mount comes from the tilt and arch windows, neutral from its window (a later window
 * governs what follows it), holds from theirs, nothing is flagged outside a hold. Without: the first
 * stillness is neutral, the mount comes from movement where that is good, and all that follows neutral is one
 * hold; `mount_from`, `neutral_from` and `holds_marked` say so.
 */
#ifndef PLUMB_ANALYSIS_H
#define PLUMB_ANALYSIS_H

#include "../core/body.h"
#include "../core/diagnose.h"
#include "../core/exercise.h"
#include "../core/hold.h"
#include "../core/judge.h"
#include "../core/mark.h"
#include "../core/orient.h"
#include "../core/track.h"
#include "../core/wanted.h"

enum plumb_found { PLUMB_FROM_MARKERS, PLUMB_FROM_SEARCH, PLUMB_FROM_NOTHING };

/* From the first row at or after t_s on, this side is stretched. */
struct plumb_turn {
    double t_s;
    enum plumb_side side;
};

struct plumb_analysis_params {
    const struct plumb_exercise *exercise; /* pose, thresholds, what is judged; never NULL */
    enum plumb_side side;                  /* the one begun with */
    const struct plumb_turn *turns;        /* turns_n, in time order: where both sides are in one recording */
    size_t turns_n;
    const struct plumb_thresholds *limits; /* [2], by side, over the exercise's; or NULL */
    struct plumb_orient_params orient;
    int causal;         /* 1: the live estimator; 0: the smoother */
    double decision_hz; /* zero-phase low-pass before judging */
    int without_q_ws;   /* 1: the orientations are not kept (an hour at 200 Hz is 23 MB a sensor) */
    const struct plumb_wanted *wanted; /* asked while it works; NULL: nobody will give it up */
};

struct plumb_quality {
    size_t samples_n, gaps_n;
    double lost_s, rate_hz, rest_fraction;
};

struct plumb_hold_window {
    size_t begin, end; /* rows, end not included */
    enum plumb_side side;
    struct plumb_hold hold;
    double neutral_change_rad; /* how far up was from neutral when the wearer was quiet at the end of it or
                                  soon after; NaN where not quiet */
};

/* A change of neutral beyond this is more than noise (EVIDENCE, "What follows", 2). */
#define PLUMB_NEUTRAL_NOISE_RAD 0.0524

struct plumb_analysis {
    enum plumb_found mount_from, neutral_from;
    int holds_marked;
    struct plumb_mount mount[PLUMB_ROLES_N];
    struct plumb_neutral neutral;
    int other_pose;            /* 1: the wearer seems to be in pose_seen, not in the exercise's pose */
    enum plumb_pose pose_seen; /* only with other_pose */
    struct plumb_thresholds thresholds[2]; /* in force, by side: widened by breathing at its neutral */
    struct plumb_quality quality;
    struct plumb_diagnosis diagnosis; /* of the pelvis' sensor */
    struct plumb_hold_window *holds;  /* owned */
    size_t holds_n;
    struct plumb_flag *flags; /* owned; by onset */
    size_t flags_n, flags_room;
    /* rows: one for each sample; NaN where not known */
    size_t n;
    struct plumb_quat
        *q_ws[PLUMB_ROLES_N]; /* owned; NULL for a role without columns, and for all without_q_ws */
    float *tilt_rad, *tilt_sd_rad, *rotation_rad, *obliquity_rad, *lumbar_rad, *hip_rad; /* owned */
    float *away_rad;     /* how far gravity has turned in the pelvis since neutral, whichever way; owned */
    unsigned char *zone; /* enum plumb_zone; owned */
    unsigned short *row_flags; /* bits of enum plumb_flag_kind; owned */
};

void plumb_analysis_params_default(struct plumb_analysis_params *params);

/* Analyses the track. 0, or -1 when memory is short or it was given up; free with plumb_analysis_free either
 * way. The marks' rows are the track's. */
int plumb_analyze(
    struct plumb_analysis *analysis, const struct plumb_analysis_params *params,
    const struct plumb_track *track, const struct plumb_mark *marks, size_t marks_n);

void plumb_analysis_free(struct plumb_analysis *analysis);

#endif
