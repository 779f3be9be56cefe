/* Raw CSV files, good and bad: what comes out, and the one sentence that each bad one gets. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "host/core/units.h"
#include "host/io/recording.h"
#include "io/folder.h"
#include "suite.h"

#define HEADER                                                                                               \
    "t_s,pelvis_ax_mps2,pelvis_ay_mps2,pelvis_az_mps2,pelvis_gx_radps,pelvis_gy_radps,pelvis_gz_radps"
#define ROW "0.1,0.2,9.8,0.001,-0.002,0.003"

static int load(struct plumb_recording *recording, const char *text, size_t n, struct plumb_message *message)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    folder_make(&folder);
    folder_put(&folder, "a.csv", text, n);
    folder_path(&folder, "a.csv", path);
    message->text[0] = '\0';
    int fail = plumb_recording_load(recording, path, message);
    folder_remove(&folder);
    return fail;
}

/* `sentence` is what stands behind the folder's name. */
static void refused_n(const char *text, size_t n, const char *sentence)
{
    struct plumb_recording recording;
    struct plumb_message message;
    CU_ASSERT_EQUAL(load(&recording, text, n, &message), PLUMB_DAMAGED);
    const char *found = strstr(message.text, "a.csv");
    CU_ASSERT_PTR_NOT_NULL_FATAL(found);
    CU_ASSERT_EQUAL(strncmp(found, sentence, strlen(sentence)), 0);
    if (strncmp(found, sentence, strlen(sentence)))
        fprintf(stderr, "got:    %s\nwanted: %s\n", found, sentence);
    CU_ASSERT_EQUAL(recording.track.n, 0);
    CU_ASSERT_PTR_NULL(recording.track.t_s);
}

static void refused(const char *text, const char *sentence)
{
    refused_n(text, strlen(text), sentence);
}

static void accepted(const char *text, size_t rows)
{
    struct plumb_recording recording;
    struct plumb_message message;
    CU_ASSERT_EQUAL(load(&recording, text, strlen(text), &message), 0);
    CU_ASSERT_EQUAL(recording.track.n, rows);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    plumb_recording_free(&recording);
}

static void a_file_in_any_order_of_columns_is_read(void)
{
    static const char text[] =
        "\xEF\xBB\xBFmarker,extra, pelvis_temp_c,pelvis_gz_radps,pelvis_gy_radps,pelvis_gx_radps,"
        "pelvis_az_mps2,pelvis_ay_mps2,pelvis_ax_mps2,t_s,lumbar_ax_mps2,lumbar_ay_mps2,lumbar_az_mps2,"
        "lumbar_gx_radps,lumbar_gy_radps,lumbar_gz_radps\r\n"
        "hold_begin,\"x,\"\"y\",30.5,6e-2,5e-2,4e-2,9.5,2.5,1.5,-0.25,1,2,3,4,5,6\r\n"
        "\r\n"
        ",,,.06,.05,.04,9.5,2.5,1.5,-.245,,,,,,\r\n"
        "\"note:Knie, \"\"links\"\" \xC3\xA4\",?,31,+0.06,0.05,0.04,9.5,2.5, 1.5 ,-0.24,1,2,3,4,,6";
    struct plumb_recording recording;
    struct plumb_message message;
    CU_ASSERT_EQUAL_FATAL(load(&recording, text, sizeof text - 1, &message), 0);
    CU_ASSERT_EQUAL(recording.track.n, 3);
    CU_ASSERT_EQUAL(recording.roles, 1u << PLUMB_PELVIS | 1u << PLUMB_LUMBAR);
    struct plumb_sample sample = plumb_track_at(&recording.track, 0);
    CU_ASSERT_EQUAL(sample.t_s, -0.25);
    CU_ASSERT_EQUAL(sample.imu[PLUMB_PELVIS].accel_s_mps2.x, 1.5);
    CU_ASSERT_DOUBLE_EQUAL(sample.imu[PLUMB_PELVIS].gyro_s_radps.z, 0.06, 1e-8);
    CU_ASSERT_EQUAL(sample.imu[PLUMB_PELVIS].temp_c, 30.5);
    CU_ASSERT_EQUAL(sample.imu[PLUMB_LUMBAR].gyro_s_radps.z, 6);
    sample = plumb_track_at(&recording.track, 1);
    CU_ASSERT_EQUAL(sample.present, 1u << PLUMB_PELVIS);
    CU_ASSERT_TRUE(isnan(sample.imu[PLUMB_PELVIS].temp_c));
    CU_ASSERT_EQUAL(recording.track.present[2], 1u << PLUMB_PELVIS); /* one value is missing */
    CU_ASSERT_EQUAL_FATAL(recording.marks_n, 2);
    CU_ASSERT_EQUAL(recording.marks[0].kind, PLUMB_HOLD_BEGIN);
    CU_ASSERT_EQUAL(recording.marks[0].t_s, -0.25);
    CU_ASSERT_EQUAL(recording.marks[1].row, 2);
    CU_ASSERT_STRING_EQUAL(recording.marks[1].note, "Knie, \"links\" \xC3\xA4");
    plumb_recording_free(&recording);
}

static void a_header_that_is_not_ours_says_what_is_missing(void)
{
    refused("", "a.csv:1: wants a header line, found an empty file");
    refused("\n\n", "a.csv:1: wants a column t_s, found ``");
    refused("time,x,y\n1,2,3\n", "a.csv:1: wants a column t_s, found `time,x,y`");
    refused(
        "t_s,pelvis_ax_g,pelvis_ay_g,pelvis_az_g\n",
        "a.csv:1: wants a column pelvis_ax_mps2, found pelvis_ax_g");
    refused("t_ms,pelvis_ax_mps2\n", "a.csv:1: wants a column t_s, found t_ms");
    refused(
        "t_s;pelvis_ax_mps2\n0,1;2,3\n",
        "a.csv:1: wants commas between columns and a dot in numbers, found semicolons");
    refused(
        "t_s\tpelvis_ax_mps2\n", "a.csv:1: wants commas between columns and a dot in numbers, found tabs");
    refused(HEADER ",t_s\n0," ROW ",0\n", "a.csv:1: wants each column once, found t_s twice");
    refused(HEADER ",lumbar_ax_mps2\n", "a.csv:1: wants a column lumbar_ay_mps2");
    refused(HEADER "\n", "a.csv:2: wants at least one row below the header, found none");
    refused(HEADER, "a.csv:2: wants at least one row below the header, found none");
}

static void a_row_that_is_wrong_is_named(void)
{
    refused(HEADER "\n0," ROW "\n0.005," ROW ",7\n", "a.csv:3: wants 7 fields, found 8 (decimal commas?");
    refused(HEADER "\n0," ROW "\n0.005,1,2\n", "a.csv:3: wants 7 fields, found 3");
    refused(HEADER "\n0,0,1,0,2,9,8,0,0,0,0,0,0\n", "a.csv:2: wants 7 fields, found 13 (decimal commas?");
    refused(
        HEADER "\n0," ROW "\n0.005," ROW "\n0.005," ROW "\n",
        "a.csv:4: t_s wants to rise from row to row, found 0.005 after 0.005");
    refused(
        HEADER "\n1," ROW "\n0.5," ROW "\n", "a.csv:3: t_s wants to rise from row to row, found 0.5 after 1");
    refused(HEADER "\n," ROW "\n", "a.csv:2: t_s wants a number, found nothing");
    refused(HEADER "\n0,x,0,9.8,0,0,0\n", "a.csv:2: pelvis_ax_mps2 wants a number or nothing, found `x`");
    refused(HEADER "\n0,nan,0,9.8,0,0,0\n", "a.csv:2: pelvis_ax_mps2 wants a number or nothing, found `nan`");
    refused(
        HEADER "\n0,0,0,9.8,0,inf,0\n", "a.csv:2: pelvis_gy_radps wants a number or nothing, found `inf`");
    refused(
        HEADER "\n0,0,0,9.8,0,0,0x10\n", "a.csv:2: pelvis_gz_radps wants a number or nothing, found `0x10`");
    refused(
        HEADER "\n0,0,0,9.8,0,0,1e400\n",
        "a.csv:2: pelvis_gz_radps wants a number or nothing, found `1e400`");
    refused(
        HEADER "\n0,0,0,9.8,0,0,1e12\n", "a.csv:2: pelvis_gz_radps wants a number or nothing, found `1e12`");
    refused(
        HEADER ",marker\n0," ROW ",hold_start\n",
        "a.csv:2: marker wants a name such as hold_begin, or note:TEXT, found `hold_start`");
    refused(
        HEADER ",marker\n0," ROW ",\"note:x\n", "a.csv:2: wants a quoted field closed before the line ends");
}

static void what_is_not_text_is_refused(void)
{
    static const char zeros[] = HEADER "\n0," ROW "\n0.0\0005," ROW "\n";
    refused_n(zeros, sizeof zeros - 1, "a.csv:3: wants text in UTF-8, found byte 0x00 in place 4");
    refused(
        HEADER ",marker\n0," ROW ",note:\xE4\n", "a.csv:2: wants text in UTF-8, found byte 0xE4 in place 39");
    char bytes[5000];
    unsigned seed = 1;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
    refused_n(bytes, sizeof bytes, "a.csv:1: wants text in UTF-8, found byte 0x");
    static const char utf16[] = "\xFF\xFEt\0_\0s\0";
    refused_n(utf16, sizeof utf16, "a.csv:1: wants text in UTF-8, found byte 0xFF in place 1");
}

static void a_huge_field_is_refused(void)
{
    size_t n = 300000;
    char *text = malloc(n + 1);
    memset(text, '7', n);
    text[n] = '\0';
    memcpy(text, HEADER "\n0,", sizeof HEADER "\n0," - 1);
    refused_n(text, n, "a.csv:2: wants lines of at most 65536 bytes, found more");
    refused_n(
        text + sizeof HEADER, n - sizeof HEADER, "a.csv:1: wants lines of at most 65536 bytes, found more");
    free(text);
}

static void a_recording_that_crashed_is_read_up_to_its_cut(void)
{
    static const char text[] = HEADER "\n0," ROW "\n0.005," ROW "\n0.01,0.1,0";
    struct plumb_recording recording;
    struct plumb_message message;
    CU_ASSERT_EQUAL_FATAL(load(&recording, text, sizeof text - 1, &message), 0);
    CU_ASSERT_EQUAL(recording.track.n, 2);
    CU_ASSERT_EQUAL(recording.cut_rows_n, 1);
    plumb_recording_free(&recording);
    CU_ASSERT_EQUAL_FATAL(load(&recording, text, strlen(HEADER "\n0," ROW "\n0.005," ROW), &message), 0);
    CU_ASSERT_EQUAL(recording.track.n, 2); /* whole, only the line's end is missing */
    CU_ASSERT_EQUAL(recording.cut_rows_n, 0);
    plumb_recording_free(&recording);
}

/* Rows of a pelvis that tilts slowly (20 degrees each way), every value multiplied by a factor. */
static void put_tilting(char *text, double t_factor, double accel_factor, double gyro_factor)
{
    text += sprintf(text, HEADER "\n");
    for (int i = 0; i < 2000; i++) {
        double t_s = i / 200.0, tilt_rad = 0.35 * sin(t_s), rate_radps = 0.35 * cos(t_s);
        text += sprintf(
            text, "%.6f,%.5f,%.5f,0,0.001,0.002,%.6f\n", t_s * t_factor, 9.81 * cos(tilt_rad) * accel_factor,
            -9.81 * sin(tilt_rad) * accel_factor, rate_radps * gyro_factor);
    }
}

static void another_unit_is_noticed(void)
{
    char *text = malloc(300000);
    put_tilting(text, 1, 1, 1);
    accepted(text, 2000);
    put_tilting(text, 1, 1 / PLUMB_GRAVITY_MPS2, 1);
    refused(
        text, "a.csv: pelvis_a?_mps2 wants m/s2 with gravity in it, about 9.8 in all, found 1 (that looks "
              "like g)");
    put_tilting(text, 1, 1000 / PLUMB_GRAVITY_MPS2, 1);
    refused(
        text, "a.csv: pelvis_a?_mps2 wants m/s2 with gravity in it, about 9.8 in all, found 1000 (that looks "
              "like mg)");
    put_tilting(text, 1, 1, PLUMB_DEG_PER_RAD);
    refused(text, "a.csv: pelvis_g?_radps wants rad/s, found rates 5");
    put_tilting(text, 1, 1, 20 * PLUMB_DEG_PER_RAD);
    refused(text, "a.csv: pelvis_g?_radps wants rad/s, found values of 40");
    put_tilting(text, 1000, 1, 1);
    refused(text, "a.csv: t_s wants seconds, found rows 5 apart (milliseconds or microseconds?)");
    free(text);
}

static void put_gz(const struct folder *folder, const char *name, const char *text)
{
    char path[FOLDER_PATH_N];
    folder_path(folder, name, path);
    gzFile gz = gzopen(path, "wb");
    CU_ASSERT_EQUAL_FATAL(gzwrite(gz, text, (unsigned)strlen(text)), (int)strlen(text));
    gzclose(gz);
}

static int
load_from(const struct folder *folder, const char *name, size_t *rows, struct plumb_message *message)
{
    char path[FOLDER_PATH_N];
    struct plumb_recording recording;
    message->text[0] = '\0';
    folder_path(folder, name, path);
    int fail = plumb_recording_load(&recording, path, message);
    *rows = recording.track.n;
    plumb_recording_free(&recording);
    return fail;
}

static void compressed_files_are_read_whole_or_refused(void)
{
    char *text = malloc(300000);
    struct folder folder;
    struct plumb_message message;
    size_t n, rows;
    folder_make(&folder);
    put_tilting(text, 1, 1, 1);
    put_gz(&folder, "whole.csv.gz", text);
    CU_ASSERT_EQUAL(load_from(&folder, "whole.csv.gz", &rows, &message), 0);
    CU_ASSERT_EQUAL(rows, 2000);
    char *gz = folder_get(&folder, "whole.csv.gz", &n);
    folder_put(&folder, "cut.csv.gz", gz, n / 2);
    CU_ASSERT_EQUAL(load_from(&folder, "cut.csv.gz", &rows, &message), PLUMB_DAMAGED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "wants a whole compressed file, found its end cut off"));
    folder_put(&folder, "cut.csv.gz.part", gz, n / 2);
    CU_ASSERT_EQUAL(load_from(&folder, "cut.csv.gz.part", &rows, &message), 0);
    CU_ASSERT_TRUE(rows > 500 && rows < 1900);
    gz[n / 2] = (char)(gz[n / 2] ^ 0x55);
    folder_put(&folder, "bad.csv.gz", gz, n);
    CU_ASSERT_EQUAL(load_from(&folder, "bad.csv.gz", &rows, &message), PLUMB_DAMAGED);
    free(gz);
    free(text);
    folder_remove(&folder);
}

static void what_is_no_file_is_said_plainly(void)
{
    struct plumb_recording recording;
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL(plumb_recording_load(&recording, "/nowhere/a.csv", &message), PLUMB_FAILED);
    CU_ASSERT_STRING_EQUAL(message.text, "/nowhere/a.csv: no such file");
    message.text[0] = '\0';
    CU_ASSERT_EQUAL(plumb_recording_load(&recording, "/", &message), PLUMB_FAILED);
    CU_ASSERT_STRING_EQUAL(message.text, "/: wants a file, found a folder");
}

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Flips, removes, doubles or moves some bytes. Returns the new length. */
static size_t damage(char *text, size_t n, unsigned *seed)
{
    for (unsigned left = 1 + next_random(seed) % 4; left && n > 10; left--) {
        size_t at = next_random(seed) % n, length = 1 + next_random(seed) % 40;
        if (at + length > n)
            length = n - at;
        switch (next_random(seed) % 5) {
        case 0:
            text[at] = (char)next_random(seed);
            break;
        case 1:
            memmove(text + at, text + at + length, n - at - length);
            n -= length;
            break;
        case 2:
            memset(text + at, ",\"\n0e-+.;"[next_random(seed) % 9], length);
            break;
        case 3:
            n = at + 1;
            break;
        default:
            text[at] = (char)(text[at] ^ (1 << next_random(seed) % 7));
        }
    }
    return n;
}

/* Whatever happens to a good file: it is read, or refused with its name and a sentence of one line. */
static void damaged_files_never_do_more_than_fail(void)
{
    char good[6000] = HEADER ",marker\n", *at = good + strlen(good);
    for (int i = 0; i < 100; i++)
        at += sprintf(at, "%.3f," ROW ",%s\n", i * 0.005, i % 20 ? "" : "\"note:a \"\"b\"\"\"");
    int fails = 0;
    for (unsigned seed = 0; seed < 1500; seed++) {
        char bad[sizeof good];
        unsigned random = seed;
        struct plumb_recording recording;
        struct plumb_message message;
        memcpy(bad, good, sizeof good);
        size_t n = damage(bad, strlen(good), &random);
        int fail = load(&recording, bad, n, &message);
        CU_ASSERT_TRUE(fail == 0 || fail == PLUMB_DAMAGED);
        CU_ASSERT_TRUE(fail == 0 || strstr(message.text, "a.csv:"));
        CU_ASSERT_PTR_NULL(strchr(message.text, '\n'));
        fails += fail != 0;
        for (size_t i = 1; i < recording.track.n; i++)
            CU_ASSERT_TRUE(recording.track.t_s[i] > recording.track.t_s[i - 1]);
        plumb_recording_free(&recording);
    }
    CU_ASSERT_TRUE(fails > 500);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a file in any order of columns is read", a_file_in_any_order_of_columns_is_read},
        {"a header that is not ours says what is missing", a_header_that_is_not_ours_says_what_is_missing},
        {"a row that is wrong is named", a_row_that_is_wrong_is_named},
        {"what is not text is refused", what_is_not_text_is_refused},
        {"a huge field is refused", a_huge_field_is_refused},
        {"a recording that crashed is read up to its cut", a_recording_that_crashed_is_read_up_to_its_cut},
        {"another unit is noticed", another_unit_is_noticed},
        {"compressed files are read whole or refused", compressed_files_are_read_whole_or_refused},
        {"what is no file is said plainly", what_is_no_file_is_said_plainly},
        {"damaged files never do more than fail", damaged_files_never_do_more_than_fail},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("files", tests, argc, argv);
}
