/* Prints how well the orientation estimators do: the ten trials of BROAD beside the published filters, and
 * simulated cheap sensors.
 *
 *     accuracy_orient           all; the trials are looked for in $PLUMB_DATA/broad
 *     accuracy_orient FILE...   these recordings with truth
 *     accuracy_orient --short   the quick part, for the test suite; fails when figures fall behind
 *
 * BROAD: Laidig, Caruso, Cereatti, Seel, Data 6(7), 2021, doi:10.3390/data6070072, CC BY 4.0.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cheap_run.h"
#include "run.h"

/* Inclination RMSE in degrees, neither compensated for the sensor's delay. */
static const struct published {
    const char *file;
    double vqf_deg, offline_vqf_deg;
} published[] = {
    {"02_undisturbed_slow_rotation_B.csv.gz", 0.43, 0.31},
    {"05_undisturbed_slow_rotation_with_breaks_B.csv.gz", 0.35, 0.27},
    {"08_undisturbed_fast_rotation_with_breaks_A.csv.gz", 1.76, 0.93},
    {"10_undisturbed_slow_translation_A.csv.gz", 0.30, 0.25},
    {"12_undisturbed_slow_translation_C.csv.gz", 0.25, 0.19},
    {"16_undisturbed_fast_translation_B.csv.gz", 0.54, 0.43},
    {"21_undisturbed_fast_combined.csv.gz", 1.72, 0.95},
    {"25_disturbed_tapping_B.csv.gz", 0.38, 0.27},
    {"27_disturbed_phone_vibration_B.csv.gz", 0.37, 0.28},
    {"33_disturbed_attached_magnet_2cm.csv.gz", 0.60, 0.39},
};
enum { TRIALS_N = sizeof published / sizeof *published };

static const char *base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void print_row(const char *name, struct truth_score live, struct truth_score smooth)
{
    const struct published *known = NULL;
    for (int i = 0; i < TRIALS_N; i++)
        if (strcmp(base(name), published[i].file) == 0)
            known = &published[i];
    printf("%-44.44s", base(name));
    if (known)
        printf(" %6.2f", known->vqf_deg);
    else
        printf("      -");
    printf(
        " %6.3f  %3.0f/%3.0f%% %6.3f |", live.moving_deg, 100 * live.within_one, 100 * live.within_two,
        live.rest_deg);
    if (known)
        printf(" %6.2f", known->offline_vqf_deg);
    else
        printf("      -");
    printf(" %6.3f  %3.0f/%3.0f%%\n", smooth.moving_deg, 100 * smooth.within_one, 100 * smooth.within_two);
}

static void print_head(void)
{
    printf("inclination RMSE while moving (deg); share of errors within one/two stated deviations; rest "
           "(deg)\n");
    printf(
        "%-44s %6s %6s  %8s %6s | %6s %6s\n", "trial", "VQF", "Plumb", "1sd/2sd", "rest", "offVQF", "smooth");
}

/* Adds to sums; -1 when the file cannot be read. */
static int score_file(const char *path, struct truth_score *live_sum, struct truth_score *smooth_sum)
{
    struct truth truth;
    if (truth_load(&truth, path) < 0)
        return -1;
    struct truth_score live = run_live(&truth), smooth = run_smooth(&truth);
    print_row(path, live, smooth);
    live_sum->moving_deg += live.moving_deg;
    live_sum->rest_deg += live.rest_deg;
    live_sum->within_one += live.within_one;
    live_sum->within_two += live.within_two;
    smooth_sum->moving_deg += smooth.moving_deg;
    smooth_sum->within_one += smooth.within_one;
    smooth_sum->within_two += smooth.within_two;
    truth_free(&truth);
    return 0;
}

static struct truth_score share_of(struct truth_score sum, int n)
{
    return (struct truth_score){sum.moving_deg / n, sum.rest_deg / n, sum.within_one / n, sum.within_two / n};
}

static int score_broad(const char *folder, double *live_deg, double *smooth_deg)
{
    struct truth_score live = {0, 0, 0, 0}, smooth = {0, 0, 0, 0};
    print_head();
    for (int i = 0; i < TRIALS_N; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/broad/%s", folder, published[i].file);
        if (score_file(path, &live, &smooth) < 0)
            return -1;
    }
    live = share_of(live, TRIALS_N);
    smooth = share_of(smooth, TRIALS_N);
    print_row("mean (VQF 0.670, offlineVQF 0.427)", live, smooth);
    *live_deg = live.moving_deg;
    *smooth_deg = smooth.moving_deg;
    return 0;
}

/* Gyroscope 5 deg/s off, scales 3 %, misalignments 2 %; the last with an accelerometer off by its tolerance.
 */
static double score_cheap(int cases_n)
{
    double most = 0;
    printf("\ncheap sensor, uncalibrated, 10 min: tilt change from neutral against truth (deg)\n");
    printf("%4s %7s %22s %6s %6s %6s\n", "case", "rate Hz", "accelerometer offset", "rms", "worst", "drift");
    for (int i = 0; i < cases_n; i++) {
        const double rates_hz[] = {200, 100, 20, 1000};
        double share = i % 3 == 0 ? 0 : i % 3 == 1 ? 0.3 : 1;
        struct cheap cheap = cheap_of((uint64_t)i, i < 9 ? 200 : rates_hz[i % 4], 5, 0.03, 0.02, share);
        struct cheap_score score = cheap_run(&cheap);
        printf(
            "%4d %7.0f %18.0f mg %7.2f %6.2f %6.2f\n", i, cheap.rate_hz, 50 * share, score.rms_deg,
            score.worst_deg, score.drift_deg);
        most = fmax(most, share < 1 ? score.rms_deg : 0);
    }
    return most;
}

static int judge(int short_run)
{
    const char *folder = getenv("PLUMB_DATA");
    double live_deg = 0, smooth_deg = 0;
    if (!folder)
        printf("skipped: the BROAD trials are looked for in $PLUMB_DATA/broad\n");
    else if (score_broad(folder, &live_deg, &smooth_deg) < 0)
        return 1;
    double cheap_deg = score_cheap(short_run ? 3 : 15);
    if (live_deg > 0.46 || smooth_deg > 0.40 || cheap_deg > 1.2)
        fprintf(stderr, "accuracy_orient: behind what was reached before (0.46, 0.40, 1.2 deg)\n");
    return live_deg > 0.46 || smooth_deg > 0.40 || cheap_deg > 1.2;
}

int main(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "--short") == 0)
        return judge(argc > 1);
    struct truth_score live = {0, 0, 0, 0}, smooth = {0, 0, 0, 0};
    print_head();
    for (int i = 1; i < argc; i++)
        if (score_file(argv[i], &live, &smooth) < 0)
            return 1;
    print_row("mean", share_of(live, argc - 1), share_of(smooth, argc - 1));
    return 0;
}
