#include "page_history.h"

#include <stdlib.h>
#include <string.h>

#include "../../io/message_fail.h"

/* Visits go on while this is 0. */
static int keep(void *context, const struct plumb_store_session *session)
{
    struct plumb_page_history *history = context;
    if (session->recording)
        return 0;
    if (history->n == history->room) {
        size_t room = 2 * history->room + 64;
        void *more = realloc(history->sessions, room * sizeof *history->sessions);
        history->failed = !more;
        if (!more)
            return 1;
        history->sessions = more;
        history->room = room;
    }
    history->sessions[history->n++] = *session;
    return 0;
}

int plumb_page_history_load(
    struct plumb_page_history *history, struct plumb_store *store, const struct plumb_store_query *query,
    struct plumb_message *message)
{
    memset(history, 0, sizeof *history);
    int fail = plumb_store_sessions(store, query, keep, history, message);
    if (!fail && history->failed)
        fail = plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the list of sessions");
    return fail;
}

void plumb_page_history_free(struct plumb_page_history *history)
{
    free(history->sessions);
    memset(history, 0, sizeof *history);
}

struct plumb_page_past *plumb_page_history_past(const struct plumb_page_history *history)
{
    struct plumb_page_past *past = calloc(history->n + 1, sizeof *past);
    for (size_t i = 0; past && i < history->n; i++) {
        const struct plumb_store_session *session = &history->sessions[i];
        past[i] = (struct plumb_page_past){
            session->begun_utc_us, session->utc_offset_s, {session->in_zone_s[0], session->in_zone_s[1]}};
    }
    return past;
}
