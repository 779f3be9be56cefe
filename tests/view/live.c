#include "live.h"

#include <math.h>

#define PI         3.14159265358979323846
#define EVERY_S    120.0 /* the same again */
#define HOLD_S     70.0
#define LAPSE_S    95.0
#define SILENCE_S  78.0
#define SILENT_S   1.6
#define LAPSE_LONG 6.0

double live_tilt_deg(double t_s)
{
    double t = fmod(t_s, EVERY_S), lapse = (t - LAPSE_S) / LAPSE_LONG;
    if (t > SILENCE_S && t < SILENCE_S + SILENT_S)
        return NAN;
    double bump = lapse > 0 && lapse < 1 ? 8.2 * sin(PI * lapse) * sin(PI * lapse) : 0;
    return 0.7 * sin(2 * PI * 0.25 * t) + 0.25 * sin(2 * PI * 0.9 * t) - 0.6 + bump +
           (t < 60 ? -6 * exp(-t / 20) : 0);
}

enum plumb_zone live_zone(double t_s)
{
    double deg = live_tilt_deg(t_s);
    if (fmod(t_s, EVERY_S) < HOLD_S)
        return PLUMB_OFF;
    return deg > 5 ? PLUMB_RED : deg > 3 ? PLUMB_AMBER : PLUMB_GREEN;
}

static void fill(struct live_example *live, double seconds, double rate_hz)
{
    plumb_trail_init(&live->last, PLUMB_TRAIL_LAST, PLUMB_TRAIL_LIVE_S);
    plumb_trail_init(&live->whole, PLUMB_TRAIL_WHOLE, PLUMB_TRAIL_STRIP_S);
    for (size_t i = 0; (double)i / rate_hz <= seconds; i++) {
        double t_s = (double)i / rate_hz;
        plumb_trail_push(&live->last, t_s, live_tilt_deg(t_s), live_zone(t_s));
        plumb_trail_push(&live->whole, t_s, live_tilt_deg(t_s), live_zone(t_s));
    }
}

void live_make(struct live_example *live, const struct plumb_theme *theme, double seconds, double rate_hz)
{
    fill(live, seconds, rate_hz);
    live->marks[0] = (struct plumb_live_mark){seconds - 20, "mark 1"};
    live->spans[0] = (struct plumb_live_span){HOLD_S, NAN};
    live->holds[0] = (struct plumb_strip_hold){{20, 52}, "left"};
    live->holds[1] = (struct plumb_strip_hold){live->spans[0], "right"};
    live->trace = (struct plumb_live_trace){
        .theme = theme,
        .tilt = &live->last,
        .now_s = seconds,
        .text_px = 18,
        .judged = 1,
        .limits = {.green_deg = 3, .red_deg = 5, .posterior_deg = -8},
        .marks = live->marks,
        .marks_n = 1,
        .holds = live->spans,
        .holds_n = 1,
    };
    plumb_live_trace_scale(&live->trace);
    live->ring = (struct plumb_hold_ring){
        .theme = theme,
        .in_zone_s = 18.4,
        .dose_s = 30,
        .zone = PLUMB_GREEN,
        .word = "seconds left",
        .text_px = 18};
    live->strip = (struct plumb_session_strip){
        .theme = theme,
        .tilt = &live->whole,
        .now_s = seconds,
        .text_px = 16,
        .least_s = 120,
        .cursor_s = NAN,
        .holds = live->holds,
        .holds_n = 2,
        .marks = live->marks,
        .marks_n = 1,
    };
}
