#include "session.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "host/core/units.h"

#define GAP_FROM_S 96.0
#define GAP_TO_S   97.2

/* 0 before `from`, 1 after `to`, smooth between: how people move. */
static double ramp(double t, double from, double to)
{
    double share = fmax(0, fmin(1, (t - from) / (to - from)));
    return share * share * (3 - 2 * share);
}

static double noise(size_t i)
{
    unsigned x = (unsigned)i * 2654435761u;
    x ^= x >> 15;
    x *= 2246822519u;
    return (double)(x >> 8) / (1 << 24) - 0.5;
}

static double tilt_at(double t, size_t i)
{
    double breath = 0.75 * sin(2 * PLUMB_PI * 0.25 * t) + 0.12 * sin(2 * PLUMB_PI * 0.031 * t);
    double lapse =
        8.4 * (ramp(t, 30, 31.1) - ramp(t, 33.6, 34.6)) + 1.6 * (ramp(t, 38, 42) - ramp(t, 50, 54));
    double settle = -11 * (ramp(t, 4, 7) - ramp(t, 9.5, 12)) - 7 * (ramp(t, 64, 67) - ramp(t, 69, 72));
    double drift = 1.4 * ramp(t, 78, 112) + 2.4 * (ramp(t, 108, 109.5) - ramp(t, 112.5, 114));
    return breath + lapse + settle + drift - 1.4 * ramp(t, 122, 126) + 0.16 * noise(i);
}

static int held(double t)
{
    return (t >= 15 && t <= 60) || (t >= 75 && t <= 120);
}

static unsigned char zone_at(double t, double tilt_deg)
{
    if (!held(t))
        return PLUMB_OFF;
    if (t > 31.4 && t < 34.6)
        return PLUMB_RED;
    return fabs(tilt_deg) > 3 ? PLUMB_AMBER : PLUMB_GREEN;
}

static void row_make(struct session *session, size_t i, double t)
{
    session->t_s[i] = t;
    session->tilt_deg[i] = tilt_at(t, i);
    session->sd_deg[i] = 0.45 + 0.25 * (ramp(t, 97.2, 97.3) - ramp(t, 97.3, 102));
    session->rotation_deg[i] = 1.2 * sin(2 * PLUMB_PI * 0.07 * t) + 0.5 * sin(t * 1.3) + 0.2 * noise(i + 7);
    session->obliquity_deg[i] = NAN;
    session->zone[i] = zone_at(t, session->tilt_deg[i]);
}

static void rows_make(struct session *session, double seconds, double rate_hz)
{
    size_t room = (size_t)(seconds * rate_hz) + 1;
    double **columns[] = {
        &session->t_s, &session->tilt_deg, &session->sd_deg, &session->rotation_deg, &session->obliquity_deg};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        *columns[i] = malloc(room * sizeof(double));
        assert(*columns[i]);
    }
    session->zone = malloc(room);
    assert(session->zone);
    for (size_t i = 0; i < room; i++) {
        double t = (double)i / rate_hz;
        if (t <= GAP_FROM_S || t >= GAP_TO_S)
            row_make(session, session->n++, t);
    }
}

static void events_make(struct session *session)
{
    session->holds[0] = (struct plumb_trace_hold){15, 60, 41.8, 45, 1, 9.1};
    session->holds[1] = (struct plumb_trace_hold){75, 120, 43.8, 45, 0, 4.6};
    session->flags[0] = (struct plumb_trace_flag){"anterior_rotation", "measured", 30.72, 31.42, 34.62, 9.1};
    session->flags[1] = (struct plumb_trace_flag){"lumbar_arch", "inferred", 30.72, 31.42, 34.62, 9.1};
    session->flags[2] = (struct plumb_trace_flag){"signal_lost", NULL, 96, 97, 97.2, NAN};
    session->gaps[0] = (struct plumb_trace_gap){GAP_FROM_S, GAP_TO_S};
}

static void chart_make(struct session *session)
{
    struct plumb_trace_chart *chart = &session->chart;
    plumb_trace_chart_init(chart);
    session->lines[0] = "Maria Muster, 21 November 2026, 10:04. Exercise supine-edge, goal 45 s, two holds";
    session->lines[1] = "Neutral taken from 11.0 to 14.5 s: breathing 1.5\xc2\xb0 peak to peak, 15 a minute";
    session->lines[2] = "Clip: alignment good, 97 % of the movement explained";
    chart->title = "Supine edge, right side";
    chart->lines = session->lines;
    chart->lines_n = 3;
    chart->footer = "Plumb 0.1.0";
    chart->n = session->n;
    chart->t_s = session->t_s;
    chart->tilt_deg = session->tilt_deg;
    chart->tilt_sd_deg = session->sd_deg;
    chart->rotation_deg = session->rotation_deg;
    chart->obliquity_deg = session->obliquity_deg;
    chart->zone = session->zone;
    chart->holds = session->holds;
    chart->holds_n = 2;
    chart->flags = session->flags;
    chart->flags_n = 3;
    chart->gaps = session->gaps;
    chart->gaps_n = 1;
    chart->limits = (struct plumb_trace_limits){
        .green_deg = 3,
        .amber_deg = 3,
        .red_deg = 5,
        .delay_s = 0.7,
        .release_deg = 3.5,
        .release_s = 0.5,
        .immediate_deg = 8,
        .posterior_deg = -8,
        .turn_amber_deg = 5,
        .turn_red_deg = 8,
        .breath_pp_deg = 1.5,
    };
}

void session_make(struct session *session, double seconds, double rate_hz)
{
    *session = (struct session){0};
    rows_make(session, seconds, rate_hz);
    events_make(session);
    chart_make(session);
}

void session_free(struct session *session)
{
    free(session->t_s);
    free(session->tilt_deg);
    free(session->sd_deg);
    free(session->rotation_deg);
    free(session->obliquity_deg);
    free(session->zone);
}
