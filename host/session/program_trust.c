/* Whether the angles can be trusted: the pose at neutral, the clip during a hold, neutral at its end. */
#include <stdio.h>

#include "../core/units.h"
#include "analysis.h"
#include "internal.h"

#define QUIET_S   4.0 /* a breath */
#define QUIET_RAD (2.0 * PLUMB_RAD_PER_DEG)

/* ---- the pose */

static const enum plumb_word pose_words[PLUMB_POSES_N] = {
    [PLUMB_SUPINE] = PLUMB_WORD_POSE_SUPINE,
    [PLUMB_PRONE] = PLUMB_WORD_POSE_PRONE,
    [PLUMB_UPRIGHT] = PLUMB_WORD_POSE_UPRIGHT,
    [PLUMB_LYING_LEFT] = PLUMB_WORD_POSE_LYING_LEFT,
    [PLUMB_LYING_RIGHT] = PLUMB_WORD_POSE_LYING_RIGHT};

static void say_pose(struct plumb_session *session, enum plumb_pose seen, enum plumb_pose wanted)
{
    char half[sizeof session->pose_say];
    plumb_words_fill(
        half, sizeof half, plumb_session_word(session, PLUMB_WORD_POSE_SEEN), "{seen}",
        plumb_session_word(session, pose_words[seen]));
    plumb_words_fill(
        session->pose_say, sizeof session->pose_say, half, "{wanted}",
        plumb_session_word(session, pose_words[wanted]));
    plumb_session_post(session, PLUMB_EVENT_ADVICE)->text = session->pose_say;
}

void plumb_program_check_pose(struct plumb_session *session)
{
    const struct plumb_mount *mount = &session->prepare.mount[PLUMB_PELVIS];
    int good = mount->method == PLUMB_MOUNT_FUNCTIONAL && mount->quality == PLUMB_MOUNT_GOOD;
    enum plumb_pose seen, wanted = session->prepare.pose;
    plumb_slip_axis(&session->slip, good ? mount->ml_axis_s : plumb_vec3_of(0, 0, 0));
    struct plumb_vec3 up_s = plumb_quat_apply(mount->q_sb, session->prepare.neutral.up_b[PLUMB_PELVIS]);
    if (!session->prepare.have_neutral || !plumb_pose_contradicts(mount, wanted, up_s, &seen))
        return;
    say_pose(session, seen, wanted);
}

/* ---- the clip */

static int slip_stands(const struct plumb_session *session)
{
    return session->slip_flag.kind == PLUMB_SENSOR_SLIP && isnan(session->slip_flag.end_s);
}

static void begin_slip(struct plumb_session *session, const struct plumb_slip_found *found)
{
    session->slip_flag = (struct plumb_flag){
        .kind = PLUMB_SENSOR_SLIP,
        .basis = PLUMB_MEASURED,
        .onset_s = found->t_s,
        .start_s = found->t_s,
        .end_s = NAN,
        .peak_rad = found->angle_rad};
    plumb_session_post(session, PLUMB_EVENT_FLAG_BEGIN)->flag = session->slip_flag;
}

void plumb_program_watch_slip(struct plumb_session *session, struct plumb_quat q_ws)
{
    struct plumb_slip_found found;
    int slipped = plumb_slip_push(&session->slip, session->last_t_s, q_ws, &found);
    int judged = session->holding && session->params.exercise->judged;
    if (slipped && judged && found.t_s >= session->hold.start_s &&
        !plumb_limit_raised(&session->pose_guard)) {
        if (slip_stands(session))
            session->slip_flag.peak_rad = fmax(session->slip_flag.peak_rad, found.angle_rad);
        else
            begin_slip(session, &found);
    }
    if (slip_stands(session))
        session->row.flags |= 1u << PLUMB_SENSOR_SLIP;
}

/* ---- neutral */

static double change_rad(const struct plumb_session *session)
{
    struct plumb_vec3 up_s, then = session->prepare.neutral.up_b[PLUMB_PELVIS];
    double spread_rad;
    if (!session->prepare.have_neutral || !plumb_slip_lately(&session->slip, QUIET_S, &up_s, &spread_rad) ||
        spread_rad > QUIET_RAD)
        return NAN;
    struct plumb_quat q_bs = plumb_quat_conj(session->prepare.mount[PLUMB_PELVIS].q_sb);
    struct plumb_vec3 now = plumb_quat_apply(q_bs, up_s);
    return atan2(plumb_vec3_norm(plumb_vec3_cross(now, then)), plumb_vec3_dot(now, then));
}

void plumb_program_check_neutral(struct plumb_session *session)
{
    if (slip_stands(session)) {
        session->slip_flag.end_s = session->last_t_s;
        plumb_session_post(session, PLUMB_EVENT_FLAG_END)->flag = session->slip_flag;
    }
    session->neutral_change_rad = session->params.exercise->judged ? change_rad(session) : NAN;
    if (!(session->neutral_change_rad > PLUMB_NEUTRAL_NOISE_RAD))
        return;
    char moved_deg[24];
    snprintf(moved_deg, sizeof moved_deg, "%.1f", session->neutral_change_rad * PLUMB_DEG_PER_RAD);
    plumb_words_fill(
        session->trust_say, sizeof session->trust_say, plumb_session_word(session, PLUMB_WORD_NEUTRAL_MOVED),
        "{n}", moved_deg);
    plumb_session_post(session, PLUMB_EVENT_ADVICE)->text = session->trust_say;
}
