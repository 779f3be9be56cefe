/* The picture of a session: was the pelvis in the zone, when not, how far, how long. A pure function from
 * plain arrays to a scene. */
#ifndef PLUMB_TRACE_CHART_H
#define PLUMB_TRACE_CHART_H

#include <stddef.h>

#include "../core/flag.h"
#include "scene.h"
#include "tongue.h"

/* The zone of a row: enum plumb_zone under the chart's names, the same numbers. */
enum plumb_trace_zone {
    PLUMB_TRACE_OFF = PLUMB_OFF, /* not judged */
    PLUMB_TRACE_GREEN = PLUMB_GREEN,
    PLUMB_TRACE_AMBER = PLUMB_AMBER,
    PLUMB_TRACE_RED = PLUMB_RED,
};

struct plumb_trace_hold {
    double start_s, end_s;
    double in_zone_s, elapsed_s;
    unsigned excursions;
    double worst_deg; /* NaN = not known */
};

struct plumb_trace_flag {
    const char *kind;  /* as in the analysis file: "anterior_rotation", ... */
    const char *basis; /* "measured" or "inferred"; NULL = not said */
    double onset_s, start_s, end_s;
    double peak_deg; /* NaN where it means nothing (signal_lost) */
};

struct plumb_trace_gap {
    double start_s, end_s;
};

/* Thresholds in force; NaN = not set, then neither drawn nor printed. They are printed in every picture. */
struct plumb_trace_limits {
    double green_deg;     /* half width of the zone about neutral as used, breathing included */
    double amber_deg;     /* anterior, at or beyond green_deg */
    double red_deg;       /* anterior: out of the zone... */
    double delay_s;       /* ...after this long */
    double release_deg;   /* back below... */
    double release_s;     /* ...for this long */
    double immediate_deg; /* without delay */
    double posterior_deg; /* advisory, negative */
    double turn_amber_deg, turn_red_deg; /* rotation and obliquity, both ways */
    double breath_pp_deg;                /* breathing at neutral; printed where it widened the zone */
};

/* All pointers are borrowed for the call only. Angles: NaN or infinite = not known: a blank, never a line. */
struct plumb_trace_chart {
    const char *title;        /* "Supine edge, right side"; NULL = "Pelvic tilt" */
    const char *const *lines; /* exercise, side, neutral, mount quality...; each one line below the title */
    size_t lines_n;
    const char *footer;                /* optional: program, file */
    const char *date;                  /* ISO 8601, of the document; NULL = fixed */
    const struct plumb_tongue *tongue; /* of the chart's own words */
    int bare; /* 1: the plots and what their signs mean, nothing else: a page says the rest */

    size_t n;          /* rows */
    size_t first_row;  /* index of row 0 in the whole recording: pixel columns are anchored to it */
    const double *t_s; /* n, rising */
    const double *tilt_deg;
    const double *tilt_sd_deg; /* each of these may be NULL */
    const double *rotation_deg;
    const double *obliquity_deg;
    const double *lumbar_deg;
    const double *hip_deg;
    const unsigned char *zone; /* enum plumb_trace_zone a row; NULL = nothing is judged */

    const struct plumb_trace_hold *holds;
    size_t holds_n;
    const struct plumb_trace_flag *flags;
    size_t flags_n;
    const struct plumb_trace_gap *gaps; /* in time order; the chart itself finds those where t_s jumps */
    size_t gaps_n;
    struct plumb_trace_limits limits;
};

/* Good sizes: A4 landscape. */
#define PLUMB_TRACE_WIDTH_PT  842.0
#define PLUMB_TRACE_HEIGHT_PT 595.0

/* A bare chart keeps no space of its own above and below; left and right of it this much is empty. */
#define PLUMB_TRACE_BARE_EDGE_PT 36.0

/* Everything empty, every limit unset. */
void plumb_trace_chart_init(struct plumb_trace_chart *chart);

/* Draws the chart into `scene` at the scene's size; what was in it is removed. A scene smaller than 760 x 560
 * pt (bare: 560 x 220) gets the picture of that size made smaller. Returns 0, or PLUMB_FAILED when memory ran
 * out. The cost is linear in rows; the number of items is bounded. */
int plumb_trace_chart_draw(struct plumb_scene *scene, const struct plumb_trace_chart *chart);

/* The least height in which a bare chart shows its tilt well. */
double plumb_trace_chart_bare_pt(const struct plumb_trace_chart *chart);

#endif
