#include "page_doubt.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../../core/judge.h"
#include "../../core/units.h"
#include "../../view/figure.h"

static const struct {
    unsigned bits; /* of the flags that mean it */
    const char *words;
} WHYS[PLUMB_WHYS_N] = {
    [PLUMB_WHY_NO_DATA] = {0, "no data"},
    [PLUMB_WHY_LOST] = {1u << PLUMB_SIGNAL_LOST, "sensor lost"},
    [PLUMB_WHY_SLIPPED] = {1u << PLUMB_SENSOR_SLIP, "clip had slipped"},
    [PLUMB_WHY_AXES] = {1u << PLUMB_AXIS_FAULT, "axes disagree"},
    [PLUMB_WHY_RANGE] = {1u << PLUMB_SATURATED, "beyond the sensor's range"},
    [PLUMB_WHY_UNKNOWN] = {0, "angle not known"},
    [PLUMB_WHY_WIDE] = {0, "angle hardly known"},
};

/* The first reason why row i is in doubt; PLUMB_WHYS_N: none. */
static int why_of(const struct plumb_trace_fill *fill, size_t i)
{
    const struct plumb_trace_chart *chart = &fill->chart;
    for (int why = 0; why < PLUMB_WHYS_N; why++)
        if (fill->row_flags[i] & WHYS[why].bits)
            return why;
    if (!isfinite(chart->tilt_deg[i]))
        return PLUMB_WHY_UNKNOWN;
    double most_deg = PLUMB_JUDGE_SD_MOST_RAD * PLUMB_DEG_PER_RAD;
    return chart->tilt_sd_deg && chart->tilt_sd_deg[i] > most_deg ? PLUMB_WHY_WIDE : PLUMB_WHYS_N;
}

/* Row i speaks for the time up to the next one, or up to the hold's end. */
static void
count_row(struct plumb_page_doubt *doubt, const struct plumb_trace_fill *fill, size_t i, double end_s)
{
    const struct plumb_trace_chart *chart = &fill->chart;
    double next_s = i + 1 < chart->n ? fmin(chart->t_s[i + 1], end_s) : end_s;
    double step_s = fmax(0, next_s - chart->t_s[i]);
    int why = step_s > PLUMB_HOLD_GAP_S ? PLUMB_WHY_NO_DATA : why_of(fill, i);
    if (why == PLUMB_WHYS_N)
        return;
    doubt->why_s[why] += step_s;
    doubt->sum_s += step_s;
}

static size_t first_row(const struct plumb_trace_chart *chart, double t_s)
{
    size_t low = 0, high = chart->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (chart->t_s[middle] < t_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void plumb_page_doubt_count(struct plumb_page_doubt *doubt, const struct plumb_trace_fill *fill)
{
    const struct plumb_trace_chart *chart = &fill->chart;
    memset(doubt, 0, sizeof *doubt);
    for (size_t hold = 0; hold < chart->holds_n; hold++) {
        double end_s = chart->holds[hold].end_s;
        for (size_t i = first_row(chart, chart->holds[hold].start_s); i < chart->n && chart->t_s[i] < end_s;
             i++)
            count_row(doubt, fill, i, end_s);
    }
}

void plumb_page_doubt_say(char *out, size_t room, const struct plumb_page_doubt *doubt)
{
    char figure[PLUMB_FIGURE_ROOM];
    int n = snprintf(out, room, "%s s of the holds", plumb_figure(figure, doubt->sum_s, 1, PLUMB_SIGN_MINUS));
    const char *before = ": ";
    for (int why = 0; why < PLUMB_WHYS_N; why++) {
        if (doubt->why_s[why] < 0.05 || n < 0 || (size_t)n >= room)
            continue;
        plumb_figure(figure, doubt->why_s[why], 1, PLUMB_SIGN_MINUS);
        n += snprintf(out + n, room - (size_t)n, "%s%s %s s", before, WHYS[why].words, figure);
        before = ", ";
    }
}
