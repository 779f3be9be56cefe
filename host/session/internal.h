/* What the files of the session tell each other. */
#ifndef PLUMB_SESSION_INTERNAL_H
#define PLUMB_SESSION_INTERNAL_H

#include "session.h"

/* A new event at the end of the queue, to be filled in. */
struct plumb_event *plumb_session_post(struct plumb_session *session, enum plumb_event_kind kind);

/* A sentence in the session's language. */
static inline const char *plumb_session_word(const struct plumb_session *session, enum plumb_word word)
{
    return plumb_words_text(session->params.words, word);
}

/* The exercise's words with LEG and OTHER filled in. */
void plumb_program_write(const struct plumb_session *session, const char *words, char *out, size_t room);

/* The program: looks at the last sample and goes on when the step is done. q_ws: one per role. */
void plumb_program_push(struct plumb_session *session, const struct plumb_quat q_ws[PLUMB_ROLES_N]);

/* ---- holds (program_hold.c) */

void plumb_program_begin_hold(struct plumb_session *session);

/* Judges and counts the last sample. */
void plumb_program_push_hold(struct plumb_session *session, const struct plumb_quat q_ws[PLUMB_ROLES_N]);

/* Looks whether the wearer is aside in a hold: the pose left, a pause, a rest. Where that begins, standing
 * flags end; from there to its end it is marked as no part of the pose, so that afterwards nobody counts it
 * either. */
void plumb_program_step_aside(struct plumb_session *session);

/* The zone of the last sample while the wearer presses against the stretch. */
void plumb_program_push_contract(struct plumb_session *session);

/* Closes the hold and the flags that stand. */
void plumb_program_end_hold(struct plumb_session *session);

/* ---- whether the angles can be trusted (program_trust.c) */

/* At neutral: does the pose look like the exercise's? */
void plumb_program_check_pose(struct plumb_session *session);

/* The last sample: did the clip slip? Raises the flag of this hold. */
void plumb_program_watch_slip(struct plumb_session *session, struct plumb_quat q_ws);

/* At the end of a hold: ends the flag, and looks whether neutral came back. */
void plumb_program_check_neutral(struct plumb_session *session);

/* ---- what is counted (program_count.c) */

void plumb_program_begin_count(struct plumb_session *session);

/* Repetitions or breaths of the step now, with the last sample. */
struct plumb_progress plumb_program_push_count(
    struct plumb_session *session, const struct plumb_step *step,
    const struct plumb_quat q_ws[PLUMB_ROLES_N]);

/* How far gravity has turned in the pelvis since neutral; NaN without neutral. */
double
plumb_program_away_rad(const struct plumb_session *session, const struct plumb_quat q_ws[PLUMB_ROLES_N]);

#endif
