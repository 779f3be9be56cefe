#include "replay_view.h"

#include <math.h>

#include "../../view/pelvis_figure.h"
#include "../../view/readout.h"
#include "../shared/tongue_here.h"
#include "canvas.h"

#define BEFORE 0.15 /* of the window: so much before the first hold is seen at first */

/* ---- pictures */

static const struct plumb_trace_limits *limits_of(const struct plumb_replay_view *view)
{
    return &view->replay->limits[view->at.side];
}

static void blank(const struct plumb_replay_view *view, struct plumb_scene *scene)
{
    plumb_scene_clear(scene);
    scene->paper = plumb_app_theme(view->app)->paper;
}

static void fill_readout(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    const struct plumb_replay_view *view = context;
    if (!view->replay) {
        blank(view, scene);
        return;
    }
    struct plumb_readout readout = {
        .theme = plumb_app_theme(app),
        .tongue = &plumb_tongue_here,
        .tilt_deg = view->at.tilt_deg,
        .zone = view->at.zone,
        .word = plumb_replay_zone_words(&view->at),
        .amber_deg = limits_of(view)->amber_deg,
        .red_deg = limits_of(view)->red_deg,
        .posterior_deg = -limits_of(view)->posterior_deg,
        .away = !view->at.known};
    plumb_readout_draw(scene, &readout);
}

static void fill_pelvis(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    const struct plumb_replay_view *view = context;
    if (!view->replay) {
        blank(view, scene);
        return;
    }
    struct plumb_pelvis_figure figure = {
        .theme = plumb_app_theme(app),
        .view = PLUMB_PELVIS_SIDE,
        .pose = view->replay->pose[view->at.side],
        .deg = view->at.tilt_deg,
        .amber_deg = limits_of(view)->amber_deg,
        .red_deg = limits_of(view)->red_deg,
        .sure = 1,
        .zone = view->at.zone,
        .text_px = 15 * app->options.text_scale};
    plumb_pelvis_figure_draw(scene, &figure);
}

/* The rows of the window are gone through again only where it moved. */
static void take_window(struct plumb_replay_view *view)
{
    double from_s = view->scrub.from_s, to_s = from_s + view->scrub.span_s;
    if (from_s == view->shown_from_s && to_s == view->shown_to_s)
        return;
    plumb_replay_window(view->replay, from_s, to_s, &view->window);
    view->shown_from_s = from_s;
    view->shown_to_s = to_s;
}

static struct plumb_live_trace *trace_of(struct plumb_replay_view *view)
{
    view->back.span_s = view->scrub.span_s;
    view->back.cursor_s = view->scrub.cursor_s;
    view->back.cursor_deg = view->at.tilt_deg;
    view->back.zone = view->at.zone;
    view->drawn.theme = plumb_app_theme(view->app);
    view->drawn.now_s = view->scrub.from_s + view->scrub.span_s;
    view->drawn.text_px = 17 * view->app->options.text_scale;
    view->drawn.limits = *limits_of(view);
    return &view->drawn;
}

static void fill_trace(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    struct plumb_replay_view *view = context;
    (void)app;
    blank(view, scene);
    if (!view->replay)
        return;
    take_window(view);
    plumb_live_trace_stay(scene, trace_of(view));
    view->moving.width_pt = scene->width_pt;
    view->moving.height_pt = scene->height_pt;
    plumb_live_trace_move(&view->moving, &view->drawn);
    plumb_scene_put(scene, &view->moving, 0, 0, 1);
}

static struct plumb_session_strip strip_of(const struct plumb_replay_view *view)
{
    const struct plumb_replay *replay = view->replay;
    return (struct plumb_session_strip){
        .theme = plumb_app_theme(view->app),
        .tilt = &replay->whole,
        .now_s = replay->end_s,
        .text_px = 15 * view->app->options.text_scale,
        .cursor_s = view->scrub.cursor_s,
        .over = 1,
        .from_s = view->scrub.from_s,
        .to_s = view->scrub.from_s + view->scrub.span_s,
        .holds = replay->holds,
        .holds_n = replay->holds_n,
        .marks = replay->marks,
        .marks_n = replay->marks_n,
        .flags = replay->bars,
        .flags_n = replay->flags_n};
}

static void fill_strip(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    const struct plumb_replay_view *view = context;
    (void)app;
    blank(view, scene);
    if (!view->replay)
        return;
    struct plumb_session_strip strip = strip_of(view);
    plumb_session_strip_draw(scene, &strip);
}

/* ---- the pointer */

static struct plumb_scene size_of(GtkWidget *widget)
{
    return (struct plumb_scene){
        .width_pt = gtk_widget_get_width(widget), .height_pt = gtk_widget_get_height(widget)};
}

static void point(struct plumb_replay_view *view, GtkWidget *widget, double x_px)
{
    struct plumb_scene size = size_of(widget);
    if (!view->replay)
        return;
    if (widget == view->trace) {
        plumb_scrub_point(&view->scrub, plumb_live_trace_at_s(&size, trace_of(view), x_px));
    } else {
        struct plumb_session_strip strip = strip_of(view);
        plumb_scrub_to(&view->scrub, plumb_session_strip_at_s(&size, &strip, x_px));
    }
    view->moved(view->context);
}

static void drag_begun(GtkGestureDrag *drag, double x_px, double y_px, gpointer data)
{
    struct plumb_replay_view *view = data;
    (void)y_px;
    view->drag_x_px = x_px;
    point(view, gtk_event_controller_get_widget(GTK_EVENT_CONTROLLER(drag)), x_px);
}

static void dragged(GtkGestureDrag *drag, double dx_px, double dy_px, gpointer data)
{
    struct plumb_replay_view *view = data;
    (void)dy_px;
    point(view, gtk_event_controller_get_widget(GTK_EVENT_CONTROLLER(drag)), view->drag_x_px + dx_px);
}

static gboolean scrolled(GtkEventControllerScroll *scroll, double dx, double dy, gpointer data)
{
    struct plumb_replay_view *view = data;
    (void)scroll, (void)dx;
    if (!view->replay || dy == 0)
        return FALSE;
    plumb_scrub_zoom(&view->scrub, dy < 0 ? 1 : -1);
    view->moved(view->context);
    return TRUE;
}

static void listen(struct plumb_replay_view *view, GtkWidget *widget)
{
    GtkGesture *drag = gtk_gesture_drag_new();
    GtkEventController *wheel = gtk_event_controller_scroll_new(
        GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
    g_signal_connect(drag, "drag-begin", G_CALLBACK(drag_begun), view);
    g_signal_connect(drag, "drag-update", G_CALLBACK(dragged), view);
    g_signal_connect(wheel, "scroll", G_CALLBACK(scrolled), view);
    gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(drag));
    gtk_widget_add_controller(widget, wheel);
    gtk_widget_set_cursor_from_name(widget, "col-resize");
}

/* ---- the whole */

static void forget(gpointer data)
{
    struct plumb_replay_view *view = data;
    plumb_replay_view_take(view, NULL);
    plumb_scene_free(&view->moving);
}

void plumb_replay_view_build(struct plumb_replay_view *view, struct plumb_app *app)
{
    view->app = app;
    plumb_scene_init(&view->moving, 1, 1);
    view->readout = plumb_canvas_new(app, 380, 180, "Pelvic tilt at the cursor", fill_readout, view);
    gtk_widget_add_css_class(view->readout, "rounded");
    gtk_widget_set_overflow(view->readout, GTK_OVERFLOW_HIDDEN);
    view->pelvis = plumb_canvas_new(app, 300, 140, "The pelvis at the cursor", fill_pelvis, view);
    view->trace = plumb_canvas_new(app, 420, 170, "Tilt about the cursor", fill_trace, view);
    view->strip = plumb_canvas_new(
        app, 420, (int)(40 + 30 * app->options.text_scale), "The whole session", fill_strip, view);
    listen(view, view->trace);
    listen(view, view->strip);
    g_object_set_data_full(G_OBJECT(view->trace), "view", view, forget);
}

/* The scale stays as it is for the whole session: nothing jumps under a cursor that is dragged. */
static void take_scale(struct plumb_replay_view *view)
{
    const struct plumb_replay *replay = view->replay;
    view->back = (struct plumb_look_back){
        .span_s = fmax(replay->end_s, 1),
        .judged_only = replay->judged && replay->holds_n,
        .flags = replay->bars,
        .flags_n = replay->flags_n};
    view->drawn = (struct plumb_live_trace){
        .tilt = &replay->whole,
        .now_s = replay->end_s,
        .judged = replay->judged,
        .limits = *limits_of(view),
        .marks = replay->marks,
        .marks_n = replay->marks_n,
        .holds = replay->spans,
        .holds_n = replay->holds_n,
        .back = &view->back};
    plumb_live_trace_scale(&view->drawn);
    view->drawn.tilt = &view->window;
}

void plumb_replay_view_take(struct plumb_replay_view *view, struct plumb_replay *replay)
{
    if (view->replay)
        plumb_replay_free(view->replay);
    g_free(view->replay);
    view->replay = replay;
    view->shown_from_s = view->shown_to_s = NAN;
    if (!replay)
        return;
    plumb_scrub_init(&view->scrub, 0, replay->end_s);
    if (replay->holds_n) {
        view->scrub.from_s = replay->spans[0].begin_s - BEFORE * view->scrub.span_s;
        plumb_scrub_to(&view->scrub, replay->spans[0].begin_s);
    }
    view->at = plumb_replay_look(replay, view->scrub.cursor_s);
    take_scale(view);
}

void plumb_replay_view_look(struct plumb_replay_view *view)
{
    if (view->replay)
        view->at = plumb_replay_look(view->replay, view->scrub.cursor_s);
    gtk_widget_queue_draw(view->readout);
    gtk_widget_queue_draw(view->pelvis);
    gtk_widget_queue_draw(view->trace);
    gtk_widget_queue_draw(view->strip);
}
