#include "hold.h"

#include <math.h>

void plumb_hold_begin(struct plumb_hold *hold, double t_s)
{
    *hold = (struct plumb_hold){.start_s = t_s, .end_s = t_s};
}

static void count(struct plumb_hold *hold, double step_s)
{
    hold->in_zone_s += step_s;
    hold->run_s += step_s;
    if (hold->run_s > hold->longest_s)
        hold->longest_s = hold->run_s;
}

void plumb_hold_push(struct plumb_hold *hold, double t_s, double tilt_rad, int paused)
{
    double step_s = t_s - hold->end_s;
    if (!hold->paused && step_s <= PLUMB_HOLD_GAP_S)
        count(hold, step_s);
    else
        hold->run_s = 0;
    if (paused && !hold->flagged)
        hold->excursions++;
    hold->flagged = paused;
    if (tilt_rad > hold->worst_rad)
        hold->worst_rad = tilt_rad;
    hold->paused = paused || isnan(tilt_rad);
    hold->end_s = t_s;
}
