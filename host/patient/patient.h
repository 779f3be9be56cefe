/* A virtual patient: the motion of each clip at any instant, and what really happened.
 *
 * A pure function of time. Rigid bodies (pelvis, trunk at T12/L1, thigh) turn about a pivot; every movement
 * is smooth to its second derivative, so the specific force and the angular rate of a clip are exactly the
 * derivatives of where it is.
 */
#ifndef PLUMB_PATIENT_H
#define PLUMB_PATIENT_H

#include "scenario.h"
#include "spin.h"

#define PLUMB_BAND_N 6

/* A band of trembling: sines of random frequency and phase, together of rms 1. */
struct plumb_band {
    double hz[PLUMB_BAND_N], phase_rad[PLUMB_BAND_N];
};

/* A pose change as one turn of the body about one of its own axes. */
struct plumb_pose_turn {
    double at_s, for_s;
    struct plumb_vec3 axis_b;
    double angle_rad;
    enum plumb_pose to;
};

struct plumb_patient {
    struct plumb_scenario scenario;
    struct plumb_quat start_q_wb;
    struct plumb_pose_turn turns[PLUMB_SCENARIO_POSES_N];
    size_t turns_n;
    struct plumb_band tremor, sway, speech, wobble[3];
    double breath_phase_rad, pulse_phase_rad;
    struct plumb_neutral_truth {
        double from_s;
        struct plumb_vec3 up_b[PLUMB_ROLES_N]; /* mean of up in each segment's axes over the window */
    } neutral[PLUMB_SCENARIO_NEUTRALS_N];
    size_t neutral_n;
};

/* One clip, one instant. */
struct plumb_clip_motion {
    struct plumb_quat q_ws;
    struct plumb_vec3 at_w_m, speed_w_mps, accel_w_mps2;
    struct plumb_imu felt; /* what an ideal sensor there says; temp_c NaN */
};

/* What an ideal inclinometer fixed to the bones would show, as change from the neutral that governs the
 * moment (the last whose window began, or the first; without any, the mean of the first 3 s). NaN where
 * gravity cannot show it in this attitude. */
struct plumb_truth {
    double t_s;
    double tilt_rad, rotation_rad, obliquity_rad, lumbar_rad, hip_rad;
    enum plumb_pose pose;
    unsigned acts;                /* bit (1u << enum plumb_act_kind) while such an act is under way */
    int lapse;                    /* number of the lapse under way, from 1 in order of time; 0: none */
    int in_hold;                  /* within a hold window */
    int in_zone;                  /* in_hold, and the tilt no further than zone_rad anterior */
    struct plumb_quat q_wb, q_ws; /* of the pelvis and its clip */
};

/* Copies the scenario. */
void plumb_patient_init(struct plumb_patient *patient, const struct plumb_scenario *scenario);

/* The motion of the clip on that segment. `role` PLUMB_PELVIS, or the scenario's second. */
struct plumb_clip_motion
plumb_patient_clip(const struct plumb_patient *patient, enum plumb_role role, double t_s);

struct plumb_truth plumb_patient_truth(const struct plumb_patient *patient, double t_s);

/* ---- a run that nobody knows beforehand: acts come while it goes on (follow.h says from whom) */

/* One more act, not before the moment reached. 0, or -1 where there is no room. */
int plumb_patient_act(struct plumb_patient *patient, struct plumb_act act);

/* Makes room: what was over before t_s is left out from now on, the pose it led to stays. No motion from t_s
 * on changes by that; the truth before it is lost, and lapses are numbered from the next. */
void plumb_patient_forget(struct plumb_patient *patient, double t_s);

#endif
