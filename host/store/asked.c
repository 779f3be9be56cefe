#include "asked.h"

#include <stdlib.h>
#include <string.h>

#include "../io/message_fail.h"
#include "sql.h"
#include "stored.h"

static int is_over(struct plumb_store *store, int64_t session_id, struct plumb_message *message)
{
    int64_t one = 0;
    int over = plumb_sql_integer(
        store, &one, message, "SELECT 1 FROM session_ends WHERE session_id = ?", "i", session_id);
    if (over)
        return over < 0 ? over : 0;
    return plumb_message_fail(
        message, PLUMB_USAGE, "session %lld is still being recorded", (long long)session_id);
}

static int ask_side(
    struct plumb_store *store, int64_t session_id, struct plumb_asked *asked, struct plumb_message *message)
{
    int64_t side = PLUMB_RIGHT;
    int found =
        plumb_sql_integer(store, &side, message, "SELECT side FROM sessions WHERE id = ?", "i", session_id);
    asked->params.side = side ? PLUMB_RIGHT : PLUMB_LEFT;
    return found < 0 ? found : 0;
}

static int ask_turns(
    struct plumb_store *store, int64_t session_id, struct plumb_asked *asked, struct plumb_message *message)
{
    struct plumb_stored_side *sides = NULL;
    size_t n = 0;
    int fail = plumb_stored_sides(store, session_id, &sides, &n, message);
    asked->turns = calloc(n + 1, sizeof *asked->turns);
    if (!fail && !asked->turns)
        fail = plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    for (size_t i = 0; i < n && !fail; i++)
        asked->turns[i] = (struct plumb_turn){sides[i].t_s, sides[i].side};
    asked->params.turns = asked->turns;
    asked->params.turns_n = n;
    free(sides);
    return fail;
}

int plumb_asked_load(
    struct plumb_store *store, int64_t session_id, struct plumb_asked *asked, struct plumb_message *message)
{
    memset(asked, 0, sizeof *asked);
    plumb_analysis_params_default(&asked->params);
    asked->params.exercise = &asked->exercise;
    asked->params.limits = asked->limits;
    asked->params.wanted = store->wanted;
    int found = plumb_stored_exercise(store, session_id, &asked->exercise, asked->limits, message);
    int fail = found < 0 ? found : is_over(store, session_id, message);
    if (!fail)
        fail = ask_side(store, session_id, asked, message);
    if (!fail)
        fail = ask_turns(store, session_id, asked, message);
    return fail ? fail : plumb_stored_load(store, session_id, &asked->recording, message);
}

void plumb_asked_free(struct plumb_asked *asked)
{
    plumb_recording_free(&asked->recording);
    free(asked->turns);
    asked->turns = NULL;
}
