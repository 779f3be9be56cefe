/* What a virtual patient does, as plain data: who they are, how the clip sits, what happens when.
 *
 * Times count from the moment the board gets power. Angles have DESIGN's signs: tilt anterior positive,
 * rotation left positive, obliquity right side up positive, lumbar arching positive.
 */
#ifndef PLUMB_SCENARIO_H
#define PLUMB_SCENARIO_H

#include <stddef.h>
#include <stdint.h>

#include "../core/exercise.h"
#include "../core/mark.h"
#include "../core/mount.h"
#include "imu_error.h"

#define PLUMB_SCENARIO_ACTS_N     96
#define PLUMB_SCENARIO_POSES_N    16 /* of the acts: pose changes */
#define PLUMB_SCENARIO_NEUTRALS_N 8  /* of the acts: neutral windows */
#define PLUMB_SCENARIO_MARKS_N    (2 * PLUMB_SCENARIO_ACTS_N)
#define PLUMB_SCENARIO_FAULTS_N   32
#define PLUMB_SCENARIO_TEXT_N     48

/* The kinds of thing that happen. */
enum plumb_act_kind {
    /* ramps: the posture goes to size_rad within rise_s and stays there */
    PLUMB_ACT_TILT,
    PLUMB_ACT_ROTATION,
    PLUMB_ACT_OBLIQUITY,
    PLUMB_ACT_SLIP,  /* of the clip on its belt; the pelvis does not move */
    PLUMB_ACT_THIGH, /* inclination of the thigh: 0 in line with the trunk, down from it positive */
    /* pulses: size_rad is added within rise_s, kept for hold_s, lost within fall_s */
    PLUMB_ACT_LAPSE, /* of tilt; the lumbar curve follows */
    PLUMB_ACT_TURN,  /* of rotation */
    PLUMB_ACT_HIKE,  /* of obliquity */
    PLUMB_ACT_ARCH,  /* of the lumbar curve; lying, the pelvis goes all the way with it */
    /* movements of their own */
    PLUMB_ACT_TILTS,  /* count slow pelvic tilts of size_rad peak to peak within hold_s */
    PLUMB_ACT_COUGH,  /* count jerks of size_rad, one each 0.8 s */
    PLUMB_ACT_SPEECH, /* trembling of size_rad for hold_s */
    PLUMB_ACT_BUMP,   /* someone knocks the table: size_m of sway dying away */
    PLUMB_ACT_WALK,   /* for hold_s */
    PLUMB_ACT_POSE,   /* into another pose within rise_s */
    /* windows: nothing moves, the time is named */
    PLUMB_ACT_NEUTRAL,
    PLUMB_ACT_HOLD,
    PLUMB_ACT_CONTRACT,
    PLUMB_ACT_NOTE, /* a moment, with text */
    PLUMB_ACTS_N
};

struct plumb_act {
    enum plumb_act_kind kind;
    double at_s, rise_s, hold_s, fall_s;
    double size_rad, size_m;
    int count;
    enum plumb_pose pose;
    char text[PLUMB_SCENARIO_TEXT_N];
};

/* Beyond enum plumb_fault of the pipe: someone pulls the USB plug and puts it back. */
#define PLUMB_FAULT_UNPLUG 200

struct plumb_scenario_fault {
    double at_s, for_s; /* for_s 0: it happens and is over */
    int kind;           /* enum plumb_fault or PLUMB_FAULT_UNPLUG */
    uint8_t imu;        /* address on the bus; 0 where it concerns none */
    uint32_t parameter;
};

enum plumb_site { PLUMB_SITE_FRONT, PLUMB_SITE_SIDE, PLUMB_SITE_SACRUM, PLUMB_SITES_N };

/* The point about which the pelvis turns. */
enum plumb_pivot { PLUMB_PIVOT_L5S1, PLUMB_PIVOT_TABLE, PLUMB_PIVOT_HIP, PLUMB_PIVOTS_N };

struct plumb_clip_wear {
    enum plumb_site site;
    struct plumb_vec3
        turn_rad;      /* rotation vector of the clip against how the manual shows it, sensor's axes */
    double wobble_rad; /* rms of its trembling on the soft tissue, all the time */
    double skin_share; /* 0..1: share of the pelvis' quick movements that the skin swallows */
};

struct plumb_scenario {
    char name[PLUMB_SCENARIO_TEXT_N], exercise[PLUMB_SCENARIO_TEXT_N];
    int right;   /* side: 1 right, 0 left */
    int follows; /* does what the session asks when it asks it (follow.h), beside what is below */
    double length_s;
    uint64_t seed; /* of everything that is left to chance */
    /* the person */
    enum plumb_pose pose; /* at the start */
    double posture_rad;   /* how far the resting pelvis is tilted from the pose's ideal */
    double heading_rad;
    enum plumb_pivot pivot;
    double breath_pp_rad, breath_hz, breath_wander, breath_shift_m; /* wander: 0..0.5, of the rate */
    double tremor_rad, tremor_low_hz, tremor_high_hz;               /* rms */
    double sway_rad;                                                /* rms of slow creeping, 0.05-0.4 Hz */
    double pulse_rad, pulse_hz;                                     /* the heart, seen at the clip */
    double lumbar_per_tilt; /* how much of a tilt the lumbar curve follows with; EVIDENCE: about 1 */
    /* How much of every willed tilt also turns the pelvis: nobody tilts about one axis only. */
    double rotation_per_tilt, obliquity_per_tilt;
    double zone_rad; /* what the truth calls out of the zone */
    /* the clips: the pelvis always, the second where `second` is not PLUMB_PELVIS */
    struct plumb_clip_wear wear;
    enum plumb_role second;
    struct plumb_vec3 second_turn_rad;
    struct plumb_imu_error_params error[2]; /* pelvis, second */
    double clock_fast; /* how much faster than true the board's clock runs: 0.01 is one per cent */
    /* what happens, in order of time */
    struct plumb_act acts[PLUMB_SCENARIO_ACTS_N];
    size_t acts_n;
    struct plumb_scenario_fault faults[PLUMB_SCENARIO_FAULTS_N];
    size_t faults_n;
};

/* A still person on their back, an ordinary clip as the manual shows, nothing happens for 60 s. */
void plumb_scenario_default(struct plumb_scenario *scenario);

/* The act with what its kind has for defaults. */
struct plumb_act plumb_act_default(enum plumb_act_kind kind);

/* Adds one; the order of time is kept. 0, or -1 when there is no room. */
int plumb_scenario_add(struct plumb_scenario *scenario, struct plumb_act act);

/* When everything about the act is over (a ramp stays, but moves no more). */
double plumb_act_end_s(const struct plumb_act *act);

/* The name as the files and the truth have it. Static. */
const char *plumb_act_name(enum plumb_act_kind kind);

/* A moment that DESIGN's raw files name. */
struct plumb_scenario_mark {
    double t_s;
    enum plumb_marker kind;
    const char *note; /* PLUMB_NOTE: borrowed from the scenario; else NULL */
};

/* The markers of all the acts, in order of time, at most PLUMB_SCENARIO_MARKS_N; how many. */
size_t plumb_scenario_marks(const struct plumb_scenario *scenario, struct plumb_scenario_mark *marks);

/* Sensor to pelvis for the way the clip is worn: q_bs takes a sensor's vector to the pelvis'. */
struct plumb_quat plumb_wear_q_bs(enum plumb_site site, struct plumb_vec3 turn_rad);

/* Every orientation equally likely, as a rotation vector. */
struct plumb_vec3 plumb_rotvec_any(struct plumb_rng *rng);

/* A whole session left to chance: clip in any orientation, sensor as from the shop, calibration, one or two
 * holds with lapses of all sizes. difficulty 0..1 scales everything that disturbs. The same seed gives the
 * same person everywhere. */
void plumb_scenario_random(struct plumb_scenario *scenario, uint64_t seed, double difficulty);

#endif
