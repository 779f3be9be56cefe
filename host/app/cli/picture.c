#include "picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/units.h"
#include "../../io/message_fail.h"

#define COLUMNS_N 6
#define LINES_N   3
#define LINE_N    240

struct picture {
    struct plumb_trace_chart chart;
    double *columns; /* COLUMNS_N blocks of n */
    unsigned char *zone;
    struct plumb_trace_hold *holds;
    struct plumb_trace_flag *flags;
    char lines[LINES_N][LINE_N];
    const char *line[LINES_N];
};

static int make(struct picture *picture, const struct plumb_analysis *analysis)
{
    memset(picture, 0, sizeof *picture);
    picture->columns = malloc((COLUMNS_N * analysis->n + 1) * sizeof *picture->columns);
    picture->zone = malloc(analysis->n + 1);
    picture->holds = malloc((analysis->holds_n + 1) * sizeof *picture->holds);
    picture->flags = malloc((analysis->flags_n + 1) * sizeof *picture->flags);
    return picture->columns && picture->zone && picture->holds && picture->flags ? 0 : -1;
}

static void unmake(struct picture *picture)
{
    free(picture->columns);
    free(picture->zone);
    free(picture->holds);
    free(picture->flags);
}

/* The column in degrees, or NULL where it holds nothing. */
static const double *fill_column(double *to, const float *from_rad, size_t n)
{
    int any = 0;
    for (size_t row = 0; row < n; row++) {
        to[row] = (double)from_rad[row] * PLUMB_DEG_PER_RAD;
        any |= isfinite(from_rad[row]);
    }
    return any ? to : NULL;
}

static void fill_columns(struct picture *picture, const struct plumb_analysis *analysis)
{
    struct plumb_trace_chart *chart = &picture->chart;
    size_t n = analysis->n;
    double *columns = picture->columns;
    fill_column(columns, analysis->tilt_rad, n);
    chart->tilt_deg = columns; /* drawn even where nothing is known: a blank with a word */
    chart->tilt_sd_deg = fill_column(columns + n, analysis->tilt_sd_rad, n);
    chart->rotation_deg = fill_column(columns + 2 * n, analysis->rotation_rad, n);
    chart->obliquity_deg = fill_column(columns + 3 * n, analysis->obliquity_rad, n);
    chart->lumbar_deg = fill_column(columns + 4 * n, analysis->lumbar_rad, n);
    chart->hip_deg = fill_column(columns + 5 * n, analysis->hip_rad, n);
}

static void fill_zones(struct picture *picture, const struct plumb_analysis *analysis)
{
    static const unsigned char zones[] = {
        [PLUMB_OFF] = PLUMB_TRACE_OFF,
        [PLUMB_GREEN] = PLUMB_TRACE_GREEN,
        [PLUMB_AMBER] = PLUMB_TRACE_AMBER,
        [PLUMB_RED] = PLUMB_TRACE_RED,
    };
    for (size_t row = 0; row < analysis->n; row++)
        picture->zone[row] = zones[analysis->zone[row]];
    picture->chart.zone = picture->zone;
}

static void fill_holds(struct picture *picture, const struct plumb_analysis *analysis)
{
    for (size_t i = 0; i < analysis->holds_n; i++) {
        const struct plumb_hold *hold = &analysis->holds[i].hold;
        picture->holds[i] = (struct plumb_trace_hold){
            hold->start_s,
            hold->end_s,
            hold->in_zone_s,
            plumb_hold_elapsed_s(hold),
            (unsigned)hold->excursions,
            hold->worst_rad * PLUMB_DEG_PER_RAD};
    }
    picture->chart.holds = picture->holds;
    picture->chart.holds_n = analysis->holds_n;
}

static void fill_flags(struct picture *picture, const struct plumb_analysis *analysis)
{
    for (size_t i = 0; i < analysis->flags_n; i++) {
        const struct plumb_flag *flag = &analysis->flags[i];
        double peak_rad = flag->kind <= PLUMB_POSTERIOR_TILT ? flag->peak_rad : NAN;
        picture->flags[i] = (struct plumb_trace_flag){plumb_flag_name(flag->kind),
                                                      plumb_basis_name(flag->basis),
                                                      flag->onset_s,
                                                      flag->start_s,
                                                      flag->end_s,
                                                      peak_rad * PLUMB_DEG_PER_RAD};
    }
    picture->chart.flags = picture->flags;
    picture->chart.flags_n = analysis->flags_n;
}

/* Only what the exercise watches is drawn and printed; the rest stays unset. */
static void
fill_limits(struct plumb_trace_limits *limits, const struct plumb_analysis *analysis, unsigned judges)
{
    const struct plumb_thresholds *t = &analysis->thresholds;
    limits->green_deg = limits->amber_deg = t->amber_rad * PLUMB_DEG_PER_RAD;
    limits->red_deg = t->red_rad * PLUMB_DEG_PER_RAD;
    limits->delay_s = t->delay_s;
    limits->release_deg = t->release_rad * PLUMB_DEG_PER_RAD;
    limits->release_s = t->release_s;
    limits->immediate_deg = t->immediate_rad * PLUMB_DEG_PER_RAD;
    if (judges >> PLUMB_POSTERIOR_TILT & 1u)
        limits->posterior_deg = -t->posterior_rad * PLUMB_DEG_PER_RAD;
    if (judges & (1u << PLUMB_PELVIC_ROTATION | 1u << PLUMB_OBLIQUITY)) {
        limits->turn_amber_deg = t->turn_amber_rad * PLUMB_DEG_PER_RAD;
        limits->turn_red_deg = t->turn_red_rad * PLUMB_DEG_PER_RAD;
    }
    limits->breath_pp_deg = analysis->neutral.breath_pp_rad * PLUMB_DEG_PER_RAD;
}

static void fill_words(struct picture *picture, const struct plumb_study *study)
{
    const struct plumb_analysis *analysis = &study->analysis;
    const struct plumb_mount *mount = &analysis->mount[PLUMB_PELVIS];
    const struct plumb_neutral *neutral = &analysis->neutral;
    snprintf(
        picture->lines[0], LINE_N, "%s side, %s", study->params.side == PLUMB_LEFT ? "Left" : "Right",
        plumb_pose_words(study->exercise.pose));
    snprintf(
        picture->lines[1], LINE_N, "Neutral from %.0f to %.0f s, breathing %.1f\u00b0 peak to peak",
        neutral->start_s, neutral->end_s, neutral->breath_pp_rad * PLUMB_DEG_PER_RAD);
    snprintf(
        picture->lines[2], LINE_N, "Clip alignment: %s, %s",
        mount->method == PLUMB_MOUNT_FUNCTIONAL ? "from the wearer's tilts" : "assumed",
        mount->quality == PLUMB_MOUNT_GOOD ? "good" : "approximate");
    for (int i = 0; i < LINES_N; i++)
        picture->line[i] = picture->lines[i];
    picture->chart.title = study->exercise.name;
    picture->chart.lines = picture->line;
    picture->chart.lines_n = LINES_N;
}

int plumb_picture_draw(
    struct plumb_scene *scene, const struct plumb_study *study, struct plumb_message *message)
{
    const struct plumb_analysis *analysis = &study->analysis;
    struct picture picture;
    int fail = make(&picture, analysis);
    if (!fail) {
        plumb_trace_chart_init(&picture.chart);
        picture.chart.n = analysis->n;
        picture.chart.t_s = study->recording.track.t_s;
        fill_columns(&picture, analysis);
        fill_zones(&picture, analysis);
        fill_holds(&picture, analysis);
        fill_flags(&picture, analysis);
        fill_limits(&picture.chart.limits, analysis, study->exercise.judges);
        fill_words(&picture, study);
        fail = plumb_trace_chart_draw(scene, &picture.chart);
    }
    unmake(&picture);
    return fail ? plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the picture") : 0;
}
