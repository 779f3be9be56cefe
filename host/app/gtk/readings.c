#include "readings.h"

#include <math.h>
#include <stdio.h>

#include "../../core/units.h"
#include "../../view/figure.h"
#include "../shared/tongue_here.h"
#include "language.h"

int plumb_readings_away(const struct plumb_moment *moment)
{
    return moment->gone || moment->silent || moment->state != PLUMB_ENGINE_RUNNING;
}

int plumb_readings_tilt_unseen(const struct plumb_moment *moment)
{
    return isnan(moment->decided.tilt_rad) && !plumb_pose_shows(moment->pose, PLUMB_ANTERIOR_ROTATION);
}

/* Why no angle comes; NULL where one does. Nobody waits for a signal when all is over. */
static const char *away_word(const struct plumb_moment *moment)
{
    if (moment->state == PLUMB_ENGINE_ENDED)
        return moment->over ? _("done") : _("ended");
    if (moment->state == PLUMB_ENGINE_WAITING)
        return _("not begun yet");
    return plumb_readings_away(moment) ? _("no signal, timer paused") : NULL;
}

static const char *judged_word(const struct plumb_moment *moment)
{
    static const char *const words[] = {
        [PLUMB_OFF] = N_("not judged now"),
        [PLUMB_GREEN] = N_("in the zone"),
        [PLUMB_AMBER] = N_("at the edge"),
        [PLUMB_RED] = N_("out of your set zone")};
    if (moment->paused || moment->resting)
        return _("paused");
    if (moment->pose_gone)
        return _("out of the pose, timer paused");
    if (plumb_readings_tilt_unseen(moment))
        return _("tilt not seen in this pose");
    return moment->judged ? plumb_language_text(words[moment->zone]) : _("not judged");
}

static const char *zone_word(const struct plumb_moment *moment)
{
    const char *away = away_word(moment);
    return away ? away : judged_word(moment);
}

/* What is never judged has no limits in force. */
struct plumb_readout plumb_readings_readout(const struct plumb_moment *moment)
{
    const struct plumb_thresholds *limits = &moment->thresholds;
    return (struct plumb_readout){
        .tongue = &plumb_tongue_here,
        .tilt_deg = moment->decided.tilt_rad * PLUMB_DEG_PER_RAD,
        .zone = moment->paused || moment->resting ? PLUMB_OFF : moment->zone,
        .word = zone_word(moment),
        .amber_deg = moment->judged ? limits->amber_rad * PLUMB_DEG_PER_RAD : NAN,
        .red_deg = moment->judged ? limits->red_rad * PLUMB_DEG_PER_RAD : NAN,
        .posterior_deg = moment->judged ? limits->posterior_rad * PLUMB_DEG_PER_RAD : NAN,
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
    plumb_said_figure(figure, &plumb_tongue_here, fabs(readout->tilt_deg), 1, PLUMB_SIGN_ASCII);
    snprintf(
        out, room, readout->tilt_deg >= 0 ? _("%s degrees forward, %s") : _("%s degrees back, %s"), figure,
        readout->word);
}

/* ---- the ring */

static struct plumb_hold_ring counting(const struct plumb_moment *moment, int waits)
{
    return (struct plumb_hold_ring){
        .counted_n = moment->counted_n < moment->step.count ? moment->counted_n : moment->step.count,
        .asked_n = moment->step.count,
        .zone = PLUMB_OFF,
        .paused = waits,
        .word = waits                                     ? _("paused")
                : moment->step.kind == PLUMB_STEP_BREATHS ? _("breaths")
                                                          : _("repetitions")};
}

/* As the ring writes it: "2:21" from a hundred seconds on. */
static const char *left_word(const struct plumb_moment *moment)
{
    double left_s = moment->step.in_zone_s - moment->hold.in_zone_s;
    return left_s > PLUMB_RING_SECONDS_MOST ? _("minutes left") : _("seconds left");
}

struct plumb_hold_ring plumb_readings_ring(const struct plumb_moment *moment)
{
    int waits = moment->paused || moment->resting || moment->pose_gone || plumb_readings_away(moment);
    if (moment->holding)
        return (struct plumb_hold_ring){
            .in_zone_s = moment->hold.in_zone_s,
            .dose_s = moment->step.in_zone_s,
            .zone = moment->zone,
            .paused = waits || moment->zone == PLUMB_RED,
            .word = waits || moment->zone == PLUMB_RED ? _("timer paused") : left_word(moment)};
    if (moment->step.kind == PLUMB_STEP_REPS || moment->step.kind == PLUMB_STEP_BREATHS)
        return counting(moment, waits);
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

void plumb_readings_ring_words(char *out, size_t room, const struct plumb_hold_ring *ring)
{
    if (ring->asked_n > 0)
        snprintf(out, room, _("%d of %d, %s"), ring->counted_n, ring->asked_n, ring->word);
    else if (!ring->paused && ring->dose_s - ring->in_zone_s > PLUMB_RING_SECONDS_MOST)
        snprintf(out, room, _("%.0f of %.0f seconds"), floor(ring->in_zone_s), ring->dose_s);
    else
        snprintf(out, room, _("%.0f of %.0f seconds, %s"), floor(ring->in_zone_s), ring->dose_s, ring->word);
}

/* ---- what came of a side */

void plumb_readings_total(
    char out[PLUMB_READING_N], const struct plumb_moment *moment, const struct plumb_dose *dose,
    enum plumb_side side)
{
    if (dose->in_zone_s > 0 || dose->reps_n + dose->breaths_n == 0)
        snprintf(out, PLUMB_READING_N, "%.0f s", floor(plumb_readings_in_zone_s(moment, side)));
    else if (dose->reps_n)
        snprintf(out, PLUMB_READING_N, _("%d of %d"), moment->reps_n[side], dose->reps_n);
    else
        snprintf(out, PLUMB_READING_N, _("%d of %d"), moment->breaths_n[side], dose->breaths_n);
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
            plumb_said_figure(
                figure, &plumb_tongue_here, angle_rad * PLUMB_DEG_PER_RAD, 1, PLUMB_SIGN_ALWAYS));
}

double plumb_readings_in_zone_s(const struct plumb_moment *moment, enum plumb_side side)
{
    double sum_s = moment->holding && moment->side == side ? moment->hold.in_zone_s : 0;
    for (int i = 0; i < moment->holds_n; i++)
        if (moment->holds[i].side == side)
            sum_s += moment->holds[i].in_zone_s;
    return sum_s;
}
