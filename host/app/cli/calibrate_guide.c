/* What the person hears and sees while holding poses: words and a bell on standard error, a picture in a file
 * that a viewer follows. */
#include <stdio.h>

#include "../../view/clip_chart.h"
#include "../../view/target.h"
#include "calibrate.h"

#define BAR_N            20
#define PROGRESS_EVERY_S 0.2
#define PICTURE_SCALE    2.0

void plumb_calibrate_draw(const struct plumb_calibrate *run)
{
    struct plumb_clip_way ways[PLUMB_TURNED_N];
    struct plumb_message message = {""};
    struct plumb_scene scene;
    unsigned shown = plumb_turned_shown(run->guide.stills, run->guide.stills_n);
    if (!run->options.picture)
        return;
    for (int i = 0; i < PLUMB_TURNED_N; i++) {
        const struct plumb_turned *way = plumb_turned_way(i);
        ways[i] = (struct plumb_clip_way){
            way->up_s, way->words, shown & (1u << i) ? PLUMB_CLIP_DONE : PLUMB_CLIP_MISSING};
    }
    if (run->guide.next >= 0)
        ways[run->guide.next].state = PLUMB_CLIP_NEXT;
    const char *title =
        run->guide.next >= 0 ? "Hold the clip like this, still, for two seconds" : "That is all";
    struct plumb_clip_chart chart = {title, ways, PLUMB_TURNED_N};
    plumb_scene_init(&scene, PLUMB_CLIP_WIDTH_PT, PLUMB_CLIP_HEIGHT_PT);
    plumb_clip_chart_draw(&scene, &chart);
    if (plumb_render(
            &scene, run->options.picture, plumb_target_by_path(run->options.picture), PICTURE_SCALE,
            &message))
        fprintf(stderr, "plumb: %s\n", message.text);
    plumb_scene_free(&scene);
}

void plumb_calibrate_begin_words(const struct plumb_calibrate *run)
{
    if (run->is_recording || !(run->want_accel || run->want_gyro))
        return;
    fputs(
        "plumb: X, Y and Z are the axes printed on the sensor's board. Sit at a table, elbows on it, the "
        "clip in "
        "both hands.\n",
        stderr);
    if (run->options.still_s > 0)
        fprintf(
            stderr, "plumb: first put the clip on the table and leave it alone for %.0f s\n",
            run->options.still_s);
    else
        fprintf(stderr, "plumb: hold it %s, still, until the bell\n", plumb_turned_way(0)->words);
    plumb_calibrate_draw(run);
}

static int is_on_table(const struct plumb_calibrate *run)
{
    const struct plumb_track *track = &run->track;
    return run->options.still_s > 0 && track->t_s[track->n - 1] - track->t_s[0] < run->options.still_s;
}

static void say_next(const struct plumb_calibrate *run, const char *what)
{
    fprintf(
        stderr, "%s%splumb: %s%s%s\n", run->terminal ? "\r\033[K" : "", run->terminal ? "\a" : "", what,
        run->guide.next >= 0 ? "; now " : "",
        run->guide.next >= 0 ? plumb_turned_way(run->guide.next)->words : "");
    plumb_calibrate_draw(run);
}

void plumb_calibrate_guide_event(struct plumb_calibrate *run, enum plumb_guide_event event)
{
    char text[80];
    if ((run->want_accel || run->want_gyro) && run->options.still_s > 0 && !run->table_over &&
        !is_on_table(run)) {
        run->table_over = 1;
        say_next(run, "that is enough of the table; take it in both hands");
    }
    if (event == PLUMB_GUIDE_NOTHING || !(run->want_accel || run->want_gyro) || is_on_table(run))
        return;
    switch (event) {
    case PLUMB_GUIDE_TAKEN:
        snprintf(text, sizeof text, "pose %d taken", ++run->poses_told);
        break;
    case PLUMB_GUIDE_AGAIN:
        snprintf(text, sizeof text, "that way was shown before");
        break;
    case PLUMB_GUIDE_TOO_SOON:
        snprintf(text, sizeof text, "moved too soon: hold it still until the bell, two seconds");
        break;
    default:
        snprintf(text, sizeof text, "pose %d taken, and that is all: put the clip down", ++run->poses_told);
    }
    say_next(run, text);
}

void plumb_calibrate_progress(struct plumb_calibrate *run)
{
    const struct plumb_track *track = &run->track;
    double t_s = track->t_s[track->n - 1];
    if (!run->terminal || t_s - run->progress_s < PROGRESS_EVERY_S)
        return;
    run->progress_s = t_s;
    double share = is_on_table(run) ? (t_s - track->t_s[0]) / run->options.still_s
                                    : run->guide.still_s / PLUMB_GUIDE_HOLD_S;
    fprintf(stderr, "\r\033[K  %-10s ", run->guide.still_s > 0 ? "still" : "moving");
    for (int i = 0; i < BAR_N; i++)
        fputs(i < share * BAR_N ? "\u2588" : "\u00b7", stderr);
    fprintf(stderr, "  %zu poses", run->guide.stills_n);
    fflush(stderr);
}
