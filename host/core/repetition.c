#include "repetition.h"

#include <math.h>

#define TOP_SHARE  0.9 /* of the peak: where the top begins and ends */
#define BACK_SHARE 0.7 /* of enter: where the movement is over; nobody comes back to neutral itself */

static void begin(struct plumb_repetition_count *count, double t_s, double value_rad)
{
    count->raised = 1;
    count->now = (struct plumb_repetition){.begin_s = count->low_s > 0 ? count->low_s : t_s};
    count->top_begin_s = count->top_end_s = t_s;
    count->top_rad = value_rad;
}

static void rise(struct plumb_repetition_count *count, double t_s, double value_rad)
{
    if (value_rad > count->now.peak_rad)
        count->now.peak_rad = value_rad;
    if (value_rad * TOP_SHARE > count->top_rad) {
        count->top_begin_s = t_s;
        count->top_rad = value_rad;
    }
    if (value_rad >= TOP_SHARE * count->now.peak_rad)
        count->top_end_s = t_s;
}

static void end(struct plumb_repetition_count *count, double t_s, struct plumb_repetition *done)
{
    *done = count->now;
    done->n = ++count->n;
    done->end_s = t_s;
    done->raising_s = count->top_begin_s - done->begin_s;
    done->top_s = count->top_end_s - count->top_begin_s;
    done->lowering_s = t_s - count->top_end_s;
    count->raised = 0;
}

int plumb_repetition_push(
    struct plumb_repetition_count *count, double enter_rad, double t_s, double value_rad,
    struct plumb_repetition *done)
{
    if (isnan(value_rad))
        return 0;
    int low = value_rad < BACK_SHARE * enter_rad;
    if (low)
        count->low_s = t_s;
    if (!count->raised && value_rad > enter_rad)
        begin(count, t_s, value_rad);
    if (!count->raised)
        return 0;
    rise(count, t_s, value_rad);
    if (low)
        end(count, t_s, done);
    return low;
}
