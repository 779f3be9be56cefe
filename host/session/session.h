/* The whole program minus I/O: bytes or samples in, events out. The window, the command line, replay and the
 * tests differ only in what they attach to it.
 *
 * Pure: no clock (host_us comes in), no allocation, no files. Whoever owns it drains the events after each
 * push. In time: samples by device seconds t_s; silence by the host's microseconds.
 */
#ifndef PLUMB_SESSION_H
#define PLUMB_SESSION_H

#include "../../calib/prepare.h"
#include "../core/breath_count.h"
#include "../core/calib.h"
#include "../core/clockmap.h"
#include "../core/exercise.h"
#include "../core/hold.h"
#include "../core/judge.h"
#include "../core/link.h"
#include "../core/lowpass.h"
#include "../core/orient.h"
#include "../core/repetition.h"
#include "../core/rhythm.h"
#include "../core/slip.h"
#include "../core/words.h"

#define PLUMB_SESSION_EVENTS_N  64
#define PLUMB_SESSION_MARKERS_N 16

enum plumb_event_kind {
    PLUMB_EVENT_SAMPLE,  /* row: one a sample */
    PLUMB_EVENT_HELLO,   /* the device said who it is: session.hello */
    PLUMB_EVENT_TROUBLE, /* text: what a sensor or the link is at; "" when it is over */
    PLUMB_EVENT_SILENT,  /* nothing came for half a second: the timer stands */
    PLUMB_EVENT_SEGMENT, /* the device was reset or came back: a new segment begins */
    PLUMB_EVENT_STEP,    /* a step of the exercise began: step, text */
    PLUMB_EVENT_MOUNT,   /* the mount was found: session.prepare.mount */
    PLUMB_EVENT_NEUTRAL, /* neutral was captured: session.prepare.neutral */
    PLUMB_EVENT_HOLD_BEGIN,
    PLUMB_EVENT_HOLD_END,   /* hold */
    PLUMB_EVENT_FLAG_BEGIN, /* flag */
    PLUMB_EVENT_FLAG_END,   /* flag */
    PLUMB_EVENT_CUE,        /* cue: to be sent to the clip */
    PLUMB_EVENT_POSE_GONE,  /* the wearer left the pose in a hold: nothing is judged, the timer stands */
    PLUMB_EVENT_POSE_BACK,  /* and is back */
    PLUMB_EVENT_PAUSED,     /* the user wants a pause: nothing is judged or counted, no step goes on */
    PLUMB_EVENT_GOES_ON,    /* and goes on */
    PLUMB_EVENT_REP,        /* rep: one repetition is complete */
    PLUMB_EVENT_BREATH,     /* breath: the how-manieth of the step */
    PLUMB_EVENT_SIDE,       /* side: the other side's turn */
    PLUMB_EVENT_ADVICE,     /* text: something to know or to change */
    PLUMB_EVENT_STOPPED,    /* text: the wearer stopped because of pain; DONE follows */
    PLUMB_EVENT_CALIB,      /* calib: what the clip keeps about one of its IMUs, as asked */
    PLUMB_EVENT_ACK,        /* ack: the clip's answer to a command */
    PLUMB_EVENT_DONE,       /* the exercise is over */
};

/* One sample as the rest of the program sees it. */
struct plumb_row {
    struct plumb_sample sample;
    struct plumb_angles angles;  /* full rate */
    struct plumb_angles decided; /* through the decision filter */
    enum plumb_zone zone;
    unsigned flags;     /* bits of the flags that stand */
    const char *marker; /* of the raw CSV; NULL mostly */
};

struct plumb_event {
    enum plumb_event_kind kind;
    double t_s;
    int64_t host_us;
    union {
        struct plumb_row row;
        struct plumb_flag flag;
        struct plumb_hold hold;
        struct plumb_repetition rep;
        int step;
        int cue; /* enum plumb_cue */
        int breath;
        enum plumb_side side;
        struct plumb_calib_reply calib;
        struct plumb_ack ack;
    };
    const char *text; /* borrowed from the session or constant */
};

struct plumb_session_params {
    const struct plumb_exercise *exercise; /* borrowed for the session's life; NULL: only shows and records */
    const struct plumb_words *words;       /* what it says beside the exercise, borrowed; NULL: English */
    enum plumb_side side;
    struct plumb_thresholds *limits; /* by side, borrowed; NULL: the exercise's for both */
    int both_sides;                  /* 1: goes on with the other side, in the exercise's order */
    int stiffer;                     /* enum plumb_side where one is known to be stiffer, else -1 */
    struct plumb_calib calib[PLUMB_WIRE_IMUS_N];
    struct plumb_orient_params orient;
    double decision_hz;
    int only_samples; /* 1: bytes become samples and nothing is made of them (what was recorded is read back)
                       */
};

struct plumb_session {
    struct plumb_session_params params;
    /* the link */
    struct plumb_link link;
    struct plumb_clockmap clock;
    struct plumb_hello hello;
    int have_hello;
    struct plumb_counts last_counts[PLUMB_WIRE_IMUS_N];
    int same_n[PLUMB_WIRE_IMUS_N]; /* how often the same counts came in a row */
    const char *trouble;
    /* the sensors */
    struct plumb_orient_coeff coeff;
    struct plumb_orient orient[PLUMB_ROLES_N];
    unsigned roles; /* seen so far */
    /* the exercise */
    struct plumb_prepare prepare;
    struct plumb_progress progress;
    enum plumb_side side; /* the one now */
    enum plumb_side sides[PLUMB_EXERCISE_SIDES_N];
    int sides_n, side_at;
    int step; /* index; steps_n when over, -1 before */
    double step_begun_s;
    int arch_again; /* the arch was unclear and is asked for once more */
    int again_n[PLUMB_EXERCISE_STEPS_N];
    char say[PLUMB_EXERCISE_TEXT_N + 16]; /* the step's words with the side filled in */
    /* the hold */
    struct plumb_lowpass tilt_lp, rotation_lp, obliquity_lp, lumbar_lp;
    struct plumb_judge_params judging;
    struct plumb_judge judge;
    double decided_s; /* the sample before */
    int finding;      /* behind a gap or a restart the estimator finds itself: nothing is judged */
    struct plumb_hold hold;
    int holding;
    double in_zone_s;        /* of all holds so far */
    int holds_n, clean_n[2]; /* holds so far; full ones without any flag, by side */
    int resting;             /* back pain: the hold waits for a skip */
    int paused;              /* by the user */
    int aside;               /* in a hold, for one of these or because the pose was left: marked so */
    double passed_s;         /* t_s of the sample before */
    /* for plumb_session_neutral_undo: what a new neutral changes, and the step; 0: nothing to undo */
    struct plumb_neutral neutral_before;
    struct plumb_mount mount_before[PLUMB_ROLES_N];
    int step_before;
    int stopped; /* by pain */
    /* the pose, while a hold is judged */
    struct plumb_limit pose_guard;
    double away_rad;               /* how far gravity has turned in the pelvis since neutral, whichever way */
    double leaving_s;              /* since when it is so far that it may become getting up; NaN: it is not */
    struct plumb_hold hold_before; /* the hold then */
    /* whether the angles can be trusted */
    struct plumb_slip slip;
    struct plumb_flag slip_flag; /* of this hold; end_s NaN while it stands */
    double neutral_change_rad;   /* at the end of the last hold; NaN where the wearer was not quiet */
    char pose_say[240], trust_say[200], support_say[PLUMB_EXERCISE_TEXT_N + 16]; /* texts of ADVICE */
    /* what is counted in this step */
    struct plumb_lowpass away_lp;
    struct plumb_repetition_count repetitions;
    struct plumb_breath_count breaths;
    struct plumb_rhythm rhythm;
    struct plumb_rhythm_found found_rhythm; /* breathing and tremor of the last seconds; zeros before */
    double rhythm_s;                        /* when it was looked at last */
    struct plumb_row row;                   /* the last sample */
    /* silence */
    int64_t now_us; /* the host's time, as told last */
    double last_t_s;
    int64_t last_host_us; /* when a usable sample came last */
    int begun, silent, lost;
    double lost_since_s;
    /* what is waiting to be read */
    struct plumb_event events[PLUMB_SESSION_EVENTS_N];
    unsigned events_head, events_tail, events_dropped;
    const char *markers[PLUMB_SESSION_MARKERS_N];
    int markers_n;
};

void plumb_session_params_default(struct plumb_session_params *params);

void plumb_session_init(struct plumb_session *session, const struct plumb_session_params *params);

/* Bytes of the link as they arrived at host_us. Takes them frame by frame: returns how many were used (at
 * least one), after which the events are to be drained before the rest is pushed. */
size_t plumb_session_bytes(struct plumb_session *session, int64_t host_us, const uint8_t *bytes, size_t n);

/* One calibrated sample (replay). t_s that does not rise is ignored. */
void plumb_session_sample(struct plumb_session *session, int64_t host_us, const struct plumb_sample *sample);

/* Nothing came until host_us: silence is noticed here. Call at least ten times a second. */
void plumb_session_tick(struct plumb_session *session, int64_t host_us);

/* The device went away and came back, or was reset: the next sample begins a segment. */
void plumb_session_restart(struct plumb_session *session);

/* Marks the next row that has no marker yet: one of DESIGN's names or "note:TEXT". Borrowed until that row is
 * out. */
void plumb_session_mark(struct plumb_session *session, const char *marker);

/* Goes on to the next step now (a key); a hold that waits after back pain goes on itself. */
void plumb_session_skip(struct plumb_session *session);

/* The user wants a pause (1) or goes on (0), in whatever step. */
void plumb_session_pause(struct plumb_session *session, int on);

/* Back to the neutral step that governs this one: the zone is set anew, then the steps behind it come again.
 * 1, or 0 where there is no such step. */
int plumb_session_neutral_again(struct plumb_session *session);

/* Takes that back: the neutral before, in the step in which it was asked for. 1, or 0 where nothing can be
 * taken back. */
int plumb_session_neutral_undo(struct plumb_session *session);

/* The other side now, whatever is left of this one. 1, or 0 where the exercise has no sides. */
int plumb_session_switch(struct plumb_session *session);

/* Pain, one key away. Knee: the exercise's advice, the hold goes on. Back: advice, the hold waits until
 * plumb_session_skip. Sharp: the exercise is over, marked as stopped by the wearer. */
void plumb_session_pain(struct plumb_session *session, enum plumb_pain pain);

/* Ends the exercise (stop key, end of the source): closes the hold and the flags that stand. */
void plumb_session_finish(struct plumb_session *session);

/* 1 and the oldest event, or 0. */
int plumb_session_next(struct plumb_session *session, struct plumb_event *event);

/* What the present step is, NULL before the first and after the last. */
const struct plumb_step *plumb_session_step(const struct plumb_session *session);

#endif
