/* From a study to the chart that host/view draws. */
#ifndef PLUMB_PICTURE_H
#define PLUMB_PICTURE_H

#include "../../view/trace_chart.h"
#include "study.h"

/* Draws the study into the scene (initialised, sized), its words in the tongue (NULL: English). 0, or a
 * negative enum plumb_fail with message. */
int plumb_picture_draw(
    struct plumb_scene *scene, const struct plumb_study *study, const struct plumb_tongue *tongue,
    struct plumb_message *message);

#endif
