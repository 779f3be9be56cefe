#include "breath_count.h"

#include <math.h>

#include "units.h"

#define SLOW_HZ  0.05 /* posture; breathing begins at 0.1 Hz */
#define QUICK_HZ 0.7  /* above twice the quickest breathing (EVIDENCE: 0.2-0.35 Hz) */
#define EDGE_RAD (0.05 * PLUMB_RAD_PER_DEG)
#define FORGET_S 10.0 /* two slow breaths */
#define FASTEST_S                                                                                            \
    1.5 /* no breath follows another sooner: 40 a minute                                                     \
         */

int plumb_breath_count_push(struct plumb_breath_count *count, double t_s, double tilt_rad)
{
    if (isnan(tilt_rad))
        return 0;
    double step_s = count->last_s > 0 ? t_s - count->last_s : 0;
    double mean = plumb_lowpass_push(&count->slow, SLOW_HZ, t_s, tilt_rad);
    double swing = plumb_lowpass_push(&count->quick, QUICK_HZ, t_s, tilt_rad) - mean;
    count->last_s = t_s;
    count->swing_rad = fmax(count->swing_rad * exp(-step_s / FORGET_S), fabs(swing));
    double edge_rad = fmax(EDGE_RAD, count->swing_rad / 4);
    if (count->high && swing < -edge_rad)
        count->high = 0;
    if (count->high || swing <= edge_rad || (count->n && t_s - count->counted_s < FASTEST_S))
        return 0;
    count->high = 1;
    count->counted_s = t_s;
    count->n++;
    return 1;
}
