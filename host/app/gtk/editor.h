/* The exercise editor's parts: the list at the left, the pages of the form, the steps, what is done with it
 * all. screen_editor.c puts them together.
 */
#ifndef PLUMB_EDITOR_H
#define PLUMB_EDITOR_H

#include "app.h"
#include "editor_draft.h"

#define PLUMB_EDITOR_PAGES_N 5

struct plumb_editor {
    struct plumb_app *app;
    GHashTable *drafts;        /* id -> struct plumb_draft, owned: edits outlive a look elsewhere */
    struct plumb_draft *draft; /* the one that is shown, of `drafts`; NULL before the first */
    int step;                  /* the chosen one */
    int filling;               /* widgets are being set: what they signal is no edit */
    GPtrArray *fields;         /* struct plumb_edit_field, owned */
    GtkWidget *figure, *list;  /* left */
    GtkWidget *tabs[PLUMB_EDITOR_PAGES_N], *pages[PLUMB_EDITOR_PAGES_N];
    GtkWidget *steps, *bands;
    guint keeping; /* the timer that keeps what is unfinished; 0: none */
    GtkWidget *note, *check, *save, *save_as_new, *discard, *undo, *redo, *revert, *try_it;
};

/* Before and after a change of draft->now; `field` as plumb_draft_begin wants it. Between the two the draft
 * is changed; afterwards all of the screen shows it. */
void plumb_editor_begin(struct plumb_editor *editor, gconstpointer field);
void plumb_editor_changed(struct plumb_editor *editor);

/* Sets every widget to what the draft is now. */
void plumb_editor_fill(struct plumb_editor *editor);

/* The draft of that exercise, with the edits it has; NULL, and said, where it cannot be read. Borrowed. */
struct plumb_draft *plumb_editor_draft(struct plumb_editor *editor, const char *id);

/* Shows that exercise, with the edits it has. */
void plumb_editor_open(struct plumb_editor *editor, const char *id);

/* Shows the exercise chosen for a stretch, or the first. */
void plumb_editor_open_chosen(struct plumb_editor *editor);

/* editor_keep.c: what is unfinished, on the disk now or a moment later; had back, all of it: the id that was
 * worked at last, owned, or NULL; a file from elsewhere, shown. */
void plumb_editor_keep(struct plumb_editor *editor);
void plumb_editor_keep_later(struct plumb_editor *editor);
char *plumb_editor_recall(struct plumb_editor *editor);
void plumb_editor_open_file(struct plumb_editor *editor, const char *path);

/* editor_list.c: the figure and the list. */
GtkWidget *plumb_editor_list_new(struct plumb_editor *editor);
void plumb_editor_list_load(struct plumb_editor *editor); /* anew, from the folders */
void plumb_editor_list_fill(struct plumb_editor *editor); /* marks only */

/* editor_form.c: the pages. */
GtkWidget *plumb_editor_form_new(struct plumb_editor *editor);
void plumb_editor_form_page(struct plumb_editor *editor, int page);
void plumb_editor_form_fill(struct plumb_editor *editor);

/* editor_figure.c: the page of the figure, and the figure in words (owned). */
GtkWidget *plumb_editor_figure_new(struct plumb_editor *editor);
char *plumb_editor_figure_words(const struct plumb_editor *editor);

/* editor_steps.c: the page of the steps. */
GtkWidget *plumb_editor_steps_new(struct plumb_editor *editor);
void plumb_editor_steps_fill(struct plumb_editor *editor);

/* editor_actions.c: what the reader says, and the buttons. */
GtkWidget *plumb_editor_actions_new(struct plumb_editor *editor);
void plumb_editor_actions_fill(struct plumb_editor *editor);
gboolean plumb_editor_key(struct plumb_editor *editor, guint key, GdkModifierType with);

#endif
