/* plumb calibrate check: one page on what a sensor is good for. */
#include <stdio.h>
#include <stdlib.h>

#include "../../core/allan.h"
#include "../../core/units.h"
#include "../../io/json_calib.h"
#include "../../io/message_fail.h"
#include "calibrate.h"

#define DEG            PLUMB_DEG_PER_RAD
#define GAP_STEPS      2.5
#define NOISE_S        10.0
#define OFFSET_DPS     5.0  /* beyond what is ordinary; the data sheet allows 20 */
#define NOISY_DPS      0.03 /* deg/s/sqrt(Hz): six times the MPU-6050's data sheet */
#define NOISY_MG       2.0  /* per sqrt(Hz): five times */
#define FEW_PERCENT    1.0
#define ACCEL_PERCENT  1.0  /* of gravity: half a degree */
#define BROKEN_PERCENT 25.0 /* no sensor that works is so far off */

struct page {
    double length_s, rate_hz, lost_s;
    struct plumb_still rest;            /* the longest stillness; blocks_n 0 where there is none */
    double accel_density, gyro_density; /* m/s2/sqrt(Hz), rad/s/sqrt(Hz); NaN */
    struct plumb_diagnosis diagnosis;
    struct plumb_calib calib; /* what live would use */
    double accel_off_percent; /* of gravity, so corrected; NaN without rest */
    struct plumb_vec3 offset_radps;
    struct plumb_check_told told;
    int todo, faults;
};

enum state { FINE, TO_DO, BROKEN };

static void look_at_time(struct page *page, const struct plumb_track *track)
{
    size_t n = track->n;
    double step_s = INFINITY;
    page->length_s = track->t_s[n - 1] - track->t_s[0];
    for (size_t i = 1; i < n && i < 1000; i++)
        step_s = fmin(step_s, track->t_s[i] - track->t_s[i - 1]);
    for (size_t i = 1; i < n; i++) {
        double gap_s = track->t_s[i] - track->t_s[i - 1];
        page->lost_s += gap_s > GAP_STEPS * step_s && gap_s > 0.02 ? gap_s : 0;
    }
    page->rate_hz = n > 1 ? (double)(n - 1) / (page->length_s - page->lost_s) : NAN;
}

/* Mean density of three axes over the rest. */
static double
density(const struct page *page, const struct plumb_track *track, enum plumb_role role, int of_gyro)
{
    struct plumb_allan allan[3];
    double sum = 0;
    if (page->rest.end_s - page->rest.begin_s < NOISE_S)
        return NAN;
    for (int axis = 0; axis < 3; axis++)
        plumb_allan_init(&allan[axis], page->rate_hz);
    for (size_t row = page->rest.row; row < page->rest.row + page->rest.rows_n; row++) {
        struct plumb_imu imu = plumb_imu_unpack(&track->imu[role][row]);
        struct plumb_vec3 v = of_gyro ? imu.gyro_s_radps : imu.accel_s_mps2;
        plumb_allan_push(&allan[0], v.x);
        plumb_allan_push(&allan[1], v.y);
        plumb_allan_push(&allan[2], v.z);
    }
    for (int axis = 0; axis < 3; axis++)
        sum += plumb_allan_density(&allan[axis]) / 3;
    return sum;
}

static void look(struct page *page, const struct plumb_calibrate *run)
{
    const struct plumb_guide *guide = &run->guide;
    enum plumb_role role = run->options.sensor;
    *page = (struct page){.accel_off_percent = NAN, .calib = run->in_use.file.imu[run->imu]};
    look_at_time(page, &run->track);
    for (size_t i = 0; i < guide->stills_n; i++)
        if (guide->stills[i].blocks_n > page->rest.blocks_n)
            page->rest = guide->stills[i];
    plumb_diagnose_read(&guide->diagnose, &page->diagnosis);
    page->accel_density = density(page, &run->track, role, 0);
    page->gyro_density = density(page, &run->track, role, 1);
    if (!page->rest.blocks_n)
        return;
    struct plumb_imu raw = {page->rest.accel_s_mps2, page->rest.gyro_s_radps, page->rest.temp_c};
    struct plumb_imu right = plumb_calib_correct(&page->calib, &raw);
    page->accel_off_percent = 100 * (plumb_vec3_norm(right.accel_s_mps2) / PLUMB_GRAVITY_MPS2 - 1);
    page->offset_radps = right.gyro_s_radps;
}

/* ---- the page */

static void line(struct page *page, enum state state, const char *what, const char *words)
{
    static const char *const names[] = {[FINE] = "ok", [TO_DO] = "DO", [BROKEN] = "FAULT"};
    struct plumb_check_line *line = &page->told.lines[page->told.lines_n++];
    page->todo += state == TO_DO;
    page->faults += state == BROKEN;
    line->state = names[state];
    line->what = what;
    snprintf(line->words, sizeof line->words, "%s", words);
}

static void tell_stream(struct page *page)
{
    char words[160];
    double lost = 100 * page->lost_s / page->length_s;
    snprintf(
        words, sizeof words, "%.1f samples a second for %.1f s, %.2f s of it missing%s", page->rate_hz,
        page->length_s, page->lost_s, lost > FEW_PERCENT ? ": try another cable or port" : "");
    line(page, lost > FEW_PERCENT ? TO_DO : FINE, "stream", words);
}

static void name_axes(unsigned bits, char out[8])
{
    int n = 0;
    for (int axis = 0; axis < 3; axis++)
        if (bits & (1u << axis))
            out[n++] = "XYZ"[axis];
    out[n] = '\0';
}

static void tell_stuck(struct page *page)
{
    char words[160], accel[8], gyro[8];
    const struct plumb_diagnosis *diagnosis = &page->diagnosis;
    name_axes(diagnosis->accel_stuck, accel);
    name_axes(diagnosis->gyro_stuck, gyro);
    if (diagnosis->accel_stuck || diagnosis->gyro_stuck)
        snprintf(
            words, sizeof words,
            "does not move: accelerometer %s, gyroscope %s: the chip is broken or badly soldered",
            *accel ? accel : "-", *gyro ? gyro : "-");
    else if (diagnosis->clipped_n)
        snprintf(
            words, sizeof words,
            "%lu samples at the end of the range: move it more gently, or set a wider range",
            diagnosis->clipped_n);
    else
        snprintf(words, sizeof words, "every axis moves, none reached the end of its range");
    int stuck = diagnosis->accel_stuck || diagnosis->gyro_stuck;
    line(page, stuck ? BROKEN : diagnosis->clipped_n ? TO_DO : FINE, "axes", words);
}

static void tell_agreement(struct page *page)
{
    static const char *const words[] = {
        [PLUMB_CANNOT_TELL] =
            "cannot tell yet whether they agree: turn the sensor about two axes for half a minute",
        [PLUMB_FINE] = "gyroscope and accelerometer tell of the same turns",
        [PLUMB_FAULT] =
            "the gyroscope's axes are not the accelerometer's: exchanged or flipped; do not use this sensor"};
    static const enum state states[] = {
        [PLUMB_CANNOT_TELL] = TO_DO, [PLUMB_FINE] = FINE, [PLUMB_FAULT] = BROKEN};
    line(page, states[page->diagnosis.axes], "agreement", words[page->diagnosis.axes]);
}

static void tell_rest(struct page *page)
{
    char words[200];
    if (!page->rest.blocks_n) {
        line(
            page, 0, "at rest",
            "never still for a second: lay it on a table for fifteen and much more can be said");
        return;
    }
    struct plumb_vec3 o = page->offset_radps;
    double off = fabs(page->accel_off_percent);
    snprintf(
        words, sizeof words, "gravity reads %+.2f %% off%s", page->accel_off_percent,
        off > ACCEL_PERCENT ? ": plumb calibrate accel puts that right" : "");
    line(page, off > BROKEN_PERCENT ? BROKEN : off > ACCEL_PERCENT ? TO_DO : FINE, "accelerometer", words);
    double most = fmax(fabs(o.x), fmax(fabs(o.y), fabs(o.z))) * DEG;
    snprintf(
        words, sizeof words, "reads %+.2f %+.2f %+.2f deg/s at rest%s", o.x * DEG, o.y * DEG, o.z * DEG,
        most > OFFSET_DPS ? ": much; plumb calibrate gyro puts that right" : "");
    line(page, most > OFFSET_DPS ? TO_DO : FINE, "gyroscope", words);
}

static void tell_noise(struct page *page)
{
    char words[160];
    double mg = page->accel_density / PLUMB_GRAVITY_MPS2 * 1000, dps = page->gyro_density * DEG;
    if (!isfinite(mg) || !isfinite(dps)) {
        line(page, TO_DO, "noise", "ten seconds of stillness tell it");
        return;
    }
    snprintf(
        words, sizeof words, "%.2f mg and %.4f deg/s, each in the square root of a hertz%s", mg, dps,
        mg > NOISY_MG || dps > NOISY_DPS ? ": far more than such sensors have" : "");
    line(page, mg > NOISY_MG || dps > NOISY_DPS ? BROKEN : FINE, "noise", words);
}

/* What an offset of the accelerometer does to a direction at most; measured where a calibration says so. */
static double direction_deg(const struct plumb_calibrate *run, const struct page *page)
{
    const struct plumb_calib_how *how = &run->in_use.file.how[run->imu];
    if (run->in_use.file.present && isfinite(how->accel_direction_sd_deg))
        return 2 * how->accel_direction_sd_deg;
    double off = fabs(page->accel_off_percent) / 100;
    return fmax(off, 0.02) *
           DEG; /* ordinary boards are off by 20 mg, a fiftieth, where the length shows nothing */
}

static void tell_good_for(const struct plumb_calibrate *run, const struct page *page)
{
    const char *words = run->in_use.words;
    printf("\n%s\n", *words ? words : "no calibration: the readings are taken as they are");
    if (page->faults) {
        puts("good for: nothing until what is marked FAULT is put right");
        return;
    }
    if (page->todo)
        puts("once what is marked DO is done, more can be said, or it gets better; until then");
    double deg = direction_deg(run, page);
    printf(
        "good for: a change of tilt from neutral, which is what Plumb shows; a direction at rest is true to "
        "about "
        "%.1f deg,\n          and much of that cancels in a change. Not for heading: no gravity sensor shows "
        "it.\n",
        deg);
    if (!isfinite(page->diagnosis.gyro_scale_percent))
        return;
    printf(
        "          The gyroscope's scale is %+.1f %% off, give or take %.1f.\n",
        page->diagnosis.gyro_scale_percent, page->diagnosis.gyro_scale_sd_percent);
}

static void fill(struct page *page, const struct plumb_calibrate *run)
{
    struct plumb_check_told *told = &page->told;
    told->calibration = *run->in_use.words ? run->in_use.words : NULL;
    told->fit_for_use = !page->faults;
    told->rate_hz = page->rate_hz;
    told->length_s = page->length_s;
    told->lost_s = page->lost_s;
    told->accel_off_percent = page->accel_off_percent;
    told->direction_deg = direction_deg(run, page);
    told->gyro_offset_dps = plumb_vec3_scale(page->offset_radps, DEG);
    told->accel_noise_mg_rthz = page->accel_density / PLUMB_GRAVITY_MPS2 * 1000;
    told->gyro_noise_dps_rthz = page->gyro_density * DEG;
}

static void print(struct page *page, const struct plumb_calibrate *run)
{
    if (run->options.json) {
        fill(page, run);
        char *text = plumb_json_check(&page->told);
        if (text)
            puts(text);
        free(text);
        return;
    }
    for (size_t i = 0; i < page->told.lines_n; i++)
        printf(
            "%-5s %-14s %s\n", page->told.lines[i].state, page->told.lines[i].what,
            page->told.lines[i].words);
    tell_good_for(run, page);
}

int plumb_calibrate_check(struct plumb_calibrate *run, struct plumb_message *message)
{
    struct page page;
    if (run->track.n < 2)
        return plumb_message_fail(message, PLUMB_FAILED, "too few samples to say anything");
    look(&page, run);
    tell_stream(&page);
    tell_stuck(&page);
    tell_agreement(&page);
    tell_rest(&page);
    tell_noise(&page);
    print(&page, run);
    return page.faults ? plumb_message_fail(message, PLUMB_FAILED, "the sensor is not fit for use as it is")
                       : 0;
}
