#include "trace_fill.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/units.h"
#include "../../io/message_fail.h"

/* The blocks of `columns`. */
enum column { TIME, TILT, TILT_SD, ROTATION, OBLIQUITY, LUMBAR, HIP, COLUMNS_N };

static int make(struct plumb_trace_fill *fill, const struct plumb_dossier *dossier)
{
    size_t n = dossier->rows_n;
    memset(fill, 0, sizeof *fill);
    plumb_trace_chart_init(&fill->chart);
    fill->columns = malloc((COLUMNS_N * n + 1) * sizeof *fill->columns);
    fill->zone = malloc(n + 1);
    fill->row_flags = malloc((n + 1) * sizeof *fill->row_flags);
    fill->holds = malloc((dossier->holds_n + 1) * sizeof *fill->holds);
    fill->flags = malloc((dossier->flags_n + 1) * sizeof *fill->flags);
    return fill->columns && fill->zone && fill->row_flags && fill->holds && fill->flags;
}

void plumb_trace_fill_free(struct plumb_trace_fill *fill)
{
    free(fill->columns);
    free(fill->zone);
    free(fill->row_flags);
    free(fill->holds);
    free(fill->flags);
    memset(fill, 0, sizeof *fill);
}

static void put_row(
    struct plumb_trace_fill *fill, size_t room, size_t i, const struct plumb_dossier_row *row, double zero_s)
{
    const struct plumb_angles *angles = &row->angles;
    const double values[COLUMNS_N] = {
        [TIME] = row->sample.t_s - zero_s,
        [TILT] = angles->tilt_rad * PLUMB_DEG_PER_RAD,
        [TILT_SD] = angles->tilt_sd_rad * PLUMB_DEG_PER_RAD,
        [ROTATION] = angles->rotation_rad * PLUMB_DEG_PER_RAD,
        [OBLIQUITY] = angles->obliquity_rad * PLUMB_DEG_PER_RAD,
        [LUMBAR] = angles->lumbar_rad * PLUMB_DEG_PER_RAD,
        [HIP] = angles->hip_rad * PLUMB_DEG_PER_RAD};
    for (int column = 0; column < COLUMNS_N; column++)
        fill->columns[(size_t)column * room + i] = values[column];
    fill->zone[i] = (unsigned char)row->zone;
    fill->row_flags[i] = row->flags;
}

/* All rows: how many, or negative with message. */
static long pull(
    struct plumb_trace_fill *fill, struct plumb_dossier *dossier, double zero_s,
    struct plumb_message *message)
{
    struct plumb_dossier_row row;
    size_t n = 0;
    int result = plumb_dossier_rewind(dossier, message);
    while (result >= 0 && n < dossier->rows_n && (result = plumb_dossier_next(dossier, &row, message)) > 0)
        put_row(fill, dossier->rows_n, n++, &row, zero_s);
    return result < 0 ? result : (long)n;
}

/* The block, or NULL where it holds nothing. */
static const double *known(const double *block, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isfinite(block[i]))
            return block;
    return NULL;
}

static void point_at_columns(struct plumb_trace_fill *fill, size_t room)
{
    struct plumb_trace_chart *chart = &fill->chart;
    const double *columns = fill->columns;
    chart->t_s = columns;
    chart->tilt_deg = columns + TILT * room; /* drawn even where nothing is known: a blank with a word */
    chart->tilt_sd_deg = known(columns + TILT_SD * room, chart->n);
    chart->rotation_deg = known(columns + ROTATION * room, chart->n);
    chart->obliquity_deg = known(columns + OBLIQUITY * room, chart->n);
    chart->lumbar_deg = known(columns + LUMBAR * room, chart->n);
    chart->hip_deg = known(columns + HIP * room, chart->n);
}

static void put_holds(struct plumb_trace_fill *fill, const struct plumb_dossier *dossier, double zero_s)
{
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_hold *hold = &dossier->holds[i].hold;
        fill->holds[i] = (struct plumb_trace_hold){
            hold->start_s - zero_s,     hold->end_s - zero_s,       hold->in_zone_s,
            plumb_hold_elapsed_s(hold), (unsigned)hold->excursions, hold->worst_rad * PLUMB_DEG_PER_RAD};
    }
    fill->chart.holds = fill->holds;
    fill->chart.holds_n = dossier->holds_n;
}

static void put_flags(struct plumb_trace_fill *fill, const struct plumb_dossier *dossier, double zero_s)
{
    for (size_t i = 0; i < dossier->flags_n; i++) {
        const struct plumb_flag *flag = &dossier->flags[i];
        double peak_rad = flag->kind <= PLUMB_POSTERIOR_TILT ? flag->peak_rad : NAN;
        fill->flags[i] = (struct plumb_trace_flag){plumb_flag_name(flag->kind), plumb_basis_name(flag->basis),
                                                   flag->onset_s - zero_s,      flag->start_s - zero_s,
                                                   flag->end_s - zero_s,        peak_rad * PLUMB_DEG_PER_RAD};
    }
    fill->chart.flags = fill->flags;
    fill->chart.flags_n = dossier->flags_n;
}

void plumb_trace_fill_limits(
    struct plumb_trace_limits *limits, const struct plumb_dossier *dossier, enum plumb_side side)
{
    const struct plumb_thresholds *t = &dossier->thresholds[side];
    unsigned judges = dossier->exercise.judges;
    if (!dossier->exercise.judged)
        return;
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
    limits->breath_pp_deg = dossier->neutral.breath_pp_rad * PLUMB_DEG_PER_RAD;
}

int plumb_trace_fill(
    struct plumb_trace_fill *fill, struct plumb_dossier *dossier, double zero_s,
    struct plumb_message *message)
{
    if (!make(fill, dossier))
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the picture");
    long n = pull(fill, dossier, zero_s, message);
    if (n < 0)
        return (int)n;
    fill->chart.n = (size_t)n;
    point_at_columns(fill, dossier->rows_n);
    fill->chart.zone = dossier->exercise.judged ? fill->zone : NULL;
    put_holds(fill, dossier, zero_s);
    put_flags(fill, dossier, zero_s);
    plumb_trace_fill_limits(&fill->chart.limits, dossier, dossier->side);
    return 0;
}
