/* The pictures of a replay: the angle and the pelvis at the cursor, the tilt about it, the whole session; a
 * pointer on the latter two moves the cursor.
 */
#ifndef PLUMB_REPLAY_VIEW_H
#define PLUMB_REPLAY_VIEW_H

#include "../../view/scrub.h"
#include "../shared/replay.h"
#include "app.h"

struct plumb_replay_view {
    struct plumb_app *app;
    struct plumb_replay *replay; /* owned; NULL: nothing is there yet */
    struct plumb_scrub scrub;
    struct plumb_replay_at at; /* the cursor */
    GtkWidget *readout, *pelvis, *trace, *strip;
    void (*moved)(void *context); /* a pointer moved the cursor or the window */
    void *context;
    /* kept from picture to picture */
    struct plumb_trail window; /* of shown_from_s, shown_to_s */
    double shown_from_s, shown_to_s;
    struct plumb_live_trace drawn;
    struct plumb_look_back back;
    struct plumb_scene moving;
    double drag_x_px;
};

/* Makes the four pictures, which the caller puts where they belong. */
void plumb_replay_view_build(struct plumb_replay_view *view, struct plumb_app *app);

/* Takes a session to show (NULL: none), the cursor at its first hold. */
void plumb_replay_view_take(struct plumb_replay_view *view, struct plumb_replay *replay);

/* Looks at the cursor's moment and draws anew. */
void plumb_replay_view_look(struct plumb_replay_view *view);

#endif
