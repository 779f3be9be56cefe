/* What the two parts of the live trace share. Private to host/view/live_trace*.c. */
#ifndef PLUMB_LIVE_TRACE_PARTS_H
#define PLUMB_LIVE_TRACE_PARTS_H

#include "live_trace.h"

#define LIVE_HOLD_BAR_PX 5.0 /* along the top while it is held */

struct live_canvas {
    struct plumb_scene *scene;
    const struct plumb_live_trace *trace;
    struct plumb_live_plot plot;
    double text_px, stroke_px;
};

struct live_canvas live_canvas_of(struct plumb_scene *scene, const struct plumb_live_trace *trace);
double live_span_s(const struct plumb_live_trace *trace);       /* shown */
double live_right_px(const struct live_canvas *canvas);         /* of the plot, beyond now */
double live_x_px(const struct live_canvas *canvas, double t_s); /* at most one width outside */
double live_y_px(const struct live_canvas *canvas, double deg); /* at most two heights outside */

#endif
