/* The window's one state: what was chosen, the engine while it runs, the moment as it was looked at last.
 * Screens read it; only app.c changes what they share.
 */
#ifndef PLUMB_APP_H
#define PLUMB_APP_H

#include <adwaita.h>

#include "../../io/settings.h"
#include "../../view/fonts.h"
#include "../../view/theme.h"
#include "engine.h"
#include "screen.h"

struct plumb_measure;

struct plumb_app_options {
    char *source, *exercise, *patient, *screen, *screenshot, *sound_file, *words, *language;
    int side, both_sides, start; /* start: begin at once, without the start screen's button */
    int sound;                   /* enum plumb_voice_mode; -1: as the settings have it */
    int look, contrast;          /* enum plumb_look */
    int dark, width_px, height_px, no_record, leave; /* leave: quit when the session is over */
    double text_scale;                               /* 0: as the settings have it */
    double screenshot_after_s;
    double measure_s; /* > 0: measure for so long, print, leave */
    double stall_s;   /* while it is measured the window stands still for so long */
};

/* What the start screen has chosen; texts owned. */
struct plumb_choice {
    char *source, *exercise_id, *patient;
    int side, both_sides;
    struct plumb_exercise exercise;
};

struct plumb_app {
    struct plumb_app_options options;
    struct plumb_settings settings; /* as kept */
    struct plumb_choice choice;
    AdwApplication *application;
    GtkWidget *window, *stack, *toasts, *banner, *banner_words, *header, *title, *back;
    struct plumb_fonts *fonts;
    struct plumb_engine *engine;
    struct plumb_moment moment;   /* as looked at in the last tick */
    struct plumb_moment finished; /* of the session that ended last */
    char *refused;                /* why what was asked for at the beginning was not done; owned, or NULL */
    unsigned told_n;              /* what the engine said up to here was shown */
    const struct plumb_screen *screen;
    int64_t replay_id;       /* what the replay shows; 0: the newest session */
    const char *replay_from; /* the screen it was opened from */
    char *folder;            /* where reports and exports go; owned; NULL: the usual one */
    GSList *going;           /* sessions that are deleted unless that is undone: see going.h */
    const char *anew_at;     /* the screen to open anew at when the window is closed, or NULL; see anew.h */
    void *states[PLUMB_SCREENS_N]; /* by the screen's place in the table */
    GtkWidget *far;                /* the wearer's window, or NULL */
    GtkWidget *far_canvas;
    guint heart; /* the timer of the next beat; see heart.h */
    gint64 beat_due_us, beats_n;
    struct plumb_measure *measure; /* what drawing costs, where that was asked for; else NULL */
};

/* Shows another screen. */
void plumb_app_show(struct plumb_app *app, const char *screen_id);

/* The screen behind the back button, where there is one. */
void plumb_app_back(struct plumb_app *app);

/* Shows a stored session moment by moment; back leads to the screen that is shown now. */
void plumb_app_replay(struct plumb_app *app, int64_t session_id);

/* The screen's own state. */
void *plumb_app_state(struct plumb_app *app, const struct plumb_screen *screen);

/* A short line at the bottom that goes by itself; `button` with `wish` for taking it back, or NULL. */
void plumb_app_toast(struct plumb_app *app, const char *text, const char *button, enum plumb_wish wish);

/* Begins a session with the present choice and shows its screens. */
void plumb_app_begin(struct plumb_app *app);

/* Ends the engine; the session is closed well. */
void plumb_app_end(struct plumb_app *app);

void plumb_app_wish(struct plumb_app *app, enum plumb_wish wish);

/* Loads the chosen exercise; keeps the old one where it cannot be read. */
void plumb_app_choose(struct plumb_app *app, const char *exercise_id);

/* The words file in which exercises are shown and said. */
const char *plumb_app_words(const struct plumb_app *app);

/* The colours of pictures now. */
const struct plumb_theme *plumb_app_theme(const struct plumb_app *app);

#endif
