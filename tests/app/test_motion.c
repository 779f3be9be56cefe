/* Somebody's raw CSV through the real firmware and back: what comes out is what went in, no sample lost, none
 * twice. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "process.h"
#include "suite.h"

#define DEG      (3.14159265358979 / 180)
#define LENGTH_S 40.0
#define PERIOD_S 10.0 /* one slow tilt of 6 deg, from 15 to 25 s */

static double tilt_rad(double t_s)
{
    return t_s < 15 || t_s > 25 ? 0 : 3 * DEG * (1 - cos((t_s - 15) * 2 * 180 * DEG / PERIOD_S));
}

static double rate_radps(double t_s)
{
    double w = 2 * 180 * DEG / PERIOD_S;
    return t_s < 15 || t_s > 25 ? 0 : 3 * DEG * w * sin((t_s - 15) * w);
}

/* A noiseless person on their back, at a rate that is none of the board's; the tilt turns about minus z. */
static void write_motion(const char *folder, double rate_hz)
{
    size_t room = 120 * (size_t)(LENGTH_S * rate_hz + 2);
    char *text = malloc(room), *at = text;
    at += sprintf(
        at,
        "t_s,pelvis_ax_mps2,pelvis_ay_mps2,pelvis_az_mps2,pelvis_gx_radps,pelvis_gy_radps,pelvis_gz_radps\n");
    for (int i = 0; i < LENGTH_S * rate_hz; i++) {
        double t_s = i / rate_hz, a = tilt_rad(t_s);
        at += sprintf(
            at, "%.6f,%.5f,%.5f,0,0,0,%.6f\n", t_s, 9.80665 * cos(a), 9.80665 * sin(a), -rate_radps(t_s));
    }
    CU_ASSERT_EQUAL(folder_write(folder, "x.csv", text, (size_t)(at - text)), 0);
    free(text);
}

/* Every row 5 ms after the one before, by the board's clock; the count, or 0 where a row is missing or comes
 * twice. */
static size_t rows_in_step(const char *text)
{
    size_t n = 0;
    double last_s = NAN;
    for (const char *row = strchr(text, '\n'); row && row[1]; row = strchr(row + 1, '\n')) {
        double t_s = strtod(row + 1, NULL);
        if (n && fabs(t_s - last_s - 0.005) > 0.0001)
            return 0;
        last_s = t_s;
        n++;
    }
    return n;
}

static void compare_trace(const char *trace)
{
    double sum = 0, worst = 0;
    int n = 0;
    for (const char *row = strchr(trace, '\n'); row && row[1]; row = strchr(row + 1, '\n')) {
        char *tilt;
        double t_s = strtod(row + 1, &tilt), deg = strtod(tilt + 1, NULL), error = deg - tilt_rad(t_s) / DEG;
        if (t_s < 3 || t_s > LENGTH_S - 0.5)
            continue;
        sum += error * error;
        worst = fabs(error) > worst ? fabs(error) : worst;
        n++;
    }
    printf("tilt against the motion that went in: %.3f deg RMS, %.3f at worst\n", sqrt(sum / n), worst);
    CU_ASSERT(n > 7000);
    CU_ASSERT(sqrt(sum / n) <= 0.1); /* the issue asks for 0.3 */
    CU_ASSERT(worst <= 0.3);
}

static void through_the_board(double rate_hz)
{
    const char *folder = folder_make();
    write_motion(folder, rate_hz);
    struct process sim = PLUMB_RUN(folder, "sim", "--motion", "x.csv", "--speed", "max", "-o", "y.csv");
    struct process analyze = PLUMB_RUN(folder, "analyze", "y.csv", "--trace", "trace.csv");
    char *raw = folder_read(folder, "y.csv"), *trace = folder_read(folder, "trace.csv");
    CU_ASSERT_EQUAL(sim.exit_code, 0);
    CU_ASSERT_EQUAL(analyze.exit_code, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(sim.err, " 0 lost, 0 twice, 0 bad frames"));
    CU_ASSERT(raw && rows_in_step(raw) >= (size_t)((LENGTH_S - 0.1) * 200));
    if (trace)
        compare_trace(trace);
    CU_ASSERT_PTR_NOT_NULL(trace);
    free(raw);
    free(trace);
    process_free(&sim);
    process_free(&analyze);
    folder_remove(folder);
}

static void test_100_hz(void)
{
    through_the_board(100);
}

static void test_285_hz(void)
{
    through_the_board(285.714);
}

/* sim's standard output is a recording that analyze reads from its standard input. */
static void test_a_pipe(void)
{
    const char *folder = folder_make();
    const char *const arguments[] = {"analyze", "-", "--json", "-", NULL};
    char path[128];
    write_motion(folder, 100);
    struct process sim = PLUMB_RUN(folder, "sim", "--motion", "x.csv");
    folder_write(folder, "out.csv", sim.out, strlen(sim.out));
    snprintf(path, sizeof path, "%s/out.csv", folder);
    struct process analyze = process_plumb(folder, path, NULL, 60, arguments);
    CU_ASSERT_EQUAL(analyze.exit_code, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(analyze.out, "plumb-analysis/1"));
    process_free(&sim);
    process_free(&analyze);
    folder_remove(folder);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"100 Hz", test_100_hz}, {"285 Hz", test_285_hz}, {"pipe", test_a_pipe}, CU_TEST_INFO_NULL};
    return plumb_suite_run("motion", tests, argc, argv);
}
