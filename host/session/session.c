/* Samples to angles to events; silence. */
#include <string.h>

#include "../core/units.h"
#include "internal.h"

#define SILENT_US      (PLUMB_US_PER_S / 2) /* said before the flag: the wearer should know within a second */
#define RHYTHM_EVERY_S 4.0
#define LOST_US        PLUMB_US_PER_S /* DESIGN, "What bad input gets" */

void plumb_session_params_default(struct plumb_session_params *params)
{
    memset(params, 0, sizeof *params);
    params->side = PLUMB_RIGHT;
    params->stiffer = -1;
    for (int imu = 0; imu < PLUMB_WIRE_IMUS_N; imu++)
        plumb_calib_identity(&params->calib[imu]);
    plumb_orient_params_default(&params->orient);
    params->decision_hz = 2;
}

void plumb_session_init(struct plumb_session *session, const struct plumb_session_params *params)
{
    memset(session, 0, sizeof *session);
    session->params = *params;
    session->step = -1;
    session->side = params->side;
    session->away_rad = session->neutral_change_rad = NAN;
    plumb_slip_init(&session->slip);
    session->row.angles = session->row.decided = PLUMB_ANGLES_NONE;
    plumb_link_init(&session->link);
    plumb_orient_coeff_init(&session->coeff, &params->orient);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        plumb_orient_init(&session->orient[role], &session->coeff);
    enum plumb_pose pose =
        params->exercise ? plumb_exercise_pose(params->exercise, params->side) : PLUMB_SUPINE;
    plumb_prepare_init(&session->prepare, pose);
    session->judging.pose = pose;
    session->judging.judged = params->exercise ? params->exercise->judges : 0;
    session->judging.lag_s = plumb_lowpass_lag_s(params->decision_hz);
}

/* ---- events */

struct plumb_event *plumb_session_post(struct plumb_session *session, enum plumb_event_kind kind)
{
    struct plumb_event *event = &session->events[session->events_tail % PLUMB_SESSION_EVENTS_N];
    if (session->events_tail - session->events_head == PLUMB_SESSION_EVENTS_N) {
        session->events_head++;
        session->events_dropped++;
    }
    session->events_tail++;
    memset(event, 0, sizeof *event);
    event->kind = kind;
    event->t_s = session->last_t_s;
    event->host_us = session->now_us;
    return event;
}

int plumb_session_next(struct plumb_session *session, struct plumb_event *event)
{
    if (session->events_head == session->events_tail)
        return 0;
    *event = session->events[session->events_head++ % PLUMB_SESSION_EVENTS_N];
    return 1;
}

void plumb_session_mark(struct plumb_session *session, const char *marker)
{
    if (session->markers_n < PLUMB_SESSION_MARKERS_N)
        session->markers[session->markers_n++] = marker;
}

static const char *take_marker(struct plumb_session *session)
{
    if (!session->markers_n)
        return NULL;
    const char *marker = session->markers[0];
    memmove(session->markers, session->markers + 1, (size_t)--session->markers_n * sizeof *session->markers);
    return marker;
}

/* ---- silence */

static struct plumb_flag lost_flag(const struct plumb_session *session, double end_s)
{
    return (struct plumb_flag){
        .kind = PLUMB_SIGNAL_LOST,
        .onset_s = session->lost_since_s,
        .start_s = session->lost_since_s + (double)LOST_US / PLUMB_US_PER_S,
        .end_s = end_s,
    };
}

static void lose(struct plumb_session *session)
{
    session->lost = 1;
    session->lost_since_s = session->last_t_s;
    plumb_session_post(session, PLUMB_EVENT_FLAG_BEGIN)->flag = lost_flag(session, NAN);
    plumb_session_post(session, PLUMB_EVENT_CUE)->cue = PLUMB_CUE_TROUBLE;
}

void plumb_session_tick(struct plumb_session *session, int64_t host_us)
{
    int64_t silence_us = host_us - session->last_host_us;
    session->now_us = host_us;
    if (!session->begun)
        return;
    if (silence_us >= SILENT_US && !session->silent) {
        session->silent = 1;
        plumb_session_post(session, PLUMB_EVENT_SILENT);
    }
    if (silence_us >= LOST_US && !session->lost)
        lose(session);
}

static void find_again(struct plumb_session *session)
{
    if (session->lost)
        plumb_session_post(session, PLUMB_EVENT_FLAG_END)->flag = lost_flag(session, session->last_t_s);
    session->lost = session->silent = 0;
}

/* ---- one sample */

static void
push_orient(struct plumb_session *session, const struct plumb_sample *sample, struct plumb_quat *q_ws)
{
    for (int role = 0; role < PLUMB_ROLES_N; role++) {
        if (plumb_sample_has(sample, (enum plumb_role)role))
            plumb_orient_push(
                &session->orient[role], &session->coeff, sample->t_s, &sample->imu[role], sample->flags);
        q_ws[role] = plumb_orient_q_ws(&session->orient[role]);
    }
}

static struct plumb_angles angles_of(
    const struct plumb_session *session, const struct plumb_sample *sample, const struct plumb_quat *q_ws)
{
    struct plumb_vec3 up_b[PLUMB_ROLES_N] = {{0, 0, 0}};
    const struct plumb_mount *mounts = session->prepare.mount;
    if (!session->prepare.have_neutral)
        return PLUMB_ANGLES_NONE;
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (plumb_sample_has(sample, (enum plumb_role)role))
            up_b[role] = plumb_body_up(q_ws[role], mounts[role].q_sb);
    struct plumb_vec3 ml_w = plumb_quat_apply(q_ws[PLUMB_PELVIS], mounts[PLUMB_PELVIS].ml_axis_s);
    return plumb_body_angles(
        &session->prepare.neutral, session->judging.pose, up_b,
        plumb_orient_sd_rad(&session->orient[PLUMB_PELVIS], ml_w), mounts[PLUMB_PELVIS].axis_sd_rad);
}

/* 1 from a gap or a restart on, until the angle is known again. Not whenever the estimator is in doubt: it is
 * in doubt in every quick lapse, and that is when the judge is wanted. */
static int finds_itself(struct plumb_session *session, double t_s, double sd_rad)
{
    int fresh =
        session->row.sample.flags & PLUMB_SAMPLE_SEGMENT || t_s - session->decided_s > PLUMB_HOLD_GAP_S;
    session->decided_s = t_s;
    session->finding = (session->finding || fresh) && !(sd_rad <= PLUMB_JUDGE_SD_MOST_RAD);
    return session->finding;
}

static struct plumb_angles
decide(struct plumb_session *session, double t_s, const struct plumb_angles *angles)
{
    double cut_hz = session->params.decision_hz;
    struct plumb_angles decided = *angles;
    if (finds_itself(session, t_s, angles->tilt_sd_rad))
        return PLUMB_ANGLES_NONE;
    decided.tilt_rad = plumb_lowpass_push(&session->tilt_lp, cut_hz, t_s, angles->tilt_rad);
    decided.rotation_rad = plumb_lowpass_push(&session->rotation_lp, cut_hz, t_s, angles->rotation_rad);
    decided.obliquity_rad = plumb_lowpass_push(&session->obliquity_lp, cut_hz, t_s, angles->obliquity_rad);
    decided.lumbar_rad = plumb_lowpass_push(&session->lumbar_lp, cut_hz, t_s, angles->lumbar_rad);
    return decided;
}

static void watch_rhythm(struct plumb_session *session, double t_s, double tilt_rad)
{
    plumb_rhythm_push(&session->rhythm, t_s, tilt_rad);
    if (t_s - session->rhythm_s < RHYTHM_EVERY_S)
        return;
    session->rhythm_s = t_s;
    if (plumb_rhythm_look(&session->rhythm, &session->found_rhythm))
        session->found_rhythm = (struct plumb_rhythm_found){.tremor_rms_rad = NAN};
}

static void note_time(struct plumb_session *session, int64_t host_us, const struct plumb_sample *sample)
{
    session->last_t_s = sample->t_s;
    session->last_host_us = host_us;
    session->roles |= sample->present;
    session->begun = 1;
    if (session->silent || session->lost)
        find_again(session);
}

static void make_angles(struct plumb_session *session, const struct plumb_sample *sample)
{
    struct plumb_quat q_ws[PLUMB_ROLES_N];
    struct plumb_row *row = &session->row;
    push_orient(session, sample, q_ws);
    *row =
        (struct plumb_row){.sample = *sample, .angles = angles_of(session, sample, q_ws), .zone = PLUMB_OFF};
    row->decided = decide(session, sample->t_s, &row->angles);
    watch_rhythm(session, sample->t_s, row->angles.tilt_rad);
    plumb_program_push(session, q_ws);
    plumb_program_watch_slip(session, q_ws[PLUMB_PELVIS]);
}

void plumb_session_sample(struct plumb_session *session, int64_t host_us, const struct plumb_sample *sample)
{
    session->now_us = host_us;
    if (session->begun && !(sample->t_s > session->last_t_s))
        return;
    if (!plumb_sample_has(sample, PLUMB_PELVIS)) {
        plumb_session_tick(session, host_us);
        return;
    }
    note_time(session, host_us, sample);
    if (session->params.only_samples)
        session->row.sample = *sample;
    else
        make_angles(session, sample);
    session->row.marker = take_marker(session);
    plumb_session_post(session, PLUMB_EVENT_SAMPLE)->row = session->row;
}

void plumb_session_finish(struct plumb_session *session)
{
    if (session->lost)
        find_again(session);
    plumb_program_end_hold(session);
}
