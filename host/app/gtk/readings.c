#include "readings.h"

#include <math.h>
#include <stdio.h>

#include "../../core/units.h"
#include "../../view/figure.h"
#include "language.h"

int plumb_readings_away(const struct plumb_moment *moment)
{
    return moment->gone || moment->silent || moment->state != PLUMB_ENGINE_RUNNING;
}

static const char *zone_word(const struct plumb_moment *moment)
{
    static const char *const words[] = {
        [PLUMB_OFF] = N_("not judged now"),
        [PLUMB_GREEN] = N_("in the zone"),
        [PLUMB_AMBER] = N_("at the edge"),
        [PLUMB_RED] = N_("out of your set zone")};
    if (plumb_readings_away(moment))
        return _("no signal, timer paused");
    if (moment->paused || moment->resting)
        return _("paused");
    if (moment->pose_gone)
        return _("out of the pose, timer paused");
    return plumb_language_text(words[moment->zone]);
}

struct plumb_readout plumb_readings_readout(const struct plumb_moment *moment)
{
    const struct plumb_thresholds *limits = &moment->thresholds;
    return (struct plumb_readout){
        .tilt_deg = moment->decided.tilt_rad * PLUMB_DEG_PER_RAD,
        .zone = moment->paused || moment->resting ? PLUMB_OFF : moment->zone,
        .word = zone_word(moment),
        .amber_deg = limits->amber_rad * PLUMB_DEG_PER_RAD,
        .red_deg = limits->red_rad * PLUMB_DEG_PER_RAD,
        .posterior_deg = limits->posterior_rad * PLUMB_DEG_PER_RAD,
        .away = plumb_readings_away(moment)};
}

struct plumb_trace_limits plumb_readings_limits(const struct plumb_moment *moment)
{
    const struct plumb_thresholds *limits = &moment->thresholds;
    struct plumb_trace_chart chart;
    plumb_trace_chart_init(&chart);
    if (limits->red_rad > 0) {
        chart.limits.green_deg = chart.limits.amber_deg = limits->amber_rad * PLUMB_DEG_PER_RAD;
        chart.limits.red_deg = limits->red_rad * PLUMB_DEG_PER_RAD;
    }
    return chart.limits;
}

void plumb_readings_tilt_words(char *out, size_t room, const struct plumb_readout *readout)
{
    char figure[PLUMB_FIGURE_ROOM];
    if (readout->away || isnan(readout->tilt_deg)) {
        snprintf(out, room, _("Tilt not known, %s"), readout->word);
        return;
    }
    plumb_figure(figure, fabs(readout->tilt_deg), 1, PLUMB_SIGN_ASCII);
    snprintf(
        out, room, readout->tilt_deg >= 0 ? _("%s degrees forward, %s") : _("%s degrees back, %s"), figure,
        readout->word);
}

/* ---- the ring */

struct plumb_hold_ring plumb_readings_ring(const struct plumb_moment *moment)
{
    int waits = moment->paused || moment->resting || moment->pose_gone || plumb_readings_away(moment);
    if (moment->holding)
        return (struct plumb_hold_ring){
            .in_zone_s = moment->hold.in_zone_s,
            .dose_s = moment->step.in_zone_s,
            .zone = moment->zone,
            .paused = waits || moment->zone == PLUMB_RED,
            .word = waits || moment->zone == PLUMB_RED ? _("timer paused") : _("seconds left")};
    int timed = isfinite(moment->step_left_s) && moment->step.for_s > 0;
    return (struct plumb_hold_ring){
        .in_zone_s = timed ? moment->step.for_s - moment->step_left_s : 0,
        .dose_s = timed ? moment->step.for_s : 0,
        .zone = PLUMB_OFF,
        .paused = waits,
        .word = waits   ? _("paused")
                : timed ? _("seconds to go")
                        : ""};
}

/* ---- angles */

int plumb_readings_shows_rotation(enum plumb_pose pose)
{
    return pose != PLUMB_UPRIGHT;
}

int plumb_readings_shows_obliquity(enum plumb_pose pose)
{
    return pose == PLUMB_UPRIGHT;
}

void plumb_readings_angle(char out[PLUMB_READING_N], double angle_rad, int pose_shows)
{
    char figure[PLUMB_FIGURE_ROOM];
    if (!pose_shows)
        snprintf(out, PLUMB_READING_N, _("not seen in this pose"));
    else if (isnan(angle_rad))
        snprintf(out, PLUMB_READING_N, "\xe2\x80\x93");
    else
        snprintf(
            out, PLUMB_READING_N, "%s\xc2\xb0",
            plumb_figure(figure, angle_rad * PLUMB_DEG_PER_RAD, 1, PLUMB_SIGN_ALWAYS));
}

double plumb_readings_in_zone_s(const struct plumb_moment *moment, enum plumb_side side)
{
    double sum_s = moment->holding && moment->side == side ? moment->hold.in_zone_s : 0;
    for (int i = 0; i < moment->holds_n; i++)
        if (moment->holds[i].side == side)
            sum_s += moment->holds[i].in_zone_s;
    return sum_s;
}
