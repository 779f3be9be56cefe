/* The real firmware on the emulated board, fed with known motion, taken out at the other end of the source.
 */
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/core/calib.h"
#include "host/core/link.h"
#include "host/io/load_scenario.h"
#include "host/io/simulation.h"
#include "host/io/source_emulator.h"
#include "host/patient/clip.h"
#include "suite.h"

#define SAMPLES_N 20000

static struct plumb_wire_sample samples[SAMPLES_N];
static int64_t device_us[SAMPLES_N];
static size_t samples_n;
static int gone, back;
static struct plumb_hello hello;
static int64_t role_us; /* when the last HELLO came */
static struct plumb_link link_state;

static void keep(const struct plumb_link_message *message)
{
    if (message->kind == PLUMB_LINK_HELLO) {
        hello = message->of.hello;
        role_us = message->device_us;
    }
    if (message->kind != PLUMB_LINK_SAMPLE || samples_n == SAMPLES_N)
        return;
    device_us[samples_n] = message->device_us;
    samples[samples_n++] = message->of.sample;
}

static void feed_link(const uint8_t *bytes, size_t n)
{
    while (n > 0) {
        struct plumb_link_message message;
        size_t used = plumb_link_feed(&link_state, bytes, n, &message);
        bytes += used;
        n -= used;
        keep(&message);
    }
}

/* Runs a source to its end; a FNV-1a of all its bytes. */
static uint64_t run(const char *uri)
{
    struct plumb_message message = {""};
    struct plumb_source_event event = {.kind = PLUMB_SOURCE_IDLE};
    uint64_t hash = UINT64_C(14695981039346656037);
    int64_t last_us = 0;
    int fail;
    samples_n = 0;
    gone = back = 0;
    plumb_link_init(&link_state);
    struct plumb_source_emulator *source = plumb_source_emulator_open(uri, &fail, &message);
    if (!source)
        fprintf(stderr, "%s: %s\n", uri, message.text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(source);
    while (event.kind != PLUMB_SOURCE_END) {
        CU_ASSERT_EQUAL_FATAL(plumb_source_emulator_read(source, 50000, &event), 0);
        CU_ASSERT(event.host_us >= last_us);
        last_us = event.host_us;
        gone += event.kind == PLUMB_SOURCE_GONE;
        back += event.kind == PLUMB_SOURCE_BACK;
        if (event.kind != PLUMB_SOURCE_BYTES)
            continue;
        feed_link(event.bytes, event.bytes_n);
        for (size_t i = 0; i < event.bytes_n; i++)
            hash = (hash ^ event.bytes[i]) * UINT64_C(1099511628211);
    }
    plumb_source_emulator_close(source);
    return hash;
}

static char path[64];

static void scratch(const char *text)
{
    strcpy(path, "/tmp/plumb-emulated-XXXXXX");
    int file = mkstemp(path);
    CU_ASSERT_FATAL(file >= 0);
    CU_ASSERT(write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
}

static void scratch_scenario(const char *text, const char *options, char uri[256])
{
    char named[80];
    scratch(text);
    snprintf(named, sizeof named, "%s.scenario", path);
    CU_ASSERT_EQUAL(rename(path, named), 0);
    strcpy(path, named);
    snprintf(uri, 256, "%s?speed=max%s", named, options);
}

#define STILL "[patient]\nlength_s = 6\n[sensor]\ngrade = perfect\n"

static double mps2(int16_t lsb)
{
    return lsb * PLUMB_GRAVITY_MPS2 / hello.imus[0].accel_lsb_per_g;
}

static void gravity_comes_out_as_it_went_in(void)
{
    char uri[256];
    scratch_scenario(STILL "[clip]\nsite = front\n", "", uri);
    run(uri);
    unlink(path);
    CU_ASSERT(samples_n > 1000);
    CU_ASSERT_EQUAL(link_state.counters.damaged, 0);
    CU_ASSERT_EQUAL(link_state.counters.lost, 0);
    CU_ASSERT(hello.imus[0].present && !hello.imus[1].present);
    const int16_t *accel = samples[samples_n - 1].counts[0].accel_lsb;
    CU_ASSERT_DOUBLE_EQUAL(mps2(accel[0]), 0, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(mps2(accel[1]), 0, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(mps2(accel[2]), PLUMB_GRAVITY_MPS2, 0.01);
}

static double motion_gyro(double t)
{
    return 0.8 * sin(2 * PLUMB_PI * 0.7 * t);
}

/* Somebody's recording comes out of the board as it went in, late by what HELLO says, within counts. */
static void a_recording_comes_out_as_it_went_in(void)
{
    char uri[256], named[80];
    scratch("");
    snprintf(named, sizeof named, "%s.csv", path);
    unlink(path);
    FILE *csv = fopen(named, "w");
    fputs(
        "t_s,pelvis_ax_mps2,pelvis_ay_mps2,pelvis_az_mps2,pelvis_gx_radps,pelvis_gy_radps,pelvis_gz_radps\n",
        csv);
    for (int i = 0; i < 800; i++)
        fprintf(csv, "%.4f,3,-2,9,%.7f,0,0\n", i * 0.01, motion_gyro(i * 0.01));
    fclose(csv);
    snprintf(uri, sizeof uri, "%s?speed=max", named);
    run(uri);
    unlink(named);
    double worst = 0, k = PLUMB_RAD_PER_DEG * 1000 / hello.imus[0].gyro_lsb_per_kdps;
    CU_ASSERT(samples_n > 1400);
    for (size_t i = 0; i < samples_n; i++) {
        double t = (double)(device_us[i] - hello.delay_us) * 1e-6;
        if (t > 7.98)
            break; /* the last row is held */
        worst = fmax(worst, fabs(samples[i].counts[0].gyro_lsb[0] * k - motion_gyro(t)));
    }
    CU_ASSERT(worst < 0.01); /* 3 ms of the steepest slope */
    CU_ASSERT_DOUBLE_EQUAL(mps2(samples[samples_n / 2].counts[0].accel_lsb[0]), 3, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(mps2(samples[samples_n / 2].counts[0].accel_lsb[1]), -2, 0.01);
    CU_ASSERT_EQUAL(link_state.counters.lost, 0);
    CU_ASSERT_EQUAL(link_state.counters.duplicates, 0);
}

static void the_same_run_is_the_same_bytes(void)
{
    char fast[256], paced[280];
    scratch_scenario("[patient]\nlength_s = 3\nbreath_pp_deg = 2\n[sensor]\ngrade = typical\n", "", fast);
    uint64_t one = run(fast), again = run(fast);
    snprintf(paced, sizeof paced, "%s?speed=20", path);
    uint64_t slow = run(paced);
    unlink(path);
    CU_ASSERT(samples_n > 400);
    CU_ASSERT(one == again);
    CU_ASSERT(one == slow);
}

static void a_second_clip_is_found(void)
{
    char uri[256];
    scratch_scenario(STILL "[clip]\nsecond = lumbar\n", "", uri);
    run(uri);
    unlink(path);
    CU_ASSERT_EQUAL(hello.imus_n, 2);
    CU_ASSERT_EQUAL_FATAL(hello.imus[1].present, 1);
    CU_ASSERT(samples[samples_n - 1].flags & PLUMB_SAMPLE_IMU1);
}

static void a_sensor_on_the_thigh_knows_its_place(void)
{
    char uri[256];
    scratch_scenario(STILL "[clip]\nsecond = thigh\n", "", uri);
    run(uri);
    unlink(path);
    CU_ASSERT_EQUAL(hello.imus[1].role, PLUMB_ROLE_THIGH);
    CU_ASSERT_EQUAL(hello.imus[0].role, PLUMB_ROLE_PELVIS);
    CU_ASSERT(role_us <= device_us[0]);
}

static void a_pulled_plug_is_seen_and_the_board_comes_back(void)
{
    char uri[256];
    scratch_scenario(STILL "[fault]\nat_s = 2\nfor_s = 1.5\nkind = unplug\n", "", uri);
    run(uri);
    unlink(path);
    CU_ASSERT(gone == 1 && back == 1);
    CU_ASSERT_EQUAL(link_state.segment, 1);
    CU_ASSERT(samples_n > 600 && samples_n < 900);
}

static void faults_of_the_line_reach_the_line(void)
{
    char uri[256];
    scratch_scenario(STILL "[fault 1]\nat_s = 2\nfor_s = 1\nkind = garbage\none_in = 100\n", "", uri);
    run(uri);
    unlink(path);
    CU_ASSERT(link_state.counters.damaged > 20);
    CU_ASSERT(link_state.counters.lost > 20);
    CU_ASSERT_EQUAL(link_state.segment, 0);
}

/* What both have felt a moment ago, by the way through the firmware and by the short cut. */
static double short_cut_differs_by(struct plumb_clip *clip, const struct plumb_patient *patient)
{
    double worst = 0, k = PLUMB_RAD_PER_DEG * 1000 / hello.imus[0].gyro_lsb_per_kdps;
    double apart_s = 0.0029 - hello.delay_us * 1e-6; /* the short cut is late by 2.9 ms */
    struct plumb_sample before = {0}, after = {0};
    for (size_t i = 0; i < samples_n; i++) {
        double t_s = (double)device_us[i] * 1e-6 + apart_s;
        while (after.t_s <= t_s) {
            before = after;
            plumb_clip_next(clip, patient, &after);
        }
        double u = (t_s - before.t_s) / (after.t_s - before.t_s);
        double then = before.imu[0].gyro_s_radps.y, now = after.imu[0].gyro_s_radps.y;
        worst = fmax(worst, fabs(then + u * (now - then) - samples[i].counts[0].gyro_lsb[1] * k));
    }
    return worst;
}

static void the_short_cut_is_as_good_as_the_board(void)
{
    static struct plumb_scenario scenario;
    static struct plumb_patient patient;
    static struct plumb_clip clip;
    struct plumb_clip_params params;
    struct plumb_message message = {""};
    char uri[256];
    scratch_scenario(
        "[patient]\nlength_s = 8\nbreath_pp_deg = 2\n[sensor]\ngrade = perfect\n"
        "[lapse]\nat_s = 1\ndeg = 10\nrise_s = 0.5\n[tilts]\nat_s = 3\nfor_s = 5\n",
        "", uri);
    run(uri);
    CU_ASSERT_EQUAL_FATAL(plumb_scenario_load(&scenario, path, &message), 0);
    unlink(path);
    plumb_clip_params_default(&params);
    plumb_patient_init(&patient, &scenario);
    plumb_clip_init(&clip, &params, &patient);
    CU_ASSERT(samples_n > 1500);
    double worst_radps = short_cut_differs_by(&clip, &patient);
    CU_ASSERT(worst_radps > 0);
    CU_ASSERT(worst_radps < 0.004); /* of 0.65 rad/s at the peak */
}

/* A cue that vibrates shakes the clip that carries the motor, and the samples taken meanwhile say so. */
static void the_clips_own_motor_shakes_it(void)
{
    struct plumb_simulation_options options = {
        .feed = {.scenario_path = PLUMB_SOURCE_DIR "/host/scenarios/still.scenario"}};
    struct plumb_message message = {""};
    struct plumb_simulation_event event;
    uint8_t cue[PLUMB_FRAME_N(PLUMB_CUE_N)];
    double worst[2] = {0, 0};
    int fail, motor = 0;
    samples_n = 0;
    plumb_link_init(&link_state);
    struct plumb_simulation *simulation = plumb_simulation_open(&options, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(simulation);
    for (int step = 0; step < 300; step++) {
        if (step == 100) {
            plumb_put_u8(plumb_put_u8(plumb_frame_payload(cue), PLUMB_CUE_OUT), 1);
            uint8_t n = plumb_frame_close(cue, PLUMB_CUE, PLUMB_CUE_N);
            CU_ASSERT_EQUAL(plumb_simulation_put(simulation, cue, n), 0);
        }
        CU_ASSERT_EQUAL_FATAL(plumb_simulation_step(simulation, 10, &message), 1);
        while (plumb_simulation_next(simulation, &event)) {
            motor |= event.kind == PLUMB_SIMULATION_PINS && (event.pins & PLUMB_PINS_VIBRATION);
            if (event.kind == PLUMB_SIMULATION_BYTES)
                feed_link(event.bytes, event.bytes_n);
        }
    }
    CU_ASSERT_EQUAL(plumb_simulation_tally(simulation).resets, 0);
    plumb_simulation_close(simulation, &message);
    for (size_t i = 1; i < samples_n; i++) {
        double jump =
            mps2((int16_t)(samples[i].counts[0].accel_lsb[0] - samples[i - 1].counts[0].accel_lsb[0]));
        double *most = &worst[(samples[i].flags & PLUMB_SAMPLE_VIBRATION) != 0];
        *most = fmax(*most, fabs(jump));
    }
    CU_ASSERT(motor);
    CU_ASSERT(worst[0] < 0.5);
    CU_ASSERT(worst[1] > 1);
}

/* Truth rows are in the board's time, whole, and gone when a run never began. */
static void the_truth_is_left_behind(void)
{
    char uri[256], truth[64] = "/tmp/plumb-truth-XXXXXX", options[100], line[400];
    int rows = 0;
    double t_s = 0;
    close(mkstemp(truth));
    snprintf(options, sizeof options, "&truth=%s", truth);
    scratch_scenario(STILL "clock_fast_percent = 1\n", options, uri);
    run(uri);
    unlink(path);
    FILE *csv = fopen(truth, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(csv);
    CU_ASSERT_PTR_NOT_NULL_FATAL(fgets(line, sizeof line, csv));
    CU_ASSERT_EQUAL(
        strncmp(line, "t_s,tilt_deg,rotation_deg,obliquity_deg,lumbar_deg,pose,event,q_w", 64), 0);
    while (fgets(line, sizeof line, csv)) {
        rows++;
        t_s = strtod(line, NULL);
        CU_ASSERT_PTR_NOT_NULL(strstr(line, ",supine,"));
    }
    fclose(csv);
    unlink(truth);
    CU_ASSERT_EQUAL(rows, 600);
    CU_ASSERT_DOUBLE_EQUAL(t_s, 5.99 * 1.01, 1e-3);
}

/* The board's clock runs fast by what the scenario says: so do its time stamps. */
static void the_boards_clock_may_be_wrong(void)
{
    char uri[256];
    scratch_scenario(STILL "clock_fast_percent = 1\n", "", uri);
    run(uri);
    unlink(path);
    double span_s = (double)(device_us[samples_n - 1] - device_us[0]) * 1e-6;
    double by_imu_s = (double)(samples_n - 1) * 0.005;
    CU_ASSERT_DOUBLE_EQUAL(span_s / by_imu_s, 1.01, 0.0005);
}

static void refused(const char *uri, int wanted, const char *saying)
{
    struct plumb_message message = {""};
    int fail = 0;
    CU_ASSERT_PTR_NULL(plumb_source_emulator_open(uri, &fail, &message));
    if (fail != wanted || !strstr(message.text, saying))
        fprintf(stderr, "%s: %d %s\n", uri, fail, message.text);
    CU_ASSERT_EQUAL(fail, wanted);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, saying));
}

static void wrong_wishes_are_refused(void)
{
    refused("", PLUMB_USAGE, "sim:");
    refused("still?speed=warp", PLUMB_USAGE, "warp");
    refused("still?speed=0", PLUMB_USAGE, "speed");
    refused("still?colour=red", PLUMB_USAGE, "colour");
    refused("still?grade=worst", PLUMB_USAGE, "grade");
    refused("/nowhere.csv?speed=max", PLUMB_FAILED, "/nowhere.csv");
}

static void a_dead_emulator_is_said(void)
{
    struct plumb_message message = {""};
    struct plumb_simulation_options options = {
        .feed = {.scenario_path = PLUMB_SOURCE_DIR "/host/scenarios/still.scenario"},
        .image_path = PLUMB_SOURCE_DIR "/README.md"};
    int fail, going = 1;
    struct plumb_simulation *simulation = plumb_simulation_open(&options, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(simulation);
    for (int i = 0; going > 0 && i < 100; i++)
        going = plumb_simulation_step(simulation, 10, &message);
    CU_ASSERT_EQUAL(going, PLUMB_FAILED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "ended (code 1)"));
    plumb_simulation_close(simulation, &message);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"gravity_comes_out_as_it_went_in", gravity_comes_out_as_it_went_in},
        {"a_recording_comes_out_as_it_went_in", a_recording_comes_out_as_it_went_in},
        {"the_same_run_is_the_same_bytes", the_same_run_is_the_same_bytes},
        {"a_second_clip_is_found", a_second_clip_is_found},
        {"a_sensor_on_the_thigh_knows_its_place", a_sensor_on_the_thigh_knows_its_place},
        {"a_pulled_plug_is_seen_and_the_board_comes_back", a_pulled_plug_is_seen_and_the_board_comes_back},
        {"faults_of_the_line_reach_the_line", faults_of_the_line_reach_the_line},
        {"the_short_cut_is_as_good_as_the_board", the_short_cut_is_as_good_as_the_board},
        {"the_clips_own_motor_shakes_it", the_clips_own_motor_shakes_it},
        {"the_truth_is_left_behind", the_truth_is_left_behind},
        {"the_boards_clock_may_be_wrong", the_boards_clock_may_be_wrong},
        {"wrong_wishes_are_refused", wrong_wishes_are_refused},
        {"a_dead_emulator_is_said", a_dead_emulator_is_said},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("emulated", tests, argc, argv);
}
