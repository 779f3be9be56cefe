/* The stored sessions that a page looks back on. */
#ifndef PLUMB_PAGE_HISTORY_H
#define PLUMB_PAGE_HISTORY_H

#include "../../store/store.h"
#include "page_fill.h"

struct plumb_page_history {
    struct plumb_store_session *sessions; /* owned; the newest first */
    size_t n, room;
    int failed; /* memory ran out */
};

/* The sessions that `query` asks for, without those still being recorded. What is derived of them is there
 * once plumb_store_past_holds was asked for. 0, or negative with message; free either way. */
int plumb_page_history_load(
    struct plumb_page_history *history, struct plumb_store *store, const struct plumb_store_query *query,
    struct plumb_message *message);

void plumb_page_history_free(struct plumb_page_history *history);

/* What plumb_page_fill wants of them: owned, n of them, free with free; NULL without memory. */
struct plumb_page_past *plumb_page_history_past(const struct plumb_page_history *history);

#endif
