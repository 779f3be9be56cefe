/* The result of a calibration on standard output: for a person, or as JSON. */
#include <stdio.h>
#include <stdlib.h>

#include "../../core/units.h"
#include "../../io/json_calib.h"
#include "calibrate.h"

#define DEG PLUMB_DEG_PER_RAD

static const char *missing_words(const struct plumb_calibrate *run)
{
    return run->want_accel && run->guide.next >= 0 ? plumb_turned_way(run->guide.next)->words : NULL;
}

static void tell_json(const struct plumb_calibrate *run, const char *refused)
{
    struct plumb_calib_told told = {
        .source = run->options.source,
        .device = *run->device ? run->device : NULL,
        .refused = refused,
        .stills = run->guide.stills,
        .stills_n = run->guide.stills_n,
        .accel = run->want_accel ? &run->guide.fit : NULL,
        .gyro = run->want_gyro ? &run->gyro : NULL,
        .grade = run->have_grade ? run->grade : NULL,
        .missing = missing_words(run),
        .file = *run->path && !refused ? run->path : NULL};
    if (told.missing)
        told.missing_up_s = plumb_turned_way(run->guide.next)->up_s;
    char *text = plumb_json_calib(&told);
    if (text)
        puts(text);
    free(text);
}

static void tell_poses(const struct plumb_calibrate *run)
{
    const struct plumb_guide *guide = &run->guide;
    puts(" pose    from      to s    up is                                     off m/s2  unseen   counts");
    for (size_t i = 0; i < guide->stills_n && i < guide->fit.poses_n; i++) {
        const struct plumb_still *still = &guide->stills[i];
        const struct plumb_accel_pose *pose = &guide->fit.poses[i];
        printf(
            "%5zu %7.1f %7.1f    %-42s %+8.4f", i + 1, still->begin_s, still->end_s,
            plumb_turned_way(plumb_turned_nearest(still->accel_s_mps2))->words, pose->residual_mps2);
        if (isfinite(pose->unseen_mps2))
            printf(" %+8.4f  %4.0f %%\n", pose->unseen_mps2, 100 * pose->weight);
        else
            printf("        -  %4.0f %%\n", 100 * pose->weight);
    }
}

static void tell_matrix(const char *name, const double m[9])
{
    for (int row = 0; row < 3; row++)
        printf("  %-8s %9.5f %9.5f %9.5f\n", row ? "" : name, m[3 * row], m[3 * row + 1], m[3 * row + 2]);
}

static void tell_accel(const struct plumb_calibrate *run)
{
    const struct plumb_accel_fit *fit = &run->guide.fit;
    struct plumb_vec3 b = fit->bias_mps2, sd = fit->bias_sd_mps2;
    printf("accelerometer: %zu poses, %.0f of them different\n", fit->poses_n, fit->distinct_n);
    printf(
        "  bias     %9.4f %9.4f %9.4f m/s2, give or take %.4f %.4f %.4f\n", b.x, b.y, b.z, sd.x, sd.y, sd.z);
    tell_matrix("matrix", fit->matrix);
    printf(
        "  gravity was off by %.4f m/s2 and is off by %.4f (root mean square)\n", fit->before_mps2,
        fit->residual_mps2);
    if (isfinite(fit->check_mps2))
        printf("  checked: poses that the fit had not seen are off by %.4f m/s2\n", fit->check_mps2);
    else
        puts("  not checked: that takes ten different poses");
    printf("  conditioning %.4f (smallest over largest eigenvalue of what the poses tell)\n", fit->condition);
    if (run->guide.clipped_n)
        printf(
            "  %zu poses left out: an axis stood at the end of its range; a wider range would see them\n",
            run->guide.clipped_n);
    if (isfinite(fit->temp_c))
        printf("  at %.1f degC\n", fit->temp_c);
    if (fit->temp_range_c > 2)
        printf(
            "  the sensor warmed by %.1f degC meanwhile: let it run for ten minutes first and it gets "
            "truer\n",
            fit->temp_range_c);
}

static void tell_noise(const struct plumb_gyro_fit *fit)
{
    struct plumb_vec3 d = fit->rest.density_radps_rthz, low = fit->rest.instability_radps;
    if (isfinite(d.x))
        printf(
            "  noise %.4f %.4f %.4f deg/s/sqrt(Hz); lowest Allan deviation (by 0.664) %.4f %.4f %.4f deg/s, "
            "from %.0f s\n",
            d.x * DEG, d.y * DEG, d.z * DEG, low.x * DEG, low.y * DEG, low.z * DEG, fit->rest.still_s);
    else
        printf("  noise: the longest stillness was %.1f s; ten and more tell it\n", fit->rest.still_s);
}

static void tell_gyro(const struct plumb_calibrate *run)
{
    const struct plumb_gyro_fit *fit = &run->gyro;
    struct plumb_vec3 b = fit->bias_radps, slope = fit->slope_radps_per_c;
    printf("gyroscope: %zu turns between poses, %.0f deg in all\n", fit->turns_n, fit->turned_rad * DEG);
    if (fit->broken_n)
        printf(
            "  %zu turns left out: samples missing, or turned faster than the sensor's range\n",
            fit->broken_n);
    printf("  bias     %9.4f %9.4f %9.4f deg/s", b.x * DEG, b.y * DEG, b.z * DEG);
    printf(isfinite(fit->rest.temp_c) ? " at %.1f degC\n" : "\n", fit->rest.temp_c);
    if (fit->slope_known)
        printf(
            "  slope    %9.4f %9.4f %9.4f deg/s per degC, over %.1f degC\n", slope.x * DEG, slope.y * DEG,
            slope.z * DEG, fit->rest.temp_range_c);
    if (fit->matrix_known)
        tell_matrix("matrix", fit->matrix);
    else if (!fit->turns_n)
        puts("  scale left as it was: no turn from pose to pose was seen");
    else
        printf(
            "  scale left as it was: turning about %c was hardly seen; go from pose to pose about that axis "
            "too\n",
            "XYZ"[fit->weak_axis]);
    if (fit->turns_n)
        printf(
            "  after a turn, up was off by %.2f deg and is off by %.2f; scale known to %.2f %.2f %.2f %%\n",
            fit->before_rad * DEG, fit->residual_rad * DEG, 100 * fit->scale_sd[0], 100 * fit->scale_sd[1],
            100 * fit->scale_sd[2]);
    tell_noise(fit);
}

void plumb_calibrate_tell(const struct plumb_calibrate *run, const char *refused)
{
    if (run->options.json) {
        tell_json(run, refused);
        return;
    }
    FILE *to = stdout;
    if (run->options.out && run->options.out[0] == '-' && !run->options.out[1])
        return; /* the file itself went there */
    if (run->want_accel && run->guide.stills_n)
        tell_poses(run);
    if (run->have_accel)
        tell_accel(run);
    if (run->have_gyro)
        tell_gyro(run);
    if (refused)
        return;
    fprintf(to, "good for: %s\n", run->grade);
    if (missing_words(run))
        fprintf(to, "most would be gained by one more pose: %s\n", missing_words(run));
    if (*run->path)
        fprintf(to, "kept in: %s\n", run->path);
}
