#include "json_event.h"

#include <jansson.h>
#include <math.h>

#include "../core/units.h"

#define DIGITS 12

static json_t *number(double value)
{
    return isfinite(value) ? json_real(round(value * 1e6) / 1e6) : json_null();
}

static json_t *angle(double value_rad)
{
    return number(round(value_rad * PLUMB_DEG_PER_RAD * 1e3) / 1e3);
}

static json_t *sample(const struct plumb_event *event, const struct plumb_session *session)
{
    const struct plumb_row *row = &event->row;
    const struct plumb_breath *breath = &session->found_rhythm.breath;
    return json_pack(
        "{s:s, s:o, s:o, s:o, s:o, s:s, s:o, s:o}", "event", "angle", "tilt_deg",
        angle(row->decided.tilt_rad), "tilt_sd_deg", angle(row->angles.tilt_sd_rad), "rotation_deg",
        angle(row->decided.rotation_rad), "obliquity_deg", angle(row->decided.obliquity_rad), "zone",
        plumb_zone_name(row->zone), "in_zone_s", number(session->holding ? session->hold.in_zone_s : NAN),
        "breath_per_min", number(breath->per_min > 0 ? breath->per_min : NAN));
}

static json_t *hello(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)event;
    const struct plumb_hello *said = &session->hello;
    int imus_n = 0;
    for (int imu = 0; imu < said->imus_n; imu++)
        imus_n += said->imus[imu].present != 0;
    return json_pack(
        "{s:s, s:i, s:i, s:I, s:i, s:i}", "event", "hello", "board", said->board, "firmware", said->firmware,
        "serial", (json_int_t)said->serial, "rate_hz", said->rate_hz, "imus", imus_n);
}

static json_t *text(const char *name, const struct plumb_event *event)
{
    return json_pack("{s:s, s:s}", "event", name, "text", event->text ? event->text : "");
}

static json_t *trouble(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    return text("trouble", event);
}

static json_t *silent(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)event, (void)session;
    return json_pack("{s:s}", "event", "silent");
}

static json_t *segment(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)event;
    return json_pack("{s:s, s:i}", "event", "segment", "segments", session->clock.segments_n);
}

static json_t *step(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    return json_pack("{s:s, s:i, s:s}", "event", "step", "step", event->step + 1, "say", event->text);
}

static json_t *mount(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)event;
    const struct plumb_mount *found = &session->prepare.mount[PLUMB_PELVIS];
    return json_pack(
        "{s:s, s:s, s:s, s:o, s:i}", "event", "mount", "method",
        found->method == PLUMB_MOUNT_FUNCTIONAL ? "functional" : "assumed", "quality",
        found->quality == PLUMB_MOUNT_GOOD ? "good" : "approximate", "explained", number(found->explained),
        "tilts", found->tilts_n);
}

static json_t *neutral(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)event;
    const struct plumb_neutral *found = &session->prepare.neutral;
    return json_pack(
        "{s:s, s:o, s:o}", "event", "neutral", "breath_pp_deg", angle(found->breath_pp_rad), "breath_per_min",
        number(found->breath_per_min));
}

static json_t *hold(const char *name, const struct plumb_hold *hold)
{
    return json_pack(
        "{s:s, s:o, s:o, s:i, s:o}", "event", name, "in_zone_s", number(hold->in_zone_s), "elapsed_s",
        number(plumb_hold_elapsed_s(hold)), "excursions", hold->excursions, "worst_deg",
        angle(hold->worst_rad));
}

static json_t *hold_begin(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    return hold("hold_begin", &event->hold);
}

static json_t *hold_end(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    return hold("hold_end", &event->hold);
}

static json_t *flag(const char *name, const struct plumb_flag *flag)
{
    return json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "event", name, "kind", plumb_flag_name(flag->kind), "basis",
        plumb_basis_name(flag->basis), "onset_s", number(flag->onset_s), "start_s", number(flag->start_s),
        "end_s", number(flag->end_s), "peak_deg", angle(flag->peak_rad));
}

static json_t *flag_begin(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    return flag("flag_begin", &event->flag);
}

static json_t *flag_end(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    return flag("flag_end", &event->flag);
}

static json_t *pose_gone(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)event, (void)session;
    return json_pack("{s:s}", "event", "pose_gone");
}

static json_t *pose_back(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)event, (void)session;
    return json_pack("{s:s}", "event", "pose_back");
}

static json_t *rep(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    const struct plumb_repetition *done = &event->rep;
    return json_pack(
        "{s:s, s:i, s:o, s:o, s:o, s:o}", "event", "rep", "n", done->n, "peak_deg", angle(done->peak_rad),
        "raising_s", number(done->raising_s), "top_s", number(done->top_s), "lowering_s",
        number(done->lowering_s));
}

static json_t *breath(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    return json_pack("{s:s, s:i}", "event", "breath", "n", event->breath);
}

static json_t *side(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    return json_pack("{s:s, s:s}", "event", "side", "side", plumb_side_name(event->side));
}

static json_t *advice(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    return text("advice", event);
}

static json_t *paused(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)event, (void)session;
    return json_pack("{s:s}", "event", "paused");
}

static json_t *goes_on(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)event, (void)session;
    return json_pack("{s:s}", "event", "goes_on");
}

static json_t *stopped(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)session;
    return text("stopped", event);
}

static json_t *done(const struct plumb_event *event, const struct plumb_session *session)
{
    (void)event;
    return json_pack("{s:s, s:o}", "event", "done", "in_zone_s", number(session->in_zone_s));
}

typedef json_t *make_fn(const struct plumb_event *event, const struct plumb_session *session);

static make_fn *const make_by_kind[] = {
    [PLUMB_EVENT_SAMPLE] = sample,
    [PLUMB_EVENT_HELLO] = hello,
    [PLUMB_EVENT_TROUBLE] = trouble,
    [PLUMB_EVENT_SILENT] = silent,
    [PLUMB_EVENT_SEGMENT] = segment,
    [PLUMB_EVENT_STEP] = step,
    [PLUMB_EVENT_MOUNT] = mount,
    [PLUMB_EVENT_NEUTRAL] = neutral,
    [PLUMB_EVENT_HOLD_BEGIN] = hold_begin,
    [PLUMB_EVENT_HOLD_END] = hold_end,
    [PLUMB_EVENT_FLAG_BEGIN] = flag_begin,
    [PLUMB_EVENT_FLAG_END] = flag_end,
    [PLUMB_EVENT_CUE] = NULL,
    [PLUMB_EVENT_POSE_GONE] = pose_gone,
    [PLUMB_EVENT_POSE_BACK] = pose_back,
    [PLUMB_EVENT_PAUSED] = paused,
    [PLUMB_EVENT_GOES_ON] = goes_on,
    [PLUMB_EVENT_REP] = rep,
    [PLUMB_EVENT_BREATH] = breath,
    [PLUMB_EVENT_SIDE] = side,
    [PLUMB_EVENT_ADVICE] = advice,
    [PLUMB_EVENT_STOPPED] = stopped,
    [PLUMB_EVENT_DONE] = done,
};

char *plumb_json_event(const struct plumb_event *event, const struct plumb_session *session)
{
    make_fn *make = make_by_kind[event->kind];
    json_t *object = make ? make(event, session) : NULL;
    if (!object)
        return NULL;
    json_object_set_new(object, "t_s", number(event->t_s));
    json_object_set_new(object, "host_s", number((double)event->host_us / PLUMB_US_PER_S));
    char *line = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));
    json_decref(object);
    return line;
}
