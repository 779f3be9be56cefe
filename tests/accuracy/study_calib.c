/* The calibration study: many devices at the limits of the MPU-6050's data sheet, each turned through poses
 * by hand. Prints the figures of each way of doing it and exits 1 when one of those that are promised is
 * missed.
 *
 *   study_calib [DEVICES]      devices per kind; 500 unless told
 */
#include <stdio.h>
#include <stdlib.h>

#include "calib/turned.h"
#include "hands.h"
#include "host/core/gyro_fit.h"
#include "host/patient/imu_error.h"

#define DEVICES_DEFAULT 500
#define DEVICES_MAX     20000
#define SURE_DEVICES    200 /* with fewer, the figures may be missed by chance, by a quarter at most */
#define RATE_HZ         200
#define ROWS_N          (RATE_HZ * 600)
#define BLOCKS_N        6100
#define STILLS_N        256
#define COUNT_MPS2      (PLUMB_GRAVITY_MPS2 / 8192)
#define COUNT_RADPS     (PLUMB_RAD_PER_DEG / 65.5)
#define DEG             PLUMB_RAD_PER_DEG

/* Issue 4: the residual is a device's noise, so its median; bias and direction of 99 in 100 devices. */
#define RESIDUAL_MPS2 0.005
#define BIAS_MPS2     0.02
#define DIRECTION_DEG 0.15
#define GYRO_PERCENT  0.75 /* our own: a quarter of the data sheet's 3 % */

enum promise { FIGURES, REFUSED, SHOWN };

struct kind {
    const char *name;
    enum promise promise;
    size_t poses_n; /* the first so many ways of turned.c */
    double warm_s;  /* since power-on */
    double tremble; /* times the usual hand */
    enum plumb_imu_grade grade;
};

static const struct kind kinds[] = {
    {"12 poses", FIGURES, 12, 600, 1, PLUMB_IMU_WORST},
    {"9 poses", FIGURES, 9, 600, 1, PLUMB_IMU_WORST},
    {"10 poses, typical", FIGURES, 10, 600, 1, PLUMB_IMU_TYPICAL},
    {"36 poses", FIGURES, 36, 600, 1, PLUMB_IMU_WORST},
    {"12 poses, cold", SHOWN, 12, 0, 1, PLUMB_IMU_WORST},
    {"12 poses, freehand", SHOWN, 12, 600, 3, PLUMB_IMU_WORST},
    {"6 poses", SHOWN, 6, 600, 1, PLUMB_IMU_WORST},
    {"5 poses", REFUSED, 5, 600, 1, PLUMB_IMU_WORST},
};

struct bench {
    struct plumb_track track;
    struct plumb_still_block blocks[BLOCKS_N];
    struct plumb_still stills[STILLS_N];
    size_t stills_n;
    struct hands hands;
    struct plumb_imu_error_params device;
    double middle_c;
    struct plumb_accel_fit accel;
    struct plumb_gyro_fit gyro;
};

struct results {
    double residual_mps2[DEVICES_MAX], bias_mps2[DEVICES_MAX], direction_deg[DEVICES_MAX];
    double gyro_percent[DEVICES_MAX], gyro_bias_dps[DEVICES_MAX];
    int n, refused, poses_missed, within_2_sd;
};

static double to_counts(double value, double count)
{
    return fmin(fmax(floor(value / count + 0.5), -32768), 32767) * count;
}

static struct plumb_vec3 counted(struct plumb_vec3 v, double count)
{
    return plumb_vec3_of(to_counts(v.x, count), to_counts(v.y, count), to_counts(v.z, count));
}

static void record(struct bench *bench, double warm_s, struct plumb_rng *rng)
{
    struct plumb_imu_error error;
    double length_s = hands_length_s(&bench->hands), temp_sum = 0;
    plumb_imu_error_init(&error, plumb_rng_next(rng));
    bench->track.n = 0;
    for (size_t i = 0; i < ROWS_N && (double)i / RATE_HZ < length_s; i++) {
        double t_s = (double)(i + 1) / RATE_HZ;
        struct plumb_imu truth = hands_feel(&bench->hands, t_s);
        struct plumb_imu felt =
            plumb_imu_error_apply(&error, &bench->device, &truth, warm_s + t_s, 1.0 / RATE_HZ);
        felt.accel_s_mps2 = counted(felt.accel_s_mps2, COUNT_MPS2);
        felt.gyro_s_radps = counted(felt.gyro_s_radps, COUNT_RADPS);
        temp_sum += felt.temp_c;
        bench->track.t_s[i] = t_s;
        bench->track.present[i] = 1u << PLUMB_PELVIS;
        bench->track.flags[i] = 0;
        bench->track.imu[PLUMB_PELVIS][i] = plumb_imu_pack(&felt);
        bench->track.n = i + 1;
    }
    bench->middle_c = temp_sum / (double)bench->track.n;
}

static void find_stills(struct bench *bench)
{
    struct plumb_still_blocks blocks;
    plumb_still_blocks_init(&blocks, bench->blocks, BLOCKS_N);
    for (size_t i = 0; i < bench->track.n; i++) {
        struct plumb_sample sample = plumb_track_at(&bench->track, i);
        plumb_still_blocks_push(&blocks, i, sample.t_s, &sample.imu[PLUMB_PELVIS], sample.flags);
    }
    struct plumb_still_limits limits = plumb_still_limits(&blocks);
    bench->stills_n = plumb_still_find(&blocks, &limits, bench->stills, STILLS_N);
}

static struct plumb_vec3 rows_times(const struct plumb_triad_error *triad, struct plumb_vec3 v)
{
    return plumb_vec3_of(
        plumb_vec3_dot(triad->row_x, v), plumb_vec3_dot(triad->row_y, v), plumb_vec3_dot(triad->row_z, v));
}

static struct plumb_vec3 offset_at(const struct plumb_triad_error *triad, double temp_c)
{
    return plumb_vec3_add(triad->offset, plumb_vec3_scale(triad->drift_per_c, temp_c - 25));
}

static double largest(struct plumb_vec3 v)
{
    return fmax(fabs(v.x), fmax(fabs(v.y), fabs(v.z)));
}

/* The true up and the up after calibration for the 26 ways. */
static void directions(
    const struct bench *bench, struct plumb_vec3 truth[PLUMB_TURNED_N],
    struct plumb_vec3 seen[PLUMB_TURNED_N])
{
    struct plumb_calib calib;
    plumb_calib_identity(&calib);
    calib.accel_bias_mps2 = bench->accel.bias_mps2;
    for (int i = 0; i < 9; i++)
        calib.accel_matrix[i] = bench->accel.matrix[i];
    for (int i = 0; i < PLUMB_TURNED_N; i++) {
        struct plumb_vec3 up = plumb_turned_way(i)->up_s;
        struct plumb_imu raw = {.temp_c = NAN};
        raw.accel_s_mps2 = plumb_vec3_add(
            rows_times(&bench->device.accel, plumb_vec3_scale(up, PLUMB_GRAVITY_MPS2)),
            offset_at(&bench->device.accel, bench->accel.temp_c));
        truth[i] = up;
        seen[i] = plumb_vec3_unit(plumb_calib_correct(&calib, &raw).accel_s_mps2);
    }
}

/* The rotation that takes `truth` nearest to `seen`: what the length cannot know and the mount takes up.
 * Small steps of the rotation vector. */
static struct plumb_quat best_turn(const struct plumb_vec3 *truth, const struct plumb_vec3 *seen, int n)
{
    struct plumb_quat q = PLUMB_QUAT_IDENTITY;
    for (int step = 0; step < 8; step++) {
        struct plumb_vec3 sum = {0, 0, 0};
        for (int i = 0; i < n; i++)
            sum = plumb_vec3_add(sum, plumb_vec3_cross(plumb_quat_apply(q, truth[i]), seen[i]));
        q = plumb_quat_unit(plumb_quat_mul(plumb_quat_from_rotvec(plumb_vec3_scale(sum, 1.5 / n)), q));
    }
    return q;
}

static double angle_between(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return atan2(plumb_vec3_norm(plumb_vec3_cross(a, b)), plumb_vec3_dot(a, b));
}

/* Root mean square over the 26 ways. */
static double direction_error_deg(const struct bench *bench, struct plumb_quat *case_to_seen)
{
    struct plumb_vec3 truth[PLUMB_TURNED_N], seen[PLUMB_TURNED_N];
    double sum2 = 0;
    directions(bench, truth, seen);
    *case_to_seen = best_turn(truth, seen, PLUMB_TURNED_N);
    for (int i = 0; i < PLUMB_TURNED_N; i++) {
        double off = angle_between(plumb_quat_apply(*case_to_seen, truth[i]), seen[i]);
        sum2 += off * off / PLUMB_TURNED_N;
    }
    return sqrt(sum2) / DEG;
}

/* How far the corrected rate is off, in percent, for turning about each of the 26 ways; rms. */
static double gyro_error_percent(const struct bench *bench, struct plumb_quat case_to_seen)
{
    struct plumb_calib calib;
    double sum2 = 0;
    plumb_calib_identity(&calib);
    for (int i = 0; i < 9; i++)
        calib.gyro_matrix[i] = bench->gyro.matrix[i];
    for (int i = 0; i < PLUMB_TURNED_N; i++) {
        struct plumb_vec3 rate = plumb_turned_way(i)->up_s;
        struct plumb_imu raw = {.temp_c = NAN};
        raw.gyro_s_radps = rows_times(&bench->device.gyro, rate);
        struct plumb_vec3 right = plumb_calib_correct(&calib, &raw).gyro_s_radps;
        double off = plumb_vec3_norm(plumb_vec3_sub(right, plumb_quat_apply(case_to_seen, rate)));
        sum2 += off * off / PLUMB_TURNED_N;
    }
    return 100 * sqrt(sum2);
}

static void add_device(struct results *results, const struct bench *bench, size_t poses_n)
{
    int i = results->n++;
    struct plumb_quat case_to_seen;
    struct plumb_vec3 offset = offset_at(&bench->device.accel, bench->accel.temp_c);
    results->poses_missed += bench->stills_n < poses_n;
    results->residual_mps2[i] = bench->accel.residual_mps2;
    results->bias_mps2[i] = largest(plumb_vec3_sub(bench->accel.bias_mps2, offset));
    results->direction_deg[i] = direction_error_deg(bench, &case_to_seen);
    results->within_2_sd += results->direction_deg[i] < 2 * bench->accel.direction_sd_rad / DEG;
    results->gyro_percent[i] = gyro_error_percent(bench, case_to_seen);
    offset = offset_at(&bench->device.gyro, bench->gyro.rest.temp_c);
    results->gyro_bias_dps[i] = largest(plumb_vec3_sub(bench->gyro.bias_radps, offset)) / DEG;
}

static void
try_device(struct results *results, struct bench *bench, const struct kind *kind, struct plumb_rng *rng)
{
    struct plumb_vec3 ups[HANDS_POSES_N];
    struct hands_params params = hands_usual();
    params.tremor_rad *= kind->tremble;
    params.tremor_m *= kind->tremble;
    params.sway_m *= kind->tremble;
    params.creep_rad *= kind->tremble;
    for (size_t i = 0; i < kind->poses_n; i++)
        ups[i] = plumb_turned_way((int)(i % PLUMB_TURNED_N))->up_s;
    plumb_imu_error_draw(&bench->device, kind->grade, rng);
    hands_plan(&bench->hands, &params, ups, kind->poses_n, rng);
    record(bench, kind->warm_s, rng);
    find_stills(bench);
    struct plumb_calib calib;
    if (plumb_accel_fit(&bench->accel, bench->stills, bench->stills_n)) {
        results->refused++;
        return;
    }
    plumb_calib_identity(&calib);
    calib.accel_bias_mps2 = bench->accel.bias_mps2;
    for (int i = 0; i < 9; i++)
        calib.accel_matrix[i] = bench->accel.matrix[i];
    plumb_gyro_fit(&bench->gyro, &bench->track, PLUMB_PELVIS, bench->stills, bench->stills_n, &calib);
    add_device(results, bench, kind->poses_n);
}

static int ascending(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

/* Prints median and 99 % of a column and returns that share of it. */
static double print_column(double *values, int n, double share)
{
    qsort(values, (size_t)n, sizeof *values, ascending);
    double most = n ? values[(n - 1) * 99 / 100] : NAN;
    printf(" %7.4f %7.4f", n ? values[n / 2] : NAN, most);
    return n ? values[(int)((n - 1) * share)] : NAN;
}

static int report(const struct kind *kind, struct results *results, int devices)
{
    static const char *const words[] = {"figures", "refused", "shown"};
    double chance = devices < SURE_DEVICES ? 1.25 : 1;
    printf("%-20s %5d %5d", kind->name, results->refused, results->poses_missed);
    double residual = print_column(results->residual_mps2, results->n, 0.5);
    double bias = print_column(results->bias_mps2, results->n, 0.99);
    double direction = print_column(results->direction_deg, results->n, 0.99);
    double gyro = print_column(results->gyro_percent, results->n, 0.99);
    print_column(results->gyro_bias_dps, results->n, 0.99);
    double sure = results->n ? 100.0 * results->within_2_sd / results->n : NAN;
    int kept =
        kind->promise == SHOWN || (kind->promise == REFUSED && !results->n) ||
        (kind->promise == FIGURES && !results->refused && residual <= RESIDUAL_MPS2 * chance &&
         bias <= BIAS_MPS2 * chance && direction <= DIRECTION_DEG * chance && gyro <= GYRO_PERCENT * chance);
    printf(" %5.1f  %s%s\n", sure, words[kind->promise], kept ? "" : " MISSED");
    return kept;
}

static int make_room(struct bench *bench)
{
    bench->track.t_s = malloc(ROWS_N * sizeof *bench->track.t_s);
    bench->track.present = malloc(ROWS_N);
    bench->track.flags = malloc(ROWS_N);
    bench->track.imu[PLUMB_PELVIS] = malloc(ROWS_N * sizeof(struct plumb_imu_packed));
    return bench->track.t_s && bench->track.present && bench->track.flags && bench->track.imu[PLUMB_PELVIS];
}

static void free_room(struct bench *bench)
{
    free(bench->track.t_s);
    free(bench->track.present);
    free(bench->track.flags);
    free(bench->track.imu[PLUMB_PELVIS]);
}

int main(int argc, char **argv)
{
    int devices = argc > 1 ? atoi(argv[1]) : DEVICES_DEFAULT, missed = 0;
    struct bench *bench = calloc(1, sizeof *bench);
    struct results *results = malloc(sizeof *results);
    if (!bench || !results || !make_room(bench) || devices < 1 || devices > DEVICES_MAX)
        return 2;
    printf("%d devices a kind; each column: median and 99 %%\n", devices);
    printf(
        "%-20s %5s %5s %15s %15s %15s %15s %15s %5s  promised\n", "poses", "refus", "fewer", "residual m/s2",
        "bias m/s2", "direction deg", "gyro %", "gyro bias dps", "2 sd%");
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        struct plumb_rng rng = plumb_rng_of(k + 1);
        *results = (struct results){.n = 0};
        for (int i = 0; i < devices; i++)
            try_device(results, bench, &kinds[k], &rng);
        missed += !report(&kinds[k], results, devices);
    }
    free_room(bench);
    free(bench);
    free(results);
    return missed ? 1 : 0;
}
