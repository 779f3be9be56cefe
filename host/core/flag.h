/* Flags: what is said about a stretch of time, and the limits in force. Radians and seconds. */
#ifndef PLUMB_FLAG_H
#define PLUMB_FLAG_H

enum plumb_flag_kind {
    PLUMB_ANTERIOR_ROTATION,
    PLUMB_LUMBAR_ARCH,
    PLUMB_PELVIC_ROTATION,
    PLUMB_OBLIQUITY,
    PLUMB_POSTERIOR_TILT,
    PLUMB_SIGNAL_LOST,
    PLUMB_SENSOR_SLIP,
    PLUMB_AXIS_FAULT,
    PLUMB_SATURATED,
    PLUMB_FLAGS_N
};

enum plumb_basis { PLUMB_MEASURED, PLUMB_INFERRED };

enum plumb_zone { PLUMB_OFF, PLUMB_GREEN, PLUMB_AMBER, PLUMB_RED };

struct plumb_flag {
    enum plumb_flag_kind kind;
    enum plumb_basis basis;
    double onset_s; /* when the threshold was crossed */
    double start_s; /* when the flag was raised */
    double end_s;   /* when it was released; NaN while it stands */
    double peak_rad;
};

/* The limits of one patient, exercise and side. Defaults and their reasons: EVIDENCE, "What follows", 2. */
struct plumb_thresholds {
    double amber_rad;                    /* half width of the green band about neutral */
    double red_rad;                      /* anterior: flag raised, timer paused */
    double delay_s;                      /* beyond red for this long */
    double release_rad;                  /* below this ... */
    double release_s;                    /* ... for this long: flag ended */
    double immediate_rad;                /* anterior: flag raised at once */
    double posterior_rad;                /* advisory, as a positive number */
    double turn_amber_rad, turn_red_rad; /* rotation and obliquity, either way */
};

/* Names as in the data files and the analysis JSON. */
const char *plumb_flag_name(enum plumb_flag_kind kind);
const char *plumb_flag_words(enum plumb_flag_kind kind); /* for a person: "pelvis tipping forward" */
const char *plumb_basis_name(enum plumb_basis basis);
const char *plumb_zone_name(enum plumb_zone zone);

/* 1 for the kinds that pause the hold timer. */
int plumb_flag_pauses(enum plumb_flag_kind kind);

void plumb_thresholds_default(struct plumb_thresholds *thresholds);

/* The green band widened by the wearer's breathing (peak to peak + 1 deg if larger), never beyond red. */
void plumb_thresholds_widen(struct plumb_thresholds *thresholds, double breath_pp_rad);

/* Every angle times `factor`; the times stay. */
void plumb_thresholds_scale(struct plumb_thresholds *thresholds, double factor);

/* One limit was raised or lowered: the others give way, so that amber and release are never above red, red
 * never above immediate, the turn's amber never above its red. */
void plumb_thresholds_make_room(struct plumb_thresholds *thresholds, int raised);

#endif
