/* Repetitions and breaths, counted as they come. */
#include "internal.h"

#define MOVEMENT_HZ 2.0 /* as the decision filter: passes the movement, stops the trembling */

void plumb_program_begin_count(struct plumb_session *session)
{
    session->away_lp = (struct plumb_lowpass){0};
    session->repetitions = (struct plumb_repetition_count){0};
    session->breaths = (struct plumb_breath_count){0};
}

static void
count_rep(struct plumb_session *session, const struct plumb_step *step, const struct plumb_quat *q_ws)
{
    struct plumb_repetition done;
    double t_s = session->last_t_s;
    session->away_rad = plumb_program_away_rad(session, q_ws);
    double away_rad = plumb_lowpass_push(&session->away_lp, MOVEMENT_HZ, t_s, session->away_rad);
    if (!plumb_repetition_push(&session->repetitions, step->rep_rad, t_s, away_rad, &done))
        return;
    plumb_session_post(session, PLUMB_EVENT_REP)->rep = done;
    if (done.lowering_s < step->lowering_s)
        plumb_session_post(session, PLUMB_EVENT_ADVICE)->text =
            plumb_session_word(session, PLUMB_WORD_LOWER_SLOWLY);
}

/* Side-lying the tilt cannot be seen; any other inclination swings with the breath too. */
static double breathing_rad(const struct plumb_angles *angles)
{
    if (!isnan(angles->tilt_rad))
        return angles->tilt_rad;
    return isnan(angles->rotation_rad) ? angles->obliquity_rad : angles->rotation_rad;
}

static void count_breath(struct plumb_session *session)
{
    double value_rad = breathing_rad(&session->row.angles);
    if (plumb_breath_count_push(&session->breaths, session->last_t_s, value_rad))
        plumb_session_post(session, PLUMB_EVENT_BREATH)->breath = session->breaths.n;
}

struct plumb_progress plumb_program_push_count(
    struct plumb_session *session, const struct plumb_step *step, const struct plumb_quat q_ws[PLUMB_ROLES_N])
{
    int reps = step->kind == PLUMB_STEP_REPS;
    if (reps)
        count_rep(session, step, q_ws);
    else
        count_breath(session);
    int n = reps ? session->repetitions.n : session->breaths.n;
    int late = step->at_most_s > 0 && session->last_t_s - session->step_begun_s >= step->at_most_s;
    double fraction = (double)n / step->count;
    return (struct plumb_progress){fraction < 1 ? fraction : 1, n >= step->count || late, PLUMB_HINT_NONE};
}
