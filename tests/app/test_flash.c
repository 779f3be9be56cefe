/* plumb flash for real: avrdude speaks to Arduino's own bootloader on emulated chips that are blank but for
 * it, the bootloader writes its own flash, and what then answers is the firmware that was shipped. Only the
 * USB adapter is made up (tests/io/shim.c).
 *
 * Debian's optiboot_atmega328.hex is longer than the 512 bytes it may have and runs on no chip. Where one
 * that answers at 115200 baud is wanted, ATmegaBOOT as built for 57600 baud at 8 MHz does it: at 16 MHz it is
 * twice as fast. */
#define _GNU_SOURCE /* asprintf */
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "host/core/message.h"
#include "plugged_board.h"
#include "suite.h"

#define HEARD       ": firmware 0.1, MPU-6050 at 0x68, 200 Hz\n"
#define PATIENCE_MS 40000
#define LOOK_MS     20
#define ARGUMENTS_N 12
#define BOOTS(...)                                                                                           \
    (const char *const[])                                                                                    \
    {                                                                                                        \
        "--bootloader", __VA_ARGS__, NULL                                                                    \
    }
#define EEPROM_N 1024

/* ---- plumb flash, in the background */

struct run {
    pid_t pid;
    int number; /* of its files */
    char *out, *err;
};

static void child(const struct folder *root, const struct run *run, const char *const *arguments)
{
    char path[FOLDER_PATH_N], name[32];
    const char *argv[ARGUMENTS_N] = {PLUMB_PROGRAM, "flash"};
    for (int i = 0; arguments[i] && i + 3 < ARGUMENTS_N; i++)
        argv[i + 2] = arguments[i];
    for (int fd = 1; fd <= 2; fd++) {
        snprintf(name, sizeof name, "run-%d.%d", run->number, fd);
        folder_path(root, name, path);
        dup2(open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600), fd);
    }
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    setenv("ASAN_OPTIONS", "detect_leaks=0", 1); /* avrdude's are not ours */
    execv(PLUMB_PROGRAM, (char *const *)(uintptr_t)argv);
    _exit(127);
}

static void read_out(const struct folder *root, struct run *run)
{
    char name[32];
    size_t n;
    free(run->out);
    free(run->err);
    snprintf(name, sizeof name, "run-%d.1", run->number);
    run->out = folder_get(root, name, &n);
    snprintf(name, sizeof name, "run-%d.2", run->number);
    run->err = folder_get(root, name, &n);
}

static struct run begin(const struct folder *root, const char *const *arguments)
{
    static int number;
    struct run run = {.number = number++};
    fflush(NULL);
    run.pid = fork();
    if (run.pid == 0)
        child(root, &run, arguments);
    return run;
}

#define BEGIN(root, ...) begin(root, (const char *const[]){__VA_ARGS__, NULL})

static void look(void)
{
    struct timespec time = {0, LOOK_MS * 1000000L};
    nanosleep(&time, NULL);
}

/* Its exit code; what it said is then in the run. */
static int end(const struct folder *root, struct run *run)
{
    int status = 0, passed_ms = 0;
    while (waitpid(run->pid, &status, WNOHANG) == 0) {
        look();
        if ((passed_ms += LOOK_MS) > PATIENCE_MS)
            kill(run->pid, SIGKILL);
    }
    read_out(root, run);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void wait_until_says(const struct folder *root, struct run *run, const char *words)
{
    for (int passed_ms = 0; passed_ms < PATIENCE_MS; passed_ms += LOOK_MS) {
        read_out(root, run);
        if (run->err && strstr(run->err, words))
            return;
        look();
    }
    CU_FAIL("it never said so");
}

static void forget(struct run *run)
{
    free(run->out);
    free(run->err);
}

/* Ends it and compares: the exit code, a result, words on stderr (NULL: any). */
static void expect(const struct folder *root, struct run run, int code, const char *out, const char *err)
{
    int got = end(root, &run);
    int good = got == code && !strcmp(run.out, out) && (!err || strstr(run.err, err));
    if (!good)
        fprintf(stderr, "exit %d\n%s%s", got, run.out, run.err);
    CU_ASSERT_TRUE(good);
    forget(&run);
}

static void fill(char bytes[EEPROM_N])
{
    for (int i = 0; i < EEPROM_N; i++)
        bytes[i] = (char)(i * 7 + i / 256);
}

static void expect_file(const struct folder *root, const char *name, const char *bytes, size_t n)
{
    size_t found_n = 0;
    char *found = folder_get(root, name, &found_n);
    CU_ASSERT_TRUE(found && found_n == n && !memcmp(found, bytes, n));
    free(found);
}

/* ---- boards that answer */

/* All at once, for each mostly waits: an old bootloader that is taken for a new one, a new one, an old one
 * that is said to be new, and firmware that says nothing. */
static void done_is_said_of_boards_that_answer_and_of_no_other(void)
{
    struct folder root;
    struct plugged_board boards[4];
    char eeprom[FOLDER_PATH_N], kept[EEPROM_N];
    fake_ports_begin(&root);
    folder_path(&root, "eeprom", eeprom);
    fill(kept);
    folder_put(&root, "eeprom", kept, sizeof kept);
    plugged_board_begin(&root, &boards[0], "ttyUSB0", BOOTS(OLD_BOOTLOADER, "--imus", "none"));
    plugged_board_begin(&root, &boards[1], "ttyUSB1", BOOTS(FAST_BOOTLOADER, "--eeprom", eeprom));
    plugged_board_begin(&root, &boards[2], "ttyUSB2", BOOTS(OLD_BOOTLOADER));
    plugged_board_begin(&root, &boards[3], "ttyUSB3", BOOTS(FAST_BOOTLOADER));
    struct run guessed = BEGIN(&root, "--port", "/dev/ttyUSB0");
    struct run named = BEGIN(&root, "--port", "/dev/ttyUSB1", "--board", "uno");
    struct run misnamed = BEGIN(&root, "--port", "/dev/ttyUSB2", "--board", "uno");
    struct run silent = BEGIN(&root, "--port", "/dev/ttyUSB3", "--image", SILENT_IMAGE);
    expect(&root, named, 0, "/dev/ttyUSB1" HEARD, "writing 8");
    /* once more, over firmware that talks all the time */
    named = BEGIN(&root, "--port", "/dev/ttyUSB1");
    expect(&root, named, 0, "/dev/ttyUSB1" HEARD, "reading them back");
    expect_file(&root, "eeprom", kept, sizeof kept); /* what a clip keeps, it keeps */
    expect(
        &root, guessed, 0, "/dev/ttyUSB0: firmware 0.1, no sensor, 200 Hz\n", "no sensor answers: SDA to A4");
    expect(
        &root, misnamed, -PLUMB_NO_DEVICE, "", "no bootloader answers at 115200 baud; try --board nano-old");
    expect(&root, silent, -PLUMB_LOST, "", "were written and read back, but no Plumb firmware answers");
    for (int i = 0; i < 4; i++)
        plugged_board_end(&root, &boards[i]);
    fake_ports_end(&root);
}

static void a_board_pulled_out_while_it_is_written_is_said_to_be(void)
{
    struct folder root;
    struct plugged_board board;
    fake_ports_begin(&root);
    plugged_board_begin(&root, &board, "ttyUSB0", BOOTS(OLD_BOOTLOADER));
    struct run run = BEGIN(&root, "--board", "nano-old");
    wait_until_says(&root, &run, "writing");
    plugged_board_end(&root, &board);
    expect(&root, run, -PLUMB_LOST, "", "was pulled out; plug it in and flash again");
    fake_ports_end(&root);
}

/* ---- what is refused before anything is touched */

static void ports_are_found_or_asked_for(void)
{
    struct folder root;
    struct fake_port one, two, pico;
    fake_ports_begin(&root);
    expect(&root, BEGIN(&root, "--dry-run"), -PLUMB_NO_DEVICE, "", "no board is plugged in");
    fake_port_plug(&root, &one, "ttyUSB0", "1a86", "7523", NULL);
    struct run run = BEGIN(&root, "--dry-run");
    CU_ASSERT_EQUAL(end(&root, &run), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(run.out, "avrdude -p m328p -c arduino -P /dev/ttyUSB0 -b 115200"));
    CU_ASSERT_PTR_NOT_NULL(strstr(run.out, "avrdude -p m328p -c arduino -P /dev/ttyUSB0 -b 57600"));
    forget(&run);
    fake_port_plug(&root, &two, "ttyACM0", "2341", "0043", NULL);
    expect(
        &root, BEGIN(&root, "--dry-run"), -PLUMB_USAGE, "",
        "2 boards are plugged in: say which one with --port");
    fake_port_plug(&root, &pico, "ttyACM1", "2e8a", "000a", NULL);
    expect(
        &root, BEGIN(&root, "--port", "/dev/ttyACM1", "--dry-run"), -PLUMB_USAGE, "",
        "for which Plumb has no firmware yet");
    expect(&root, BEGIN(&root, "--board", "mega"), -PLUMB_USAGE, "", "uno, nano, nano-old, pro-mini");
    fake_port_pull(&root, &one);
    fake_port_pull(&root, &two);
    fake_port_pull(&root, &pico);
    fake_ports_end(&root);
}

static void a_port_that_cannot_be_had_is_named(void)
{
    struct folder root;
    struct fake_port port;
    fake_ports_begin(&root);
    fake_port_plug(&root, &port, "ttyUSB0", "1a86", "7523", NULL);
    int held = open(port.pts, O_RDWR | O_NOCTTY);
    CU_ASSERT_EQUAL(flock(held, LOCK_EX), 0);
    expect(&root, BEGIN(&root, "--board", "nano"), -PLUMB_FAILED, "", "is in use by ");
    close(held);
    folder_put(&root, "dev/ttyUSB0.denied", "", 0);
    expect(&root, BEGIN(&root, "--board", "nano"), -PLUMB_NO_RIGHT, "", "/dev/ttyUSB0: no permission");
    expect(
        &root, BEGIN(&root, "--port", "/dev/ttyUSB7"), -PLUMB_NO_DEVICE, "", "nothing is plugged in there");
    fake_port_pull(&root, &port);
    fake_ports_end(&root);
}

static void an_image_that_is_none_touches_no_port(void)
{
    static const char *const images[] = {"", "hello\n", ":00000001FF\n", ":020000000102FB\n:00000001FF\n"};
    struct folder root;
    struct fake_port port;
    char path[FOLDER_PATH_N], byte;
    fake_ports_begin(&root);
    fake_port_plug(&root, &port, "ttyUSB0", "1a86", "7523", NULL);
    folder_path(&root, "x.hex", path);
    for (size_t i = 0; i < sizeof images / sizeof *images; i++) {
        folder_put(&root, "x.hex", images[i], strlen(images[i]));
        expect(&root, BEGIN(&root, "--image", path), -PLUMB_DAMAGED, "", "x.hex");
    }
    expect(
        &root, BEGIN(&root, "--image", OLD_BOOTLOADER), -PLUMB_DAMAGED, "", "ATmegaBOOT_168_atmega328.hex");
    CU_ASSERT_TRUE(read(port.master, &byte, 1) <= 0);
    fake_port_pull(&root, &port);
    fake_ports_end(&root);
}

static void a_missing_avrdude_is_one_line_with_the_command(void)
{
    struct folder root;
    struct fake_port port;
    char *kept = strdup(getenv("PATH"));
    fake_ports_begin(&root);
    fake_port_plug(&root, &port, "ttyUSB0", "1a86", "7523", NULL);
    setenv("PATH", root.path, 1);
    expect(
        &root, BEGIN(&root, "--board", "nano"), -PLUMB_FAILED, "",
        "plumb: avrdude is not installed: run `sudo apt-get install avrdude`\n");
    setenv("PATH", kept, 1);
    free(kept);
    fake_port_pull(&root, &port);
    fake_ports_end(&root);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"boards", done_is_said_of_boards_that_answer_and_of_no_other},
        {"pulled_out", a_board_pulled_out_while_it_is_written_is_said_to_be},
        {"ports", ports_are_found_or_asked_for},
        {"no_port", a_port_that_cannot_be_had_is_named},
        {"no_image", an_image_that_is_none_touches_no_port},
        {"no_avrdude", a_missing_avrdude_is_one_line_with_the_command},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("flash", tests, argc, argv);
}
