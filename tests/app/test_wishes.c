/* What a person may want in the middle of a stretch: a pause, a new neutral, the other side. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host/io/find_data.h"
#include "host/io/load_exercise.h"
#include "rehearsal.h"
#include "suite.h"

static struct plumb_exercise exercise;
static struct rehearsal *played;
static double held_s, begun_s;
static int done_n;

static void load(void)
{
    char path[PLUMB_PATH_N];
    struct plumb_message message;
    CU_ASSERT_EQUAL_FATAL(plumb_data_find("exercises", ".exercise", "supine-edge", path, &message), 0);
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_load(&exercise, path, &message), 0);
    played = calloc(1, sizeof *played);
    CU_ASSERT_PTR_NOT_NULL_FATAL(played);
    held_s = begun_s = 0;
    done_n = 0;
}

static void play(int both, rehearsal_hook *hook)
{
    rehearse(played, &exercise, MANNER_PERFECT, both, 600, hook);
}

static void unload(void)
{
    rehearsal_free(played);
    free(played);
}

/* Ten seconds into the first hold, for twenty seconds. */
static void pause_in_hold(struct rehearsal *rehearsal, double t_s)
{
    struct plumb_session *session = &rehearsal->session;
    if (done_n == 0 && session->holding && session->hold.in_zone_s > 10) {
        plumb_session_pause(session, 1);
        held_s = session->hold.in_zone_s;
        begun_s = t_s;
        done_n = 1;
    }
    if (done_n == 1 && t_s > begun_s + 20) {
        CU_ASSERT_DOUBLE_EQUAL(session->hold.in_zone_s, held_s, 0.02);
        plumb_session_pause(session, 0);
        done_n = 2;
    }
}

static void a_pause_is_not_counted_and_marked(void)
{
    load();
    play(0, pause_in_hold);
    CU_ASSERT_EQUAL(done_n, 2);
    CU_ASSERT_EQUAL(played->holds_n, 2);
    CU_ASSERT_DOUBLE_EQUAL(played->session.in_zone_s, 60, 0.5);
    CU_ASSERT_EQUAL(played->flags_n, 0);
    int begins = 0, ends = 0;
    for (size_t i = 0; i < played->marks_n; i++) {
        begins += played->marks[i].kind == PLUMB_POSE_CHANGE_BEGIN;
        ends += played->marks[i].kind == PLUMB_POSE_CHANGE_END;
    }
    CU_ASSERT_EQUAL(begins, 1);
    CU_ASSERT_EQUAL(ends, 1);
    unload();
}

/* While getting into the pose, before any hold. */
static void pause_before_hold(struct rehearsal *rehearsal, double t_s)
{
    struct plumb_session *session = &rehearsal->session;
    const struct plumb_step *step = plumb_session_step(session);
    if (done_n == 0 && step && step->kind == PLUMB_STEP_MOVE) {
        plumb_session_pause(session, 1);
        begun_s = t_s;
        done_n = 1;
    }
    if (done_n == 1 && t_s > begun_s + 30) {
        CU_ASSERT_EQUAL(step->kind, PLUMB_STEP_MOVE);
        plumb_session_pause(session, 0);
        begun_s = t_s;
        done_n = 2;
    }
    if (done_n == 2 && session->holding) {
        CU_ASSERT(t_s - begun_s > 6); /* of the step's 8 s */
        done_n = 3;
    }
}

static void a_step_waits_through_a_pause(void)
{
    load();
    play(0, pause_before_hold);
    CU_ASSERT_EQUAL(done_n, 3);
    CU_ASSERT_EQUAL(played->holds_n, 2);
    unload();
}

static void neutral_in_hold(struct rehearsal *rehearsal, double t_s)
{
    struct plumb_session *session = &rehearsal->session;
    (void)t_s;
    if (done_n == 0 && session->holding && session->hold.in_zone_s > 5) {
        CU_ASSERT_EQUAL(plumb_session_neutral_again(session), 1);
        CU_ASSERT_EQUAL(plumb_session_step(session)->kind, PLUMB_STEP_NEUTRAL);
        CU_ASSERT_EQUAL(session->holding, 0);
        done_n = 1;
    }
}

static void a_new_neutral_leads_back_to_the_hold(void)
{
    load();
    play(0, neutral_in_hold);
    CU_ASSERT_EQUAL(done_n, 1);
    CU_ASSERT_EQUAL(played->holds_n, 3); /* the one begun, and both once more */
    CU_ASSERT_DOUBLE_EQUAL(played->session.in_zone_s, 65, 1);
    unload();
}

static void neutral_and_back(struct rehearsal *rehearsal, double t_s)
{
    struct plumb_session *session = &rehearsal->session;
    (void)t_s;
    if (done_n == 0 && session->holding && session->hold.in_zone_s > 5) {
        struct plumb_neutral before = session->prepare.neutral;
        CU_ASSERT_EQUAL(plumb_session_neutral_undo(session), 0);
        CU_ASSERT_EQUAL(plumb_session_neutral_again(session), 1);
        CU_ASSERT_EQUAL(plumb_session_neutral_undo(session), 1);
        CU_ASSERT_EQUAL(memcmp(&before, &session->prepare.neutral, sizeof before), 0);
        CU_ASSERT_EQUAL(session->holding, 1);
        CU_ASSERT_EQUAL(plumb_session_neutral_undo(session), 0);
        done_n = 1;
    }
}

static void a_new_neutral_can_be_taken_back(void)
{
    load();
    play(0, neutral_and_back);
    CU_ASSERT_EQUAL(done_n, 1);
    CU_ASSERT_EQUAL(played->holds_n, 3);
    unload();
}

static void switch_in_hold(struct rehearsal *rehearsal, double t_s)
{
    struct plumb_session *session = &rehearsal->session;
    (void)t_s;
    if (done_n == 0 && session->holding && session->hold.in_zone_s > 5) {
        enum plumb_side was = session->side;
        CU_ASSERT_EQUAL(plumb_session_switch(session), 1);
        CU_ASSERT_EQUAL(session->side, plumb_side_other(was));
        done_n = 1;
    }
}

static void the_other_side_can_come_at_once(void)
{
    load();
    play(0, switch_in_hold);
    CU_ASSERT_EQUAL(done_n, 1);
    CU_ASSERT_EQUAL(played->holds_n, 3);
    CU_ASSERT_DOUBLE_EQUAL(played->session.in_zone_s, 65, 1);
    unload();
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a pause is not counted, and marked", a_pause_is_not_counted_and_marked},
        {"a step waits through a pause", a_step_waits_through_a_pause},
        {"a new neutral leads back to the hold", a_new_neutral_leads_back_to_the_hold},
        {"a new neutral can be taken back", a_new_neutral_can_be_taken_back},
        {"the other side can come at once", the_other_side_can_come_at_once},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("wishes", tests, argc, argv);
}
