#include "picture.h"

#include <stdio.h>

#include "../../core/units.h"
#include "../../io/message_fail.h"
#include "../shared/exercise_called.h"
#include "../shared/trace_fill.h"

#define LINES_N 3
#define LINE_N  240

struct words {
    char text[LINES_N][LINE_N];
    const char *line[LINES_N];
};

static void
fill_words(struct words *words, const struct plumb_dossier *dossier, const struct plumb_tongue *tongue)
{
    const struct plumb_mount *mount = &dossier->mount[PLUMB_PELVIS];
    const struct plumb_neutral *neutral = &dossier->neutral;
    char from[PLUMB_FIGURE_ROOM], to[PLUMB_FIGURE_ROOM], breath[PLUMB_FIGURE_ROOM];
    int left = dossier->side == PLUMB_LEFT, good = mount->quality == PLUMB_MOUNT_GOOD;
    plumb_said_figure(breath, tongue, neutral->breath_pp_rad * PLUMB_DEG_PER_RAD, 1, PLUMB_SIGN_MINUS);
    plumb_said_figure(from, tongue, neutral->start_s, 0, PLUMB_SIGN_MINUS);
    plumb_said_figure(to, tongue, neutral->end_s, 0, PLUMB_SIGN_MINUS);
    snprintf(
        words->text[0], LINE_N, plumb_said(tongue, "%s, %s"),
        left ? plumb_said(tongue, "Left side") : plumb_said(tongue, "Right side"),
        plumb_said(tongue, plumb_pose_words(dossier->exercise.pose)));
    snprintf(
        words->text[1], LINE_N,
        plumb_said(tongue, "Neutral from %s to %s s, breathing %s\u00b0 peak to peak"), from, to, breath);
    snprintf(
        words->text[2], LINE_N, plumb_said(tongue, "Clip alignment: %s, %s"),
        mount->method == PLUMB_MOUNT_FUNCTIONAL ? plumb_said(tongue, "from the wearer's tilts")
                                                : plumb_said(tongue, "assumed"),
        good ? plumb_said(tongue, "good") : plumb_said(tongue, "approximate"));
    for (int i = 0; i < LINES_N; i++)
        words->line[i] = words->text[i];
}

static int draw(
    struct plumb_scene *scene, struct plumb_dossier *dossier, const struct plumb_tongue *tongue,
    struct plumb_message *message)
{
    struct plumb_trace_fill fill;
    struct words words;
    char title[PLUMB_EXERCISE_CALLED_N];
    int fail = plumb_trace_fill(&fill, dossier, 0, message);
    fill_words(&words, dossier, tongue);
    fill.chart.title = plumb_exercise_called(title, dossier->exercise.id, dossier->exercise.name, tongue);
    fill.chart.tongue = tongue;
    fill.chart.lines = words.line;
    fill.chart.lines_n = LINES_N;
    if (!fail && plumb_trace_chart_draw(scene, &fill.chart))
        fail = plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the picture");
    plumb_trace_fill_free(&fill);
    return fail;
}

int plumb_picture_draw(
    struct plumb_scene *scene, const struct plumb_study *study, const struct plumb_tongue *tongue,
    struct plumb_message *message)
{
    struct plumb_dossier dossier;
    int fail = plumb_study_dossier(study, &dossier, message);
    if (!fail)
        fail = draw(scene, &dossier, tongue, message);
    plumb_dossier_free(&dossier);
    return fail;
}
