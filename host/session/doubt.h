/* What can be trusted of the seconds that were held, and what trembled in them. */
#ifndef PLUMB_DOUBT_H
#define PLUMB_DOUBT_H

#include "analysis.h"

enum plumb_why {
    PLUMB_WHY_NO_DATA, /* rows are missing for longer than the timer bridges */
    PLUMB_WHY_LOST,    /* the flags of the same name */
    PLUMB_WHY_SLIPPED,
    PLUMB_WHY_AXES,
    PLUMB_WHY_RANGE,
    PLUMB_WHY_UNKNOWN, /* no angle */
    PLUMB_WHY_WIDE,    /* an angle known no better than PLUMB_JUDGE_SD_MOST_RAD */
    PLUMB_WHYS_N
};

/* Begins zeroed. */
struct plumb_doubt {
    double why_s[PLUMB_WHYS_N]; /* each second counts once, for the first of its reasons */
    double sum_s;
};

const char *plumb_why_words(enum plumb_why why); /* "clip had slipped" */

/* A row of a hold that speaks for step_s: flags that stand, the tilt and its standard deviation (NaN where
 * not known). */
void plumb_doubt_push(
    struct plumb_doubt *doubt, double step_s, unsigned flags, double tilt_rad, double tilt_sd_rad);

/* All holds of an analysis. */
void plumb_doubt_of_analysis(
    struct plumb_doubt *doubt, const struct plumb_analysis *analysis, const struct plumb_track *track);

/* Root of the mean square of what trembled in the tilt (core/rhythm's band) within the holds; NaN where no
 * hold has 8 s without a gap. */
double plumb_tremor_of_analysis(const struct plumb_analysis *analysis, const struct plumb_track *track);

#endif
