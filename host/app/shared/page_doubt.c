#include "page_doubt.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../../core/units.h"

static void count_row(struct plumb_doubt *doubt, const struct plumb_trace_fill *fill, size_t i, double end_s)
{
    const struct plumb_trace_chart *chart = &fill->chart;
    double next_s = i + 1 < chart->n ? fmin(chart->t_s[i + 1], end_s) : end_s;
    double sd_deg = chart->tilt_sd_deg ? chart->tilt_sd_deg[i] : NAN;
    plumb_doubt_push(
        doubt, next_s - chart->t_s[i], fill->row_flags[i], chart->tilt_deg[i] * PLUMB_RAD_PER_DEG,
        sd_deg * PLUMB_RAD_PER_DEG);
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

void plumb_page_doubt_count(struct plumb_doubt *doubt, const struct plumb_trace_fill *fill)
{
    const struct plumb_trace_chart *chart = &fill->chart;
    memset(doubt, 0, sizeof *doubt);
    for (size_t hold = 0; hold < chart->holds_n; hold++) {
        double end_s = chart->holds[hold].end_s;
        size_t i = first_row(chart, chart->holds[hold].start_s);
        for (; i < chart->n && chart->t_s[i] < end_s; i++)
            count_row(doubt, fill, i, end_s);
    }
}

void plumb_page_doubt_say(
    char *out, size_t room, const struct plumb_doubt *doubt, const struct plumb_tongue *tongue)
{
    char figure[PLUMB_FIGURE_ROOM];
    int n = snprintf(
        out, room, plumb_said(tongue, "%s s of the holds"),
        plumb_said_figure(figure, tongue, doubt->sum_s, 1, PLUMB_SIGN_MINUS));
    const char *before = ": ";
    for (int why = 0; why < PLUMB_WHYS_N; why++) {
        if (doubt->why_s[why] < 0.05 || n < 0 || (size_t)n >= room)
            continue;
        plumb_said_figure(figure, tongue, doubt->why_s[why], 1, PLUMB_SIGN_MINUS);
        n += snprintf(
            out + n, room - (size_t)n, "%s%s %s s", before,
            plumb_said(tongue, plumb_why_words((enum plumb_why)why)), figure);
        before = ", ";
    }
}
