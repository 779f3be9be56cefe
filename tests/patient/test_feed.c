/* What the sensors are given to feel: recordings between their rows, patients with their clock. */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/io/feed.h"
#include "suite.h"

static const char head[] = "t_s,pelvis_ax_mps2,pelvis_ay_mps2,pelvis_az_mps2,"
                           "pelvis_gx_radps,pelvis_gy_radps,pelvis_gz_radps";

static char path[64];

static FILE *csv_begin(const char *columns)
{
    strcpy(path, "/tmp/plumb-feed-XXXXXX");
    int file = mkstemp(path);
    CU_ASSERT_FATAL(file >= 0);
    FILE *csv = fdopen(file, "w");
    fprintf(csv, "%s%s\n", head, columns);
    return csv;
}

static struct plumb_feed *csv_open(FILE *csv, const char *grade)
{
    struct plumb_message message = {""};
    struct plumb_feed_options options = {.motion_path = path, .grade = grade};
    int fail;
    fclose(csv);
    struct plumb_feed *feed = plumb_feed_open(&options, &fail, &message);
    if (!feed)
        fprintf(stderr, "%d %s\n", fail, message.text);
    unlink(path);
    CU_ASSERT_PTR_NOT_NULL_FATAL(feed);
    return feed;
}

static double x_at(const struct plumb_feed *feed, double t_s)
{
    struct plumb_imu imu;
    CU_ASSERT(plumb_feed_imu(feed, 0, t_s, &imu));
    return imu.accel_s_mps2.x;
}

/* A recording of 100 Hz at uneven moments: between its rows the curve is closer than a thousandth. */
static void a_curve_goes_through_the_rows(void)
{
    FILE *csv = csv_begin("");
    double worst = 0;
    for (int i = 0; i < 400; i++) {
        double t = 1 + 0.01 * i + 0.002 * sin(7 * i);
        fprintf(csv, "%.9f,%.9f,0,9.81,0,0,%.9f\n", t, sin(6 * t), cos(6 * t));
    }
    struct plumb_feed *feed = csv_open(csv, NULL);
    for (double t = 1.1; t < 4.9; t += 0.0013) {
        struct plumb_imu imu;
        plumb_feed_imu(feed, 0, t, &imu);
        worst = fmax(worst, fabs(imu.accel_s_mps2.x - sin(6 * t)));
        worst = fmax(worst, fabs(imu.gyro_s_radps.z - cos(6 * t)));
    }
    CU_ASSERT(worst < 1e-3);
    plumb_feed_close(feed);
}

static void rows_themselves_are_felt_exactly(void)
{
    FILE *csv = csv_begin("");
    for (int i = 0; i < 50; i++)
        fprintf(csv, "%.3f,%d,0,9.81,0,0,0\n", 0.02 * i, i % 3);
    struct plumb_feed *feed = csv_open(csv, NULL);
    for (int i = 0; i < 50; i++)
        CU_ASSERT_DOUBLE_EQUAL(x_at(feed, 0.02 * i), i % 3, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(x_at(feed, 0), 0, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(x_at(feed, 99), 49 % 3, 1e-9); /* the last is held */
    CU_ASSERT_DOUBLE_EQUAL(plumb_feed_length_s(feed), 0.98 + 0.1, 1e-9);
    plumb_feed_close(feed);
}

static void no_curve_is_guessed_over_a_gap(void)
{
    FILE *csv = csv_begin("");
    fprintf(csv, "1.00,0,0,9.81,0,0,0\n1.01,1,0,9.81,0,0,0\n2.01,3,0,9.81,0,0,0\n2.02,0,0,9.81,0,0,0\n");
    struct plumb_feed *feed = csv_open(csv, NULL);
    for (double u = 0.1; u < 1; u += 0.1)
        CU_ASSERT_DOUBLE_EQUAL(x_at(feed, 1.01 + u), 1 + 2 * u, 1e-6);
    plumb_feed_close(feed);
}

/* A first row within ten seconds keeps its time; any other comes half a second after power-on. */
static void where_time_begins(void)
{
    const double first_s[] = {0, 3.25, 9.99, 10, 86400, -5};
    const double felt_s[] = {0, 3.25, 9.99, 0.5, 0.5, 0.5};
    for (int i = 0; i < 6; i++) {
        FILE *csv = csv_begin("");
        fprintf(csv, "%.3f,1,0,9.81,0,0,0\n%.3f,2,0,9.81,0,0,0\n", first_s[i], first_s[i] + 0.1);
        struct plumb_feed *feed = csv_open(csv, NULL);
        CU_ASSERT_DOUBLE_EQUAL(x_at(feed, felt_s[i]), 1, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(x_at(feed, felt_s[i] + 0.05), 1.5, 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(x_at(feed, 0), 1, 1e-6);
        plumb_feed_close(feed);
    }
}

/* Missing values are bridged from the rows that have them; the second sensor is whichever the file has. */
static void holes_and_second_sensors(void)
{
    FILE *csv =
        csv_begin(",thigh_ax_mps2,thigh_ay_mps2,thigh_az_mps2,thigh_gx_radps,thigh_gy_radps,thigh_gz_radps");
    struct plumb_imu imu;
    fprintf(
        csv, "1.00,0,0,9.81,0,0,0,5,0,0,0,0,0\n1.01,,,,,,,6,0,0,0,0,0\n1.02,2,0,9.81,0,0,0,7,0,0,0,0,0\n");
    struct plumb_feed *feed = csv_open(csv, NULL);
    CU_ASSERT_DOUBLE_EQUAL(x_at(feed, 1.01), 1, 1e-6);
    CU_ASSERT(plumb_feed_imu(feed, 1, 1.01, &imu));
    CU_ASSERT_DOUBLE_EQUAL(imu.accel_s_mps2.x, 6, 1e-6);
    plumb_feed_close(feed);
    csv = csv_begin("");
    fprintf(csv, "1.00,0,0,9.81,0,0,0\n");
    feed = csv_open(csv, NULL);
    CU_ASSERT(!plumb_feed_imu(feed, 1, 1, &imu));
    plumb_feed_close(feed);
}

/* The pipe's integers, and errors only where they were asked for. */
static void records_are_what_the_pipe_says(void)
{
    uint8_t payload[PLUMB_MOTION_PAYLOAD_N];
    for (int worst = 0; worst < 2; worst++) {
        FILE *csv = csv_begin(",pelvis_temp_c");
        fprintf(csv, "1,-1.5,0.25,9.81,0.001,-2,0.5,31.25\n2,-1.5,0.25,9.81,0.001,-2,0.5,31.25\n");
        struct plumb_feed *feed = csv_open(csv, worst ? "worst" : NULL);
        plumb_feed_motion(feed, 1500, payload);
        int same = plumb_get_i32(payload) == -1500000 && plumb_get_i32(payload + 4) == 250000 &&
                   plumb_get_i32(payload + 12) == 10000 && plumb_get_i32(payload + 16) == -20000000 &&
                   abs((int16_t)plumb_get_u16(payload + 24) - 3125) <= 3;
        CU_ASSERT_EQUAL(same, !worst);
        plumb_feed_close(feed);
    }
}

static void a_scenario_tells_its_truth_by_the_boards_clock(void)
{
    struct plumb_feed_options options = {
        .scenario_path = PLUMB_SOURCE_DIR "/host/scenarios/example.scenario"};
    struct plumb_message message = {""};
    struct plumb_truth truth;
    int fail;
    struct plumb_feed *feed = plumb_feed_open(&options, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(feed);
    CU_ASSERT(plumb_feed_truth(feed, 100, &truth));
    CU_ASSERT_DOUBLE_EQUAL(truth.t_s, 100.2, 1e-9); /* the example's clock runs 0.2 % fast */
    CU_ASSERT_DOUBLE_EQUAL(plumb_feed_length_s(feed), 140, 1e-9);
    plumb_feed_close(feed);
}

static void wrong_wishes_are_refused(void)
{
    struct plumb_message message = {""};
    struct plumb_feed_options neither = {.grade = NULL};
    struct plumb_feed_options grade = {.motion_path = path, .grade = "splendid"};
    int fail;
    CU_ASSERT_PTR_NULL(plumb_feed_open(&neither, &fail, &message));
    CU_ASSERT_EQUAL(fail, PLUMB_USAGE);
    FILE *csv = csv_begin("");
    fprintf(csv, "1,0,0,9.81,0,0,0\n");
    fclose(csv);
    message.text[0] = '\0';
    CU_ASSERT_PTR_NULL(plumb_feed_open(&grade, &fail, &message));
    CU_ASSERT_EQUAL(fail, PLUMB_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "splendid"));
    unlink(path);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a_curve_goes_through_the_rows", a_curve_goes_through_the_rows},
        {"rows_themselves_are_felt_exactly", rows_themselves_are_felt_exactly},
        {"no_curve_is_guessed_over_a_gap", no_curve_is_guessed_over_a_gap},
        {"where_time_begins", where_time_begins},
        {"holes_and_second_sensors", holes_and_second_sensors},
        {"records_are_what_the_pipe_says", records_are_what_the_pipe_says},
        {"a_scenario_tells_its_truth_by_the_boards_clock", a_scenario_tells_its_truth_by_the_boards_clock},
        {"wrong_wishes_are_refused", wrong_wishes_are_refused},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("feed", tests, argc, argv);
}
