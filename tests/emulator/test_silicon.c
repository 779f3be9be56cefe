/* The emulated silicon under a small real program (image_probe.c): bus, interrupts, serial line, resets. */
#include "driver.h"
#include "suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GRAVITY_MPS2 9.80665

enum { IMU = 0x68, MPU_CONFIG = 0x1A, MPU_INT_ENABLE = 0x38, MPU_PWR_MGMT_1 = 0x6B, MPU_WHO_AM_I = 0x75 };

static void lying_flat(double world_s, struct driver_felt felt[PLUMB_MOTION_IMUS_N])
{
    (void)world_s;
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++)
        felt[i] = (struct driver_felt){{0.0, 0.0, GRAVITY_MPS2}, {0.0, 0.0, 0.0}, 25.0};
}

static struct driver start(const char *const *more)
{
    struct driver driver;
    const char *arguments[16] = {"--image", PLUMB_PROBE_IMAGE};
    for (int i = 0; more[i] != NULL; i++)
        arguments[2 + i] = more[i];
    CU_ASSERT_TRUE_FATAL(driver_start(&driver, lying_flat, arguments));
    CU_ASSERT_TRUE_FATAL(driver_run(&driver, 2));
    return driver;
}

static struct driver start_plain(void)
{
    const char *none[] = {NULL};
    return start(none);
}

/* Sends a command and compares the answer, which must come within so many milliseconds. */
static void expect(struct driver *driver, const void *command, size_t command_n, const void *answer, size_t n)
{
    driver_forget(driver);
    driver_down(driver, command, command_n);
    CU_ASSERT_TRUE_FATAL(driver_run(driver, 6));
    CU_ASSERT_EQUAL(driver->up_n, n);
    if (driver->up_n == n)
        CU_ASSERT_EQUAL(memcmp(driver->up, answer, n), 0);
}

#define EXPECT(driver, command, answer) expect((driver), (command), sizeof(command), (answer), sizeof(answer))

static void test_power_on_is_told(void)
{
    struct driver driver = start_plain();
    EXPECT(&driver, (uint8_t[]){'m'}, (uint8_t[]){0x01});
    CU_ASSERT_EQUAL(driver.done.resets_n, 0);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_bus_status_codes(void)
{
    struct driver driver = start_plain();
    EXPECT(
        &driver, ((uint8_t[]){'R', IMU, MPU_WHO_AM_I, 1}), ((uint8_t[]){0x08, 0x18, 0x28, 0x10, 0x40, 0x68}));
    EXPECT(&driver, ((uint8_t[]){'W', IMU, MPU_PWR_MGMT_1, 1}), ((uint8_t[]){0x08, 0x18, 0x28, 0x28}));
    EXPECT(&driver, ((uint8_t[]){'R', IMU, MPU_PWR_MGMT_1, 1}), ((uint8_t[]){8, 0x18, 0x28, 0x10, 0x40, 1}));
    EXPECT(&driver, ((uint8_t[]){'W', 0x50, 1, 1}), ((uint8_t[]){0x08, 0x20, 0x30, 0x30})); /* nobody */
    driver_fault(&driver, PLUMB_FAULT_NACK, IMU, true, 0);
    EXPECT(&driver, ((uint8_t[]){'R', IMU, MPU_WHO_AM_I, 1}), ((uint8_t[]){8, 0x20, 0x30, 0x10, 0x48, 0xFF}));
    driver_fault(&driver, PLUMB_FAULT_NACK, IMU, false, 0);
    EXPECT(&driver, ((uint8_t[]){'R', IMU, MPU_WHO_AM_I, 1}), ((uint8_t[]){8, 0x18, 0x28, 0x10, 0x40, 0x68}));
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_two_imus_share_the_bus(void)
{
    const char *two[] = {"--imus", "68,69", "--who-am-i", "68,72", NULL};
    struct driver driver = start(two);
    EXPECT(
        &driver, ((uint8_t[]){'R', 0x68, MPU_WHO_AM_I, 1}), ((uint8_t[]){8, 0x18, 0x28, 0x10, 0x40, 0x68}));
    EXPECT(
        &driver, ((uint8_t[]){'R', 0x69, MPU_WHO_AM_I, 1}), ((uint8_t[]){8, 0x18, 0x28, 0x10, 0x40, 0x72}));
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_dead_bus_ends_with_the_fault(void)
{
    struct driver driver = start_plain();
    EXPECT(&driver, (uint8_t[]){'S'}, (uint8_t[]){1});
    driver_fault(&driver, PLUMB_FAULT_BUS_DEAD, 0, true, 0);
    EXPECT(&driver, (uint8_t[]){'S'}, (uint8_t[]){0});
    EXPECT(&driver, (uint8_t[]){'P'}, ((uint8_t[]){0x20, 0x20}));
    EXPECT(&driver, (uint8_t[]){'S'}, (uint8_t[]){0});
    driver_fault(&driver, PLUMB_FAULT_BUS_DEAD, 0, false, 0);
    EXPECT(&driver, (uint8_t[]){'S'}, (uint8_t[]){1});
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_dead_bus_is_freed_by_clocking(void)
{
    struct driver driver = start_plain();
    driver_fault(&driver, PLUMB_FAULT_BUS_DEAD, 0, true, 7);
    EXPECT(&driver, (uint8_t[]){'S'}, (uint8_t[]){0});
    EXPECT(&driver, (uint8_t[]){'P'}, ((uint8_t[]){0x20, 0x30}));
    EXPECT(&driver, (uint8_t[]){'S'}, (uint8_t[]){1});
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* A reset in the middle of a byte that the sensor sends leaves the bus stuck until somebody clocks it on. */
static void test_reset_within_a_byte_leaves_the_bus_stuck(void)
{
    struct driver driver = start_plain();
    uint8_t burst[] = {'R', IMU, 0x3B, 100};
    driver_down(&driver, burst, sizeof burst);
    CU_ASSERT_TRUE(driver_run(&driver, 2));
    driver_fault(&driver, PLUMB_FAULT_RESET, 0, true, 0);
    CU_ASSERT_TRUE(driver_run(&driver, 1));
    EXPECT(&driver, (uint8_t[]){'S'}, (uint8_t[]){0});
    EXPECT(&driver, (uint8_t[]){'P'}, ((uint8_t[]){0x20, 0x30}));
    EXPECT(&driver, (uint8_t[]){'S'}, (uint8_t[]){1});
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void wake_imu(struct driver *driver)
{
    const uint8_t ok[] = {0x08, 0x18, 0x28, 0x28};
    expect(driver, (uint8_t[]){'W', IMU, MPU_PWR_MGMT_1, 1}, 4, ok, sizeof ok);
    expect(driver, (uint8_t[]){'W', IMU, MPU_CONFIG, 3}, 4, ok, sizeof ok);
    expect(driver, (uint8_t[]){'W', IMU, MPU_INT_ENABLE, 1}, 4, ok, sizeof ok);
}

static unsigned ask_u16(struct driver *driver, char command)
{
    driver_forget(driver);
    driver_down(driver, &command, 1);
    CU_ASSERT_TRUE_FATAL(driver_run(driver, 1));
    CU_ASSERT_EQUAL_FATAL(driver->up_n, 2);
    return plumb_get_u16(driver->up);
}

static void test_data_ready_interrupts_on_the_beat(void)
{
    struct driver driver = start_plain();
    wake_imu(&driver);
    unsigned first = ask_u16(&driver, 'i');
    CU_ASSERT_TRUE(driver_run(&driver, 99));
    CU_ASSERT_EQUAL(ask_u16(&driver, 'i') - first, 100);
    unsigned ticks = ask_u16(&driver, 't');
    CU_ASSERT_TRUE(driver_run(&driver, 9));
    unsigned later = (ask_u16(&driver, 't') - ticks) & 0xFFFF;
    CU_ASSERT_TRUE(abs((int)later - 20000) <= 4); /* ten milliseconds of half microseconds */
    driver_fault(&driver, PLUMB_FAULT_NO_READY, 0, true, 0);
    first = ask_u16(&driver, 'i');
    CU_ASSERT_TRUE(driver_run(&driver, 50));
    CU_ASSERT_EQUAL(ask_u16(&driver, 'i') - first, 0);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* A board 1 % fast counts 1 % more of its own microseconds between the sensor's samples. */
static void test_board_clock_drifts(void)
{
    const char *fast[] = {"--board-clock-ppm", "10000", "--imu-clock-ppm", "0", NULL};
    struct driver driver = start(fast);
    wake_imu(&driver);
    unsigned ticks = ask_u16(&driver, 't');
    CU_ASSERT_TRUE(driver_run(&driver, 9));
    unsigned later = (ask_u16(&driver, 't') - ticks) & 0xFFFF;
    CU_ASSERT_TRUE(abs((int)later - 20200) <= 4);
    CU_ASSERT_EQUAL(driver.done.cycles / 1000, driver.done.world_us * 16160 / 1000000);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_imu_reset_puts_it_to_sleep(void)
{
    struct driver driver = start_plain();
    wake_imu(&driver);
    driver_fault(&driver, PLUMB_FAULT_IMU_RESET, IMU, true, 0);
    CU_ASSERT_TRUE(driver_run(&driver, 30));
    EXPECT(
        &driver, ((uint8_t[]){'R', IMU, MPU_PWR_MGMT_1, 1}), ((uint8_t[]){8, 0x18, 0x28, 0x10, 0x40, 0x40}));
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_resets_leave_their_cause(void)
{
    struct driver driver = start_plain();
    driver_fault(&driver, PLUMB_FAULT_RESET, 0, true, 0);
    EXPECT(&driver, (uint8_t[]){'m'}, (uint8_t[]){0x02});
    driver_fault(&driver, PLUMB_FAULT_BROWN_OUT, 0, true, 0);
    EXPECT(&driver, (uint8_t[]){'m'}, (uint8_t[]){0x04});
    CU_ASSERT_EQUAL(driver.done.resets_n, 2);
    driver_fault(&driver, PLUMB_FAULT_HANG, 0, true, 0); /* no watchdog runs: nothing helps */
    driver_forget(&driver);
    driver_down(&driver, "x", 1);
    CU_ASSERT_TRUE(driver_run(&driver, 300));
    CU_ASSERT_EQUAL(driver.up_n, 0);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_watchdog_bites(void)
{
    struct driver driver = start_plain();
    const char waits[] = {'w', 'z'};
    for (uint32_t i = 0; i < 2; i++) {
        driver_down(&driver, &waits[i], 1);
        CU_ASSERT_TRUE(driver_run(&driver, 40));
        CU_ASSERT_EQUAL(driver.done.resets_n, i + 1);
        EXPECT(&driver, (uint8_t[]){'m'}, (uint8_t[]){0x08});
    }
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_line_is_timed_exactly(void)
{
    struct driver driver = start_plain();
    driver_forget(&driver);
    driver_down(&driver, "x", 1);
    CU_ASSERT_TRUE(driver_run(&driver, 1));
    CU_ASSERT_EQUAL_FATAL(driver.stamps_n, 1);
    uint64_t sent_us = driver.stamps[0].world_us - (driver.done.world_us - PLUMB_MOTION_STEP_US);
    CU_ASSERT_TRUE(sent_us >= 40 && sent_us < 50); /* 20 us down, a few of thinking, 20 us up */
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_receiver_overruns(void)
{
    struct driver driver = start_plain();
    driver_forget(&driver);
    driver_down(&driver, "o\006abcdef", 8);
    CU_ASSERT_TRUE(driver_run(&driver, 2));
    CU_ASSERT_EQUAL_FATAL(driver.up_n, 6); /* two buffered and one in the shift register survive */
    CU_ASSERT_EQUAL(driver.up[1], 'a');
    CU_ASSERT_EQUAL(driver.up[3], 'b');
    CU_ASSERT_EQUAL(driver.up[5], 'c');
    CU_ASSERT_NOT_EQUAL(driver.up[0] & 0x08, 0); /* DOR */
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static size_t echoed(struct driver *driver, size_t n, size_t *same_n)
{
    uint8_t sent[500];
    driver_forget(driver);
    for (size_t i = 0; i < n; i++)
        sent[i] = (uint8_t)('a' + i % 8); /* no command among them */
    for (size_t i = 0; i < n; i++) {
        driver_down(driver, sent + i, 1);
        CU_ASSERT_TRUE_FATAL(driver_run(driver, 1));
    }
    *same_n = 0;
    for (size_t i = 0; i < driver->up_n && i < n; i++)
        *same_n += driver->up[i] == sent[i];
    return driver->up_n;
}

static void test_line_faults(void)
{
    struct driver driver = start_plain();
    size_t same_n;
    driver_fault(&driver, PLUMB_FAULT_LINE_CUT, 0, true, 0);
    CU_ASSERT_EQUAL(echoed(&driver, 20, &same_n), 0);
    driver_fault(&driver, PLUMB_FAULT_LINE_CUT, 0, false, 0);
    driver_fault(&driver, PLUMB_FAULT_LINE_DROP, 0, true, 10);
    size_t arrived_n = echoed(&driver, 500, &same_n);
    CU_ASSERT_TRUE(arrived_n > 350 && arrived_n < 450); /* 0.9 * 0.9 of them */
    driver_fault(&driver, PLUMB_FAULT_LINE_DROP, 0, false, 0);
    CU_ASSERT_EQUAL(echoed(&driver, 100, &same_n), 100);
    CU_ASSERT_EQUAL(same_n, 100);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_wrong_baud_is_noise(void)
{
    const char *slow[] = {"--baud", "115200", NULL};
    struct driver driver = start(slow);
    driver_forget(&driver);
    driver_down(&driver, "xxxxxxxxxx", 10);
    CU_ASSERT_TRUE(driver_run(&driver, 20));
    int good = 0;
    for (size_t i = 0; i < driver.up_n; i++)
        good += driver.up[i] == 'x';
    CU_ASSERT_TRUE(good <= 1);
    driver_baud(&driver, 500000); /* and the right one is heard from then on */
    EXPECT(&driver, (uint8_t[]){'m'}, (uint8_t[]){0x01});
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_idle_program_sleeps(void)
{
    struct driver driver = start_plain();
    uint64_t asleep = driver.done.asleep_cycles, cycles = driver.done.cycles;
    CU_ASSERT_TRUE(driver_run(&driver, 1000));
    asleep = driver.done.asleep_cycles - asleep;
    cycles = driver.done.cycles - cycles;
    CU_ASSERT_TRUE(asleep > cycles - 1000 && asleep <= cycles);
    CU_ASSERT_TRUE(driver.done.stack_n >= 4 && driver.done.stack_n < 100);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_led_is_seen(void)
{
    struct driver driver = start_plain();
    EXPECT(&driver, ((uint8_t[]){'L', 1}), (uint8_t[]){1});
    CU_ASSERT_EQUAL(driver.pins, PLUMB_PINS_LED);
    EXPECT(&driver, ((uint8_t[]){'L', 0}), (uint8_t[]){0});
    CU_ASSERT_EQUAL(driver.pins, 0);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_eeprom_is_kept(void)
{
    char path[] = "/tmp/plumb-eeprom-XXXXXX";
    int file = mkstemp(path);
    CU_ASSERT_TRUE_FATAL(file >= 0);
    close(file);
    unlink(path);
    const char *keep[] = {"--eeprom", path, NULL};
    for (int run = 0; run < 2; run++) {
        struct driver driver = start(keep);
        uint8_t at = (uint8_t)(7 + run);
        expect(&driver, (uint8_t[]){'E', at, 0x5A}, 3, (uint8_t[]){0x5A}, 1);
        CU_ASSERT_EQUAL(driver_stop(&driver), 0);
    }
    uint8_t bytes[1025];
    FILE *kept = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
    CU_ASSERT_EQUAL(fread(bytes, 1, sizeof bytes, kept), 1024);
    fclose(kept);
    unlink(path);
    CU_ASSERT_EQUAL(bytes[6], 0xFF);
    CU_ASSERT_EQUAL(bytes[7], 0x5A);
    CU_ASSERT_EQUAL(bytes[8], 0x5A);
}

static void test_bad_input_is_refused(void)
{
    const char *const wrong[][3] = {
        {"--image", "/nonexistent.elf", NULL},
        {"--imus", "70", NULL},
        {"--board-clock-ppm", "1e9", NULL},
        {"--nonsense", NULL, NULL},
        {"--imus", NULL, NULL},
        {"--image", "/bin/true", NULL},
        {"--bootloader", "/nonexistent.hex", NULL},
        {"--bootloader", "/bin/true", NULL},
    };
    const int code[] = {1, 2, 2, 2, 2, 1, 1, 1};
    for (int i = 0; i < 8; i++) {
        struct driver driver;
        CU_ASSERT_TRUE_FATAL(driver_start(&driver, lying_flat, wrong[i]));
        CU_ASSERT_FALSE(driver_run(&driver, 1));
        CU_ASSERT_EQUAL(driver_stop(&driver), code[i]);
    }
}

static void test_damaged_records_are_refused(void)
{
    const struct {
        uint8_t bytes[12];
        size_t n;
    } wrong[] = {
        {"M\003\000abc", 6},
        {"?\000\000", 3},
        {"R\001\000x", 4},
        {"F\007\000\000", 5},
        {"F\007\000\143\000\001\000\000\000\000", 10},
        {"B\004\000\001\000\000\000", 7},
        {"D\377\377", 3}};
    for (int i = 0; i < 7; i++) {
        struct driver driver = start_plain();
        fwrite(wrong[i].bytes, 1, wrong[i].n, driver.to);
        CU_ASSERT_EQUAL(driver_stop(&driver), 6);
    }
}

/* The same input gives the same bytes. */
static void test_is_repeatable(void)
{
    uint8_t *first = NULL;
    size_t first_n = 0;
    for (int run = 0; run < 2; run++) {
        struct driver driver = start_plain();
        driver_fault(&driver, PLUMB_FAULT_LINE_GARBAGE, 0, true, 3);
        size_t same_n, n = echoed(&driver, 200, &same_n);
        if (run == 0) {
            first = malloc(n);
            first_n = n;
            memcpy(first, driver.up, n);
        } else {
            CU_ASSERT_EQUAL(n, first_n);
            CU_ASSERT_EQUAL(memcmp(first, driver.up, n), 0);
        }
        CU_ASSERT_EQUAL(driver_stop(&driver), 0);
    }
    free(first);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"power-on is told", test_power_on_is_told},
        {"bus status codes", test_bus_status_codes},
        {"two IMUs share the bus", test_two_imus_share_the_bus},
        {"dead bus ends with the fault", test_dead_bus_ends_with_the_fault},
        {"dead bus is freed by clocking", test_dead_bus_is_freed_by_clocking},
        {"reset within a byte leaves the bus stuck", test_reset_within_a_byte_leaves_the_bus_stuck},
        {"data-ready interrupts on the beat", test_data_ready_interrupts_on_the_beat},
        {"board clock drifts", test_board_clock_drifts},
        {"IMU reset puts it to sleep", test_imu_reset_puts_it_to_sleep},
        {"resets leave their cause", test_resets_leave_their_cause},
        {"watchdog bites", test_watchdog_bites},
        {"line is timed exactly", test_line_is_timed_exactly},
        {"receiver overruns", test_receiver_overruns},
        {"line faults", test_line_faults},
        {"wrong baud is noise", test_wrong_baud_is_noise},
        {"idle program sleeps", test_idle_program_sleeps},
        {"LED is seen", test_led_is_seen},
        {"EEPROM is kept", test_eeprom_is_kept},
        {"bad input is refused", test_bad_input_is_refused},
        {"damaged records are refused", test_damaged_records_are_refused},
        {"is repeatable", test_is_repeatable},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("silicon", tests, argc, argv);
}
