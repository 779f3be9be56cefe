/* Fields of the editor's form: a row of a table says what of the exercise a widget shows and changes. */
#ifndef PLUMB_EDITOR_FIELD_H
#define PLUMB_EDITOR_FIELD_H

#include "editor.h"

enum plumb_edit_kind {
    PLUMB_EDIT_WORDS,  /* char[room], one line */
    PLUMB_EDIT_TEXT,   /* char[room], as many lines as it needs */
    PLUMB_EDIT_NUMBER, /* double; the model has `unit` times what is shown */
    PLUMB_EDIT_COUNT,  /* int */
    PLUMB_EDIT_CHOICE, /* get and set: the index in `choices` */
    PLUMB_EDIT_CHECK,  /* get and set: 0 or 1 */
    PLUMB_EDIT_SLIDER, /* get and set: whole numbers from least to most */
};

struct plumb_edit_row {
    const char *label, *tip; /* tip may be NULL */
    enum plumb_edit_kind kind;
    int of_step;    /* offset is in the chosen step, else in the exercise */
    unsigned steps; /* of_step: bits of the kinds of step that have it */
    size_t offset, room;
    double unit, least, most, by;
    const char *const *choices; /* ended by NULL */
    int which;                  /* what get and set are told: of many alike, this one */
    int (*get)(const struct plumb_editor *editor, int which);
    void (*set)(struct plumb_editor *editor, int which, int value);
    int (*usable)(const struct plumb_editor *editor, int which); /* NULL: always */
};

struct plumb_edit_field {
    const struct plumb_edit_row *row;
    struct plumb_editor *editor;
    GtkWidget *label, *widget; /* label NULL: the widget has it in itself */
    GtkWidget *outside;        /* the widget, or what it lies in */
};

/* Puts label and widget into a grid, side by side, or where `above` is 1 one above the other over `columns`.
 * Returns the field, owned by the editor. */
struct plumb_edit_field *plumb_edit_field_put(
    struct plumb_editor *editor, GtkGrid *grid, int column, int line, const struct plumb_edit_row *row);

/* A page of the form, and rows put into it, row by row over so many pairs of columns. */
GtkWidget *plumb_edit_page_new(void);
void plumb_edit_rows_put(
    struct plumb_editor *editor, GtkWidget *page, const struct plumb_edit_row *rows, int n, int pairs);
#define PLUMB_EDIT_PUT(editor, page, rows, pairs)                                                            \
    plumb_edit_rows_put(editor, page, rows, (int)G_N_ELEMENTS(rows), pairs)

/* The widget shows what the draft has. */
void plumb_edit_field_fill(const struct plumb_edit_field *field);

/* Takes over a number that was typed and not yet left. */
void plumb_edit_commit(struct plumb_editor *editor);

#endif
