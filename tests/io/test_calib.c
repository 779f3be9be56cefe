/* Calibration: the arithmetic, the file, the record in a clip's EEPROM. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "host/core/calib.h"
#include "host/core/units.h"
#include "host/io/load_calib.h"
#include "suite.h"

#define NEAR(a, b, off) CU_ASSERT_DOUBLE_EQUAL(a, b, off)

/* An MPU-6050 at +-2 g and 250 deg/s: 16384 counts per g, 131 per deg/s, 340 per degC with 36.53 at 0. */
static const struct plumb_hello_imu mpu6050 = {
    .accel_lsb_per_g = 16384,
    .gyro_lsb_per_kdps = 131000,
    .temp_lsb_per_kc = 340000,
    .temp_offset_centi_c = 3653,
};

static void counts_become_si(void)
{
    struct plumb_calib calib;
    struct plumb_imu imu;
    struct plumb_counts counts = {{16384, 0, -8192}, {131, -1310, 0}, -340};
    plumb_calib_identity(&calib);
    plumb_calib_apply(&calib, &mpu6050, &counts, &imu);
    NEAR(imu.accel_s_mps2.x, 9.80665, 1e-12);
    NEAR(imu.accel_s_mps2.z, -4.903325, 1e-12);
    NEAR(imu.gyro_s_radps.x, PLUMB_RAD_PER_DEG, 1e-15);
    NEAR(imu.gyro_s_radps.y, -10 * PLUMB_RAD_PER_DEG, 1e-14);
    NEAR(imu.temp_c, 35.53, 1e-12);
}

static void without_a_scale_there_is_no_number(void)
{
    struct plumb_calib calib;
    struct plumb_imu imu;
    struct plumb_hello_imu unknown = {0};
    struct plumb_counts counts = {{1, 2, 3}, {4, 5, 6}, 7};
    plumb_calib_identity(&calib);
    plumb_calib_apply(&calib, &unknown, &counts, &imu);
    CU_ASSERT_TRUE(isnan(imu.accel_s_mps2.x));
    CU_ASSERT_TRUE(isnan(imu.gyro_s_radps.x));
    CU_ASSERT_TRUE(isnan(imu.temp_c));
}

/* A sensor that errs as the file says it does is put right to the last digit. */
static void what_the_file_says_is_undone(void)
{
    struct plumb_calib calib;
    struct plumb_imu truth = {{1, 2, 9}, {0.1, -0.2, 0.3}, 40};
    plumb_calib_identity(&calib);
    calib.accel_bias_mps2 = plumb_vec3_of(0.2, -0.1, 0.4);
    calib.accel_matrix[0] = 0.5;
    calib.accel_matrix[1] = 0.25; /* row 0: x from y */
    calib.gyro_bias_radps = plumb_vec3_of(0.01, 0.02, 0.03);
    calib.gyro_slope_radps_per_c = plumb_vec3_of(0.001, 0, 0);
    calib.temp_ref_c = 30;
    struct plumb_imu raw = truth;
    raw.accel_s_mps2 = plumb_vec3_of((1 - 0.25 * 2) / 0.5 + 0.2, 2 - 0.1, 9.4);
    raw.gyro_s_radps = plumb_vec3_of(0.1 + 0.01 + 0.01, -0.2 + 0.02, 0.3 + 0.03);
    struct plumb_imu right = plumb_calib_correct(&calib, &raw);
    NEAR(right.accel_s_mps2.x, 1, 1e-12);
    NEAR(right.accel_s_mps2.y, 2, 1e-12);
    NEAR(right.gyro_s_radps.x, 0.1, 1e-12);
    NEAR(right.gyro_s_radps.z, 0.3, 1e-12);
    raw.temp_c = NAN; /* no thermometer: the slope is left out */
    NEAR(plumb_calib_correct(&calib, &raw).gyro_s_radps.x, 0.11, 1e-12);
}

static void the_example_is_read(void)
{
    struct plumb_calib_file file;
    struct plumb_message message = {""};
    int fail = plumb_calib_load(&file, PLUMB_SOURCE_DIR "/calib/example.calib", &message);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    CU_ASSERT_EQUAL_FATAL(fail, 0);
    CU_ASSERT_EQUAL(file.present, 1);
    CU_ASSERT_STRING_EQUAL(file.device, "0000002A");
    CU_ASSERT_EQUAL(file.imu[0].accel_bias_mps2.z, 0.481);
    CU_ASSERT_EQUAL(file.imu[0].accel_matrix[5], 0.0009);
    CU_ASSERT_EQUAL(file.imu[0].accel_matrix[8], 0.9953);
    CU_ASSERT_EQUAL(file.imu[0].temp_ref_c, 28.5);
    CU_ASSERT_EQUAL(file.imu[1].gyro_matrix[0], 1);
    CU_ASSERT_EQUAL(file.how[0].accel_poses, 12);
    CU_ASSERT_EQUAL(file.how[0].gyro_noise_dps_rthz, 0.0049);
    CU_ASSERT_TRUE(isnan(file.how[1].accel_check_mps2));
}

static void what_is_saved_reads_back_the_same(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_calib_file file, back;
    struct plumb_message message = {""};
    folder_make(&folder);
    folder_path(&folder, "a.calib", path);
    CU_ASSERT_EQUAL_FATAL(plumb_calib_load(&file, PLUMB_SOURCE_DIR "/calib/example.calib", &message), 0);
    file.present = 3;
    file.imu[1].gyro_bias_radps.x = 1.0 / 3;
    for (int i = 0; i < 9; i++) /* as long as numbers get */
        file.imu[1].accel_matrix[i] = (i % 4 == 0) - 1e-3 / 7 * (i + 1);
    CU_ASSERT_EQUAL_FATAL(plumb_calib_save(&file, path, &message), 0);
    CU_ASSERT_EQUAL_FATAL(plumb_calib_load(&back, path, &message), 0);
    CU_ASSERT_EQUAL(memcmp(&file.imu, &back.imu, sizeof file.imu), 0);
    CU_ASSERT_STRING_EQUAL(back.made, "2026-03-14");
    CU_ASSERT_EQUAL(memcmp(&file.how[0], &back.how[0], sizeof file.how[0]), 0);
    strcpy(file.device, "x\n[imu 0]\ny");
    CU_ASSERT_EQUAL_FATAL(plumb_calib_save(&file, path, &message), 0);
    CU_ASSERT_EQUAL_FATAL(plumb_calib_load(&back, path, &message), 0);
    CU_ASSERT_STRING_EQUAL(back.device, "x__imu_0__y");
    folder_remove(&folder);
}

static void refused(const char *text, const char *sentence)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_calib_file file;
    struct plumb_message message = {""};
    folder_make(&folder);
    folder_path(&folder, "a.calib", path);
    folder_put(&folder, "a.calib", text, strlen(text));
    CU_ASSERT_EQUAL(plumb_calib_load(&file, path, &message), PLUMB_DAMAGED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, sentence));
    if (!strstr(message.text, sentence))
        fprintf(stderr, "got:    %s\nwanted: %s\n", message.text, sentence);
    CU_ASSERT_EQUAL(file.imu[0].accel_matrix[0], 1);
    folder_remove(&folder);
}

static void a_file_that_cannot_be_true_is_refused(void)
{
    refused("[device]\n", "a.calib:1: wants a section [imu 0], found none");
    refused("[imu 0]\naccel_bias_mps2 = 1 2\n", "a.calib:2: accel_bias_mps2 wants 3 numbers, found 2");
    refused("[imu 0]\naccel_bias_mps2 = 1 2 9.8\n", "a.calib:2: accel_bias_mps2 wants -3 to 3, found 9.8");
    refused("[imu 0]\naccel_matrix = 1 0 0 0 1 0\n", "a.calib:2: accel_matrix wants 9 numbers, found 6");
    refused(
        "[imu 0]\naccel_matrix = 0 1 0 1 0 0 0 0 1\n",
        "a.calib:2: accel_matrix wants numbers near 1 on the diagonal and near 0 beside it, found `0 1 0");
    refused("[imu 2]\n", "found [imu 2]");
    refused("[imu]\n", "wants [imu 0] to [imu 1] or [measured 0] to [measured 1], found [imu]");
    refused("[imu 0]\ngyro_bias_dps = 1 2 3\n", "a.calib:2: unknown key gyro_bias_dps in [imu 0]");
}

static void the_record_in_the_clip_keeps_its_precision(void)
{
    struct plumb_calib calib, back;
    struct plumb_calib_record record;
    plumb_calib_identity(&calib);
    calib.accel_bias_mps2 = plumb_vec3_of(0.2134, -0.0941, 0.4812);
    calib.accel_matrix[3] = -0.01234;
    calib.gyro_bias_radps = plumb_vec3_of(0.02, -0.01, 0.5);
    calib.gyro_matrix[4] = 1.00312;
    calib.temp_ref_c = 31.25;
    plumb_calib_to_record(&calib, 20000, &record);
    plumb_calib_from_record(&back, &record);
    CU_ASSERT_EQUAL(record.day, 20000);
    NEAR(back.accel_bias_mps2.x, 0.2134, 1e-12);
    NEAR(back.accel_matrix[3], -0.01234, 1e-12);
    NEAR(back.gyro_bias_radps.x, 0.02, 0.5e-3 * PLUMB_RAD_PER_DEG);
    NEAR(back.gyro_matrix[4], 1.00312, 1e-12);
    NEAR(back.temp_ref_c, 31.25, 1e-12);
    NEAR(back.gyro_bias_radps.z, 0.5, 0.5e-3 * PLUMB_RAD_PER_DEG);
    calib.accel_bias_mps2.x = 100; /* beyond the record: its end */
    plumb_calib_to_record(&calib, 0, &record);
    CU_ASSERT_EQUAL(record.accel_bias[0], INT16_MAX);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"counts become SI", counts_become_si},
        {"without a scale there is no number", without_a_scale_there_is_no_number},
        {"what the file says is undone", what_the_file_says_is_undone},
        {"the example is read", the_example_is_read},
        {"what is saved reads back the same", what_is_saved_reads_back_the_same},
        {"a file that cannot be true is refused", a_file_that_cannot_be_true_is_refused},
        {"the record in the clip keeps its precision", the_record_in_the_clip_keeps_its_precision},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("calib files", tests, argc, argv);
}
