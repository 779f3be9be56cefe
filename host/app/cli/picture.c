#include "picture.h"

#include <stdio.h>

#include "../../core/units.h"
#include "../../io/message_fail.h"
#include "../../view/figure.h"
#include "../shared/trace_fill.h"

#define LINES_N 3
#define LINE_N  240

struct words {
    char text[LINES_N][LINE_N];
    const char *line[LINES_N];
};

static void fill_words(struct words *words, const struct plumb_dossier *dossier)
{
    const struct plumb_mount *mount = &dossier->mount[PLUMB_PELVIS];
    const struct plumb_neutral *neutral = &dossier->neutral;
    char from[PLUMB_FIGURE_ROOM], to[PLUMB_FIGURE_ROOM], breath[PLUMB_FIGURE_ROOM];
    plumb_figure(breath, neutral->breath_pp_rad * PLUMB_DEG_PER_RAD, 1, PLUMB_SIGN_MINUS);
    snprintf(
        words->text[0], LINE_N, "%s side, %s", dossier->side == PLUMB_LEFT ? "Left" : "Right",
        plumb_pose_words(dossier->exercise.pose));
    snprintf(
        words->text[1], LINE_N, "Neutral from %s to %s s, breathing %s\u00b0 peak to peak",
        plumb_figure(from, neutral->start_s, 0, PLUMB_SIGN_MINUS),
        plumb_figure(to, neutral->end_s, 0, PLUMB_SIGN_MINUS), breath);
    snprintf(
        words->text[2], LINE_N, "Clip alignment: %s, %s",
        mount->method == PLUMB_MOUNT_FUNCTIONAL ? "from the wearer's tilts" : "assumed",
        mount->quality == PLUMB_MOUNT_GOOD ? "good" : "approximate");
    for (int i = 0; i < LINES_N; i++)
        words->line[i] = words->text[i];
}

static int draw(struct plumb_scene *scene, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_trace_fill fill;
    struct words words;
    int fail = plumb_trace_fill(&fill, dossier, 0, message);
    fill_words(&words, dossier);
    fill.chart.title = dossier->exercise.name;
    fill.chart.lines = words.line;
    fill.chart.lines_n = LINES_N;
    if (!fail && plumb_trace_chart_draw(scene, &fill.chart))
        fail = plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the picture");
    plumb_trace_fill_free(&fill);
    return fail;
}

int plumb_picture_draw(
    struct plumb_scene *scene, const struct plumb_study *study, struct plumb_message *message)
{
    struct plumb_dossier dossier;
    int fail = plumb_study_dossier(study, &dossier, message);
    if (!fail)
        fail = draw(scene, &dossier, message);
    plumb_dossier_free(&dossier);
    return fail;
}
