/* The tilt as sampled data: evenly spaced moments, read off the line between two rows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/units.h"
#include "../io/message_fail.h"
#include "fhir_parts.h"

#define STEP_DEG    0.001 /* what one count of the data is */
#define BRIDGED_S   0.25  /* rows further apart are a gap */
#define SAMPLE_N    12    /* bytes of the longest sample and its space */
#define SAMPLES_1ST 4096

struct samples {
    char *text; /* owned */
    size_t n, room, samples_n;
    double period_s, next_s;
};

static int put(struct samples *samples, double tilt_deg)
{
    if (samples->n + SAMPLE_N > samples->room) {
        size_t room = samples->room ? 2 * samples->room : SAMPLES_1ST;
        char *more = realloc(samples->text, room);
        if (!more)
            return -1;
        samples->text = more;
        samples->room = room;
    }
    const char *space = samples->n ? " " : "";
    int written =
        isfinite(tilt_deg)
            ? snprintf(samples->text + samples->n, SAMPLE_N, "%s%ld", space, lround(tilt_deg / STEP_DEG))
            : snprintf(samples->text + samples->n, SAMPLE_N, "%sE", space);
    samples->n += (size_t)written;
    samples->samples_n++;
    return 0;
}

/* Every moment up to the row at t_s. */
static int take(struct samples *samples, double before_s, double before_deg, double t_s, double tilt_deg)
{
    int bridged = t_s - before_s <= BRIDGED_S;
    for (; samples->next_s <= t_s; samples->next_s += samples->period_s) {
        double share = t_s > before_s ? (samples->next_s - before_s) / (t_s - before_s) : 1;
        double value_deg = samples->next_s == t_s ? tilt_deg
                           : bridged              ? before_deg + share * (tilt_deg - before_deg)
                                                  : NAN;
        if (put(samples, value_deg))
            return -1;
    }
    return 0;
}

static int collect(
    struct plumb_fhir *fhir, struct plumb_dossier *dossier, struct samples *samples,
    struct plumb_message *message)
{
    struct plumb_dossier_row row;
    double before_s = NAN, before_deg = NAN;
    int more, fail = plumb_dossier_rewind(dossier, message);
    for (size_t i = 0; !fail && (more = plumb_dossier_next(dossier, &row, message)) != 0; i++) {
        if (more < 0)
            return more;
        double t_s = row.sample.t_s, tilt_deg = row.angles.tilt_rad * PLUMB_DEG_PER_RAD;
        if (!i)
            samples->next_s = before_s = t_s;
        if (take(samples, before_s, before_deg, t_s, tilt_deg))
            return plumb_message_fail(message, PLUMB_FAILED, "%s: not enough memory", fhir->job.path);
        before_s = t_s;
        before_deg = tilt_deg;
        fail = plumb_job_tell(&fhir->job, i, dossier->rows_n, message);
    }
    return fail;
}

static json_t *sampled_data(const struct samples *samples)
{
    json_t *data = json_pack(
        "{s:o, s:f, s:f, s:i, s:s}", "origin", plumb_fhir_quantity(0, 0, "degree", "deg"), "period",
        samples->period_s * 1e3, "factor", STEP_DEG, "dimensions", 1, "data", samples->text);
    return data;
}

int plumb_fhir_trace(struct plumb_fhir *fhir, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct samples samples = {.period_s = 1 / fhir->rate_hz};
    int fail = collect(fhir, dossier, &samples, message);
    if (!fail && samples.samples_n) {
        json_t *observation = plumb_fhir_observation(
            fhir, dossier, "trace", "pelvic-tilt",
            "Pelvic tilt in the sagittal plane from the captured neutral, anterior positive",
            dossier->first_s, dossier->first_s + (double)(samples.samples_n - 1) * samples.period_s);
        json_object_set_new(observation, "valueSampledData", sampled_data(&samples));
        plumb_fhir_add(fhir, dossier, "trace", observation);
        fhir->samples_n = samples.samples_n;
    }
    free(samples.text);
    return fail;
}
