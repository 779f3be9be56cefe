/* What the files of the analysis tell each other. All return 0, or -1 when memory is short. */
#ifndef PLUMB_ANALYSIS_INTERNAL_H
#define PLUMB_ANALYSIS_INTERNAL_H

#include "../core/smooth.h"
#include "analysis.h"

struct plumb_span {
    size_t begin, end; /* rows, end not included; empty: begin == end */
};

struct plumb_batch {
    struct plumb_analysis *analysis;
    const struct plumb_analysis_params *params;
    const struct plumb_track *track;
    const struct plumb_mark *marks;
    size_t marks_n;
    struct plumb_tilt_variance *tilt; /* per row, of the pelvis' sensor */
};

/* The first window of a kind at or after row `from`; empty where there is none. An open one ends with the
 * track. */
struct plumb_span plumb_span_marked(const struct plumb_batch *batch, enum plumb_marker begin, size_t from);

/* The side that is stretched at that moment, and its pose. */
enum plumb_side plumb_batch_side(const struct plumb_batch *batch, double t_s);
enum plumb_pose plumb_batch_pose(const struct plumb_batch *batch, double t_s);

/* Fills mount and neutral. */
int plumb_batch_place(struct plumb_batch *batch);

/* Where up is in each segment over the span and how the wearer breathed, with the mount that is known: the
 * neutral of a later window. */
void plumb_batch_neutral(
    const struct plumb_batch *batch, struct plumb_span span, struct plumb_neutral *neutral);

/* Adds one; the order is made at the end. */
int plumb_batch_add_flag(struct plumb_batch *batch, const struct plumb_flag *flag);

/* Fills the diagnosis and flags what it means for the holds. */
int plumb_batch_sensor(struct plumb_batch *batch);

/* Looks, hold by hold, whether the clip slipped and whether neutral came back; and once whether the pose is
 * the exercise's. */
int plumb_batch_trust(struct plumb_batch *batch);

/* Fills holds, flags, zones. */
int plumb_batch_judge(struct plumb_batch *batch);

#endif
