/* From poses to numbers, and where they are kept. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../core/units.h"
#include "../../io/message_fail.h"
#include "../../io/store_calib.h"
#include "calibrate.h"

#define GOOD_DIRECTION_RAD (0.15 * PLUMB_RAD_PER_DEG) /* issue 4 */
#define AXIS_WORD(axis)    ("XYZ"[axis])

/* ---- refusals: what to do, in a sentence */

static int refuse_accel(const struct plumb_calibrate *run, struct plumb_message *message)
{
    const struct plumb_accel_fit *fit = &run->guide.fit;
    const char *next =
        plumb_turned_way(run->guide.next >= 0 ? run->guide.next : 2 * ((fit->weak_axis + 1) % 3))->words;
    switch (fit->refusal) {
    case PLUMB_ACCEL_TOO_FEW:
        return plumb_message_fail(
            message, PLUMB_FAILED,
            "found %zu still pose%s, %.0f of them different, and %d are the least: hold each for two "
            "seconds; "
            "missing first of all: %s",
            fit->poses_n, fit->poses_n == 1 ? "" : "s", fit->distinct_n, PLUMB_ACCEL_LEAST_N, next);
    case PLUMB_ACCEL_CLIPPED:
        return plumb_message_fail(
            message, PLUMB_FAILED,
            "an axis of the accelerometer stands at the end of its range in %zu poses that were held still: "
            "set a "
            "wider range, or the sensor is broken",
            run->guide.clipped_n);
    case PLUMB_ACCEL_NO_SENSE:
        return plumb_message_fail(
            message, PLUMB_FAILED,
            "in the %zu poses gravity does not come out alike, whatever is assumed (%.2f m/s2 are left): was "
            "it "
            "really held still, is every column what its name says, is the sensor sound?",
            fit->poses_n, fit->residual_mps2);
    default:
        return plumb_message_fail(
            message, PLUMB_FAILED, "%zu poses leave axis %c open: they are too much alike; still missing: %s",
            fit->poses_n, AXIS_WORD(fit->weak_axis), next);
    }
}

static int refuse_gyro(const struct plumb_calibrate *run, struct plumb_message *message)
{
    if (run->gyro.refusal == PLUMB_GYRO_NO_REST)
        return plumb_message_fail(
            message, PLUMB_FAILED,
            "the sensor was never still for a second: put it on a table and leave it alone for fifteen");
    return plumb_message_fail(
        message, PLUMB_FAILED,
        "the gyroscope and the accelerometer do not tell of the same turns (%.0f deg apart after one): their "
        "axes "
        "are exchanged or flipped, or one is broken; plumb calibrate check says which",
        run->gyro.residual_rad * PLUMB_DEG_PER_RAD);
}

/* ---- fits */

static void take_accel(struct plumb_calibrate *run)
{
    const struct plumb_accel_fit *fit = &run->guide.fit;
    struct plumb_calib *calib = &run->after.imu[run->imu];
    struct plumb_calib_how *how = &run->after.how[run->imu];
    calib->accel_bias_mps2 = fit->bias_mps2;
    memcpy(calib->accel_matrix, fit->matrix, sizeof fit->matrix);
    plumb_calib_today(how->accel_made);
    how->accel_poses = (int)fit->poses_n;
    how->accel_temp_c = fit->temp_c;
    how->accel_before_mps2 = fit->before_mps2;
    how->accel_residual_mps2 = fit->residual_mps2;
    how->accel_check_mps2 = fit->check_mps2;
    how->accel_direction_sd_deg = fit->direction_sd_rad * PLUMB_DEG_PER_RAD;
    run->have_accel = 1;
}

static double mean_deg(struct plumb_vec3 v_rad)
{
    return (v_rad.x + v_rad.y + v_rad.z) / 3 * PLUMB_DEG_PER_RAD;
}

static void take_gyro(struct plumb_calibrate *run)
{
    const struct plumb_gyro_fit *fit = &run->gyro;
    struct plumb_calib *calib = &run->after.imu[run->imu];
    struct plumb_calib_how *how = &run->after.how[run->imu];
    calib->gyro_bias_radps = fit->bias_radps;
    calib->temp_ref_c = isfinite(fit->rest.temp_c) ? fit->rest.temp_c : calib->temp_ref_c;
    if (fit->slope_known)
        calib->gyro_slope_radps_per_c = fit->slope_radps_per_c;
    if (fit->matrix_known)
        memcpy(calib->gyro_matrix, fit->matrix, sizeof fit->matrix);
    plumb_calib_today(how->gyro_made);
    how->gyro_turns = (int)fit->turns_n;
    how->gyro_before_deg = fit->before_rad * PLUMB_DEG_PER_RAD;
    how->gyro_residual_deg = fit->residual_rad * PLUMB_DEG_PER_RAD;
    how->gyro_scale_sd_percent = 100 * fmax(fit->scale_sd[0], fmax(fit->scale_sd[1], fit->scale_sd[2]));
    how->gyro_noise_dps_rthz = mean_deg(fit->rest.density_radps_rthz);
    how->gyro_instability_dps = mean_deg(fit->rest.instability_radps);
    run->have_gyro = 1;
}

/* A kept file that cannot be read is no reason not to calibrate anew: it stays aside as it is. */
static void read_kept(struct plumb_calibrate *run, const char *path)
{
    struct plumb_message message = {""};
    if (access(path, F_OK) || plumb_calib_load(&run->before, path, &message) == 0)
        return;
    fprintf(stderr, "plumb: %s; it is left out and kept aside\n", message.text);
    plumb_calib_file_init(&run->before);
}

/* What the file to be replaced says: the other sensor's numbers stay. */
static int load_before(struct plumb_calibrate *run, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    plumb_calib_file_init(&run->before);
    if (run->options.calib)
        return plumb_calib_load(&run->before, run->options.calib, message);
    if (run->options.out) {
        if (strcmp(run->options.out, "-") != 0)
            read_kept(run, run->options.out);
        return 0;
    }
    int fail = *run->device ? plumb_calib_path(run->device, path, message) : 0;
    if (!fail && *run->device)
        read_kept(run, path);
    return fail;
}

static int fit_accel(struct plumb_calibrate *run, struct plumb_message *message)
{
    if (run->guide.fit.refusal)
        return refuse_accel(run, message);
    take_accel(run);
    return 0;
}

/* The gyroscope is measured against the accelerometer: one that is kept, or the one of these very poses. */
static int fit_gyro(struct plumb_calibrate *run, struct plumb_message *message)
{
    const char *made = run->after.how[run->imu].accel_made;
    if (!*made && !run->guide.fit.refusal)
        take_accel(run);
    if (plumb_gyro_fit(
            &run->gyro, &run->track, run->options.sensor, run->guide.stills, run->guide.stills_n,
            &run->after.imu[run->imu]))
        return refuse_gyro(run, message);
    take_gyro(run);
    return 0;
}

static void grade(struct plumb_calibrate *run)
{
    const struct plumb_accel_fit *fit = &run->guide.fit;
    int checked = isfinite(fit->check_mps2), good = checked && fit->direction_sd_rad <= GOOD_DIRECTION_RAD;
    run->have_grade = 1;
    if (run->have_accel)
        snprintf(
            run->grade, sizeof run->grade,
            "%s: at rest a direction is known to %.2f deg (one standard deviation)%s",
            good      ? "accelerometer good"
            : checked ? "accelerometer fair"
                      : "accelerometer fitted, not checked",
            fit->direction_sd_rad * PLUMB_DEG_PER_RAD,
            checked ? "" : "; with ten different poses and more the fit can be checked");
    else
        snprintf(run->grade, sizeof run->grade, "gyroscope only: the accelerometer is not calibrated");
}

int plumb_calibrate_fit(struct plumb_calibrate *run, struct plumb_message *message)
{
    int fail = load_before(run, message);
    run->after = run->before;
    if (!fail && run->want_accel)
        fail = fit_accel(run, message);
    if (!fail && run->want_gyro)
        fail = fit_gyro(run, message);
    if (fail)
        return fail;
    snprintf(
        run->after.device, sizeof run->after.device, "%s", *run->device ? run->device : run->before.device);
    plumb_calib_today(run->after.made);
    run->after.present |= 1u << run->imu;
    grade(run);
    return 0;
}

/* ---- where it is kept */

static int name_file(struct plumb_calibrate *run, struct plumb_message *message)
{
    if (run->options.out) {
        snprintf(run->path, sizeof run->path, "%s", run->options.out);
        return 0;
    }
    return *run->device ? plumb_calib_path(run->device, run->path, message) : 0;
}

static void keep_in_clip(struct plumb_calibrate *run)
{
    struct plumb_message message = {""};
    if (run->is_recording || run->over || run->options.no_clip)
        return;
    if (plumb_calibrate_to_clip(run, &message))
        fprintf(
            stderr, "plumb: not written into the clip: %s. The file holds it all the same.\n", message.text);
    else
        fputs("plumb: written into the clip's memory too, and read back\n", stderr);
}

static void name_clip(struct plumb_calibrate *run)
{
    struct plumb_message message = {""};
    if (run->is_recording || run->over || run->options.no_clip || *run->device)
        return;
    if (plumb_calibrate_name_clip(run, &message))
        fprintf(stderr, "plumb: the clip has no serial number and took none: %s\n", message.text);
    else
        fprintf(stderr, "plumb: the clip had no serial number; it is %s now\n", run->device);
    memcpy(run->after.device, run->device, sizeof run->after.device);
}

int plumb_calibrate_store(struct plumb_calibrate *run, struct plumb_message *message)
{
    name_clip(run);
    int fail = name_file(run, message);
    if (!fail && *run->path)
        fail = plumb_calib_replace(&run->after, run->path, run->kept, message);
    if (fail)
        return fail;
    if (!*run->path)
        fprintf(
            stderr, "plumb: nothing was kept: %s\n",
            run->is_recording ? "name a file with --out, or the clip that it was with --device"
                              : "the clip has no serial number; name a file with --out");
    if (*run->kept)
        fprintf(stderr, "plumb: the older calibration is kept as %s\n", run->kept);
    keep_in_clip(run);
    return 0;
}
