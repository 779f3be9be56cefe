#include "editor_field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../io/ini_write.h"
#include "../../io/text_number.h"
#include "language.h"
#include "widgets.h"

#define DECIMALS 3 /* more than anybody sets; a number with more stays as it is while nobody changes it */
#define SAME     0.0005

static char *at_offset(const struct plumb_edit_field *field)
{
    struct plumb_exercise *now = &field->editor->draft->now;
    char *base = field->row->of_step ? (char *)&now->steps[field->editor->step] : (char *)now;
    return base + field->row->offset;
}

/* ---- texts */

static char *shown_text(const struct plumb_edit_field *field)
{
    GtkTextIter begin, end;
    if (field->row->kind == PLUMB_EDIT_WORDS)
        return g_strdup(gtk_editable_get_text(GTK_EDITABLE(field->widget)));
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(field->widget));
    gtk_text_buffer_get_bounds(buffer, &begin, &end);
    return gtk_text_buffer_get_text(buffer, &begin, &end, FALSE);
}

/* What is shown, as a file can hold it. Owned. */
static char *clean_text(const struct plumb_edit_field *field)
{
    char *typed = shown_text(field), *clean = g_malloc0(MAX(strlen(typed) + 1, field->row->room));
    strcpy(clean, typed);
    plumb_ini_text_clean(clean, field->row->room);
    g_free(typed);
    return clean;
}

static void show_text(const struct plumb_edit_field *field, const char *text)
{
    field->editor->filling++;
    if (field->row->kind == PLUMB_EDIT_WORDS)
        gtk_editable_set_text(GTK_EDITABLE(field->widget), text);
    else
        gtk_text_buffer_set_text(gtk_text_view_get_buffer(GTK_TEXT_VIEW(field->widget)), text, -1);
    field->editor->filling--;
}

static void text_changed(gpointer from, gpointer data)
{
    struct plumb_edit_field *field = data;
    (void)from;
    if (field->editor->filling)
        return;
    char *clean = clean_text(field), *text = at_offset(field);
    if (!g_str_equal(clean, text)) {
        plumb_editor_begin(field->editor, field);
        memset(text, 0, field->row->room);
        g_strlcpy(text, clean, field->row->room);
        plumb_editor_changed(field->editor);
    }
    g_free(clean);
}

/* While it is typed a space may stand at the end; afterwards what is shown is what is kept. */
static void text_left(GtkEventControllerFocus *focus, gpointer data)
{
    (void)focus;
    plumb_edit_field_fill(data);
}

static void fill_text(const struct plumb_edit_field *field)
{
    char *shown = shown_text(field), *clean = clean_text(field);
    const char *text = at_offset(field);
    int typing = gtk_widget_has_focus(field->widget) || gtk_widget_get_focus_child(field->widget);
    if (!g_str_equal(clean, text) || (!typing && !g_str_equal(shown, text)))
        show_text(field, text);
    g_free(shown);
    g_free(clean);
}

static GtkWidget *words_new(struct plumb_edit_field *field)
{
    GtkWidget *entry = gtk_entry_new();
    gtk_entry_set_max_length(GTK_ENTRY(entry), (int)field->row->room - 1);
    gtk_editable_set_enable_undo(GTK_EDITABLE(entry), FALSE); /* the editor's own goes over all fields */
    g_signal_connect(entry, "changed", G_CALLBACK(text_changed), field);
    return entry;
}

static GtkWidget *text_new(struct plumb_edit_field *field)
{
    GtkWidget *view = gtk_text_view_new();
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(view));
    gtk_text_view_set_wrap_mode(GTK_TEXT_VIEW(view), GTK_WRAP_WORD_CHAR);
    gtk_text_view_set_accepts_tab(GTK_TEXT_VIEW(view), FALSE);
    gtk_text_buffer_set_enable_undo(buffer, FALSE);
    gtk_widget_add_css_class(view, "lines");
    g_signal_connect(buffer, "changed", G_CALLBACK(text_changed), field);
    return view;
}

/* A text that is longer than its lines scrolls. */
static GtkWidget *lines_around(GtkWidget *view)
{
    GtkWidget *scroll = gtk_scrolled_window_new();
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), view);
    gtk_widget_add_css_class(scroll, "lines-around");
    gtk_widget_set_hexpand(scroll, TRUE);
    return scroll;
}

/* ---- numbers */

/* 30 and 0.7, not 30.000. */
static gboolean print_number(GtkSpinButton *spin, gpointer data)
{
    char text[PLUMB_TEXT_NUMBER_N];
    (void)data;
    size_t n = plumb_text_fixed(text, gtk_spin_button_get_value(spin), DECIMALS);
    while (n && strchr(text, '.') && (text[n - 1] == '0' || text[n - 1] == '.')) {
        int point = text[n - 1] == '.';
        text[--n] = '\0';
        if (point)
            break;
    }
    if (!g_str_equal(gtk_editable_get_text(GTK_EDITABLE(spin)), text))
        gtk_editable_set_text(GTK_EDITABLE(spin), text);
    return TRUE;
}

static double model_number(const struct plumb_edit_field *field)
{
    const void *at = at_offset(field);
    if (field->row->kind == PLUMB_EDIT_COUNT)
        return *(const int *)at;
    return *(const double *)at / field->row->unit;
}

static void number_changed(GtkSpinButton *spin, gpointer data)
{
    struct plumb_edit_field *field = data;
    double value = gtk_spin_button_get_value(spin);
    if (field->editor->filling || fabs(value - model_number(field)) < SAME)
        return;
    plumb_editor_begin(field->editor, field);
    void *at = at_offset(field);
    if (field->row->kind == PLUMB_EDIT_COUNT)
        *(int *)at = (int)lround(value);
    else
        *(double *)at = round(value / SAME / 2) * (SAME * 2) * field->row->unit;
    plumb_editor_changed(field->editor);
}

/* The wheel belongs to the page: nobody wants a limit changed because the pointer was over it. */
static void leave_wheel(GtkWidget *spin)
{
    GListModel *controllers = gtk_widget_observe_controllers(spin);
    for (guint i = 0; i < g_list_model_get_n_items(controllers); i++) {
        GtkEventController *controller = g_list_model_get_item(controllers, i);
        if (GTK_IS_EVENT_CONTROLLER_SCROLL(controller))
            gtk_event_controller_set_propagation_phase(controller, GTK_PHASE_NONE);
        g_object_unref(controller);
    }
    g_object_unref(controllers);
}

static GtkWidget *number_new(struct plumb_edit_field *field)
{
    const struct plumb_edit_row *row = field->row;
    GtkWidget *spin = gtk_spin_button_new_with_range(row->least, row->most, row->by);
    gtk_spin_button_set_digits(GTK_SPIN_BUTTON(spin), row->kind == PLUMB_EDIT_COUNT ? 0 : DECIMALS);
    gtk_editable_set_width_chars(GTK_EDITABLE(spin), 5);
    gtk_editable_set_enable_undo(GTK_EDITABLE(spin), FALSE);
    gtk_widget_set_halign(spin, GTK_ALIGN_START);
    gtk_widget_set_valign(spin, GTK_ALIGN_CENTER);
    leave_wheel(spin);
    g_signal_connect(spin, "output", G_CALLBACK(print_number), NULL);
    g_signal_connect(spin, "value-changed", G_CALLBACK(number_changed), field);
    return spin;
}

/* ---- choices */

static void chosen(GtkDropDown *list, GParamSpec *spec, gpointer data)
{
    struct plumb_edit_field *field = data;
    int value = (int)gtk_drop_down_get_selected(list);
    (void)spec;
    if (field->editor->filling || value == field->row->get(field->editor, field->row->which))
        return;
    plumb_editor_begin(field->editor, field);
    field->row->set(field->editor, field->row->which, value);
    plumb_editor_changed(field->editor);
}

static void ticked(GtkCheckButton *check, gpointer data)
{
    struct plumb_edit_field *field = data;
    if (field->editor->filling)
        return;
    plumb_editor_begin(field->editor, field);
    field->row->set(field->editor, field->row->which, gtk_check_button_get_active(check));
    plumb_editor_changed(field->editor);
}

static GtkWidget *choice_new(struct plumb_edit_field *field)
{
    GtkStringList *names = gtk_string_list_new(NULL);
    for (const char *const *at = field->row->choices; *at; at++)
        gtk_string_list_append(names, plumb_language_text(*at));
    GtkWidget *list = gtk_drop_down_new(G_LIST_MODEL(names), NULL);
    gtk_widget_set_halign(list, GTK_ALIGN_START);
    g_signal_connect(list, "notify::selected", G_CALLBACK(chosen), field);
    return list;
}

static GtkWidget *check_new(struct plumb_edit_field *field)
{
    GtkWidget *check = gtk_check_button_new_with_label(plumb_language_text(field->row->label));
    g_signal_connect(check, "toggled", G_CALLBACK(ticked), field);
    return check;
}

/* ---- sliders */

static void slid(GtkRange *range, gpointer data)
{
    struct plumb_edit_field *field = data;
    int value = (int)lround(gtk_range_get_value(range));
    if (field->editor->filling || value == field->row->get(field->editor, field->row->which))
        return;
    plumb_editor_begin(field->editor, field);
    field->row->set(field->editor, field->row->which, value);
    plumb_editor_changed(field->editor);
}

static GtkWidget *slider_new(struct plumb_edit_field *field)
{
    const struct plumb_edit_row *row = field->row;
    GtkWidget *scale = gtk_scale_new_with_range(GTK_ORIENTATION_HORIZONTAL, row->least, row->most, row->by);
    gtk_scale_set_draw_value(GTK_SCALE(scale), TRUE);
    gtk_scale_set_value_pos(GTK_SCALE(scale), GTK_POS_RIGHT);
    gtk_scale_set_digits(GTK_SCALE(scale), 0);
    gtk_widget_set_hexpand(scale, TRUE);
    leave_wheel(scale);
    g_signal_connect(scale, "value-changed", G_CALLBACK(slid), field);
    return scale;
}

/* ---- all of them */

static void fill_widget(const struct plumb_edit_field *field)
{
    const struct plumb_edit_row *row = field->row;
    switch (row->kind) {
    case PLUMB_EDIT_WORDS:
    case PLUMB_EDIT_TEXT:
        fill_text(field);
        break;
    case PLUMB_EDIT_NUMBER:
    case PLUMB_EDIT_COUNT:
        gtk_spin_button_set_value(GTK_SPIN_BUTTON(field->widget), model_number(field));
        break;
    case PLUMB_EDIT_CHOICE:
        gtk_drop_down_set_selected(GTK_DROP_DOWN(field->widget), (guint)row->get(field->editor, row->which));
        break;
    case PLUMB_EDIT_CHECK:
        gtk_check_button_set_active(GTK_CHECK_BUTTON(field->widget), row->get(field->editor, row->which));
        break;
    case PLUMB_EDIT_SLIDER:
        gtk_range_set_value(GTK_RANGE(field->widget), row->get(field->editor, row->which));
        break;
    }
}

static int is_shown(const struct plumb_edit_field *field)
{
    const struct plumb_exercise *now = &field->editor->draft->now;
    if (!field->row->of_step)
        return 1;
    return field->editor->step < now->steps_n &&
           (field->row->steps >> now->steps[field->editor->step].kind & 1u);
}

void plumb_edit_field_fill(const struct plumb_edit_field *field)
{
    if (!field->editor->draft)
        return;
    int shown = is_shown(field);
    field->editor->filling++;
    gtk_widget_set_visible(field->outside, shown);
    if (field->label)
        gtk_widget_set_visible(field->label, shown);
    if (field->row->usable)
        gtk_widget_set_sensitive(field->widget, field->row->usable(field->editor, field->row->which));
    if (shown)
        fill_widget(field);
    field->editor->filling--;
}

static GtkWidget *widget_new(struct plumb_edit_field *field)
{
    switch (field->row->kind) {
    case PLUMB_EDIT_WORDS:
        return words_new(field);
    case PLUMB_EDIT_TEXT:
        return text_new(field);
    case PLUMB_EDIT_NUMBER:
    case PLUMB_EDIT_COUNT:
        return number_new(field);
    case PLUMB_EDIT_CHOICE:
        return choice_new(field);
    case PLUMB_EDIT_CHECK:
        return check_new(field);
    case PLUMB_EDIT_SLIDER:
        return slider_new(field);
    }
    return NULL;
}

static void watch_leaving(struct plumb_edit_field *field)
{
    GtkEventController *focus = gtk_event_controller_focus_new();
    g_signal_connect(focus, "leave", G_CALLBACK(text_left), field);
    gtk_widget_add_controller(field->widget, focus);
}

static void name(const struct plumb_edit_field *field)
{
    GtkWidget *first = gtk_widget_get_first_child(field->widget);
    gtk_widget_set_tooltip_text(field->widget, plumb_language_text(field->row->tip));
    plumb_name_set(field->widget, field->row->label);
    if (GTK_IS_DROP_DOWN(field->widget) && first) /* the keyboard goes to the button in it */
        plumb_name_set(first, field->row->label);
}

struct plumb_edit_field *plumb_edit_field_put(
    struct plumb_editor *editor, GtkGrid *grid, int column, int line, const struct plumb_edit_row *row)
{
    struct plumb_edit_field *field = g_new0(struct plumb_edit_field, 1);
    *field = (struct plumb_edit_field){.row = row, .editor = editor};
    field->widget = widget_new(field);
    field->outside = row->kind == PLUMB_EDIT_TEXT ? lines_around(field->widget) : field->widget;
    g_ptr_array_add(editor->fields, field);
    name(field);
    if (row->kind == PLUMB_EDIT_CHECK) {
        gtk_grid_attach(grid, field->outside, column, line, 2, 1);
        return field;
    }
    field->label = plumb_words_new(row->label, NULL);
    gtk_widget_set_valign(field->label, GTK_ALIGN_CENTER);
    gtk_grid_attach(grid, field->label, column, line, 1, 1);
    gtk_grid_attach(grid, field->outside, column + 1, line, 1, 1);
    if (row->kind <= PLUMB_EDIT_TEXT) {
        gtk_widget_set_hexpand(field->widget, TRUE);
        watch_leaving(field);
    }
    return field;
}

void plumb_edit_commit(struct plumb_editor *editor)
{
    GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(editor->app->window));
    GtkWidget *spin = focus ? gtk_widget_get_ancestor(focus, GTK_TYPE_SPIN_BUTTON) : NULL;
    if (spin)
        gtk_spin_button_update(GTK_SPIN_BUTTON(spin));
}

/* ---- pages of them */

GtkWidget *plumb_edit_page_new(void)
{
    return plumb_box_new(GTK_ORIENTATION_VERTICAL, 10, "card-plain");
}

void plumb_edit_rows_put(
    struct plumb_editor *editor, GtkWidget *page, const struct plumb_edit_row *rows, int n, int pairs)
{
    GtkWidget *grid = gtk_grid_new();
    gtk_grid_set_row_spacing(GTK_GRID(grid), 8);
    gtk_grid_set_column_spacing(GTK_GRID(grid), 14);
    gtk_box_append(GTK_BOX(page), grid);
    for (int i = 0; i < n; i++)
        plumb_edit_field_put(editor, GTK_GRID(grid), i % pairs * 2, i / pairs, &rows[i]);
}
