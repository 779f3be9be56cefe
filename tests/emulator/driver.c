#include "driver.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGUMENTS_MOST = 24, BATCH_STEPS_N = 500 };

static void become_emulator(int in, int out, int said, const char *const *arguments)
{
    char *argv[ARGUMENTS_MOST + 2] = {(char *)(uintptr_t)PLUMB_EMULATOR};
    for (int i = 0; arguments[i] != NULL && i < ARGUMENTS_MOST; i++)
        argv[i + 1] = (char *)(uintptr_t)arguments[i];
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(said, STDERR_FILENO);
    execv(PLUMB_EMULATOR, argv);
    _exit(127);
}

bool driver_start(struct driver *driver, driver_motion motion, const char *const *arguments)
{
    int down[2], up[2];
    memset(driver, 0, sizeof *driver);
    driver->said = tmpfile();
    if (driver->said == NULL || pipe(down) != 0 || pipe(up) != 0)
        return false;
    fflush(NULL);
    driver->child = fork();
    if (driver->child == 0) {
        close(down[1]);
        close(up[0]);
        become_emulator(down[0], up[1], fileno(driver->said), arguments);
    }
    close(down[0]);
    close(up[1]);
    signal(SIGPIPE, SIG_IGN);
    driver->to = fdopen(down[1], "wb");
    driver->from = fdopen(up[0], "rb");
    driver->motion = motion;
    driver->up = malloc(DRIVER_UP_MOST);
    driver->stamps = malloc(DRIVER_STAMPS_MOST * sizeof *driver->stamps);
    return driver->child > 0 && driver->to && driver->from && driver->up && driver->stamps;
}

size_t driver_ready_moments(struct driver *driver, struct driver_ready *ready, size_t most)
{
    char line[128];
    size_t n = 0;
    rewind(driver->said);
    while (n < most && fgets(line, sizeof line, driver->said) != NULL)
        n += sscanf(line, "ready %lf %u", &ready[n].world_us, &ready[n].imus) == 2;
    return n;
}

int driver_stop(struct driver *driver)
{
    int status = -1;
    fclose(driver->to);
    fclose(driver->from);
    fclose(driver->said);
    waitpid(driver->child, &status, 0);
    free(driver->up);
    free(driver->stamps);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void driver_forget(struct driver *driver)
{
    driver->up_n = 0;
    driver->stamps_n = 0;
    driver->pins_n = 0;
}

/* ---- records to the emulator */

static void send_record(struct driver *driver, uint8_t type, const void *payload, size_t n)
{
    uint8_t head[PLUMB_PIPE_HEAD_N] = {type};
    plumb_put_u16(head + 1, (uint16_t)n);
    fwrite(head, 1, sizeof head, driver->to);
    if (n > 0)
        fwrite(payload, 1, n, driver->to);
}

void driver_down(struct driver *driver, const void *bytes, size_t n)
{
    send_record(driver, PLUMB_PIPE_DOWN, bytes, n);
}

void driver_fault(
    struct driver *driver, enum plumb_fault fault, uint8_t address, bool begin, uint32_t parameter)
{
    uint8_t payload[PLUMB_FAULT_PAYLOAD_N] = {(uint8_t)fault, address, begin};
    plumb_put_u32(payload + 3, parameter);
    send_record(driver, PLUMB_PIPE_FAULT, payload, sizeof payload);
}

void driver_baud(struct driver *driver, uint32_t baud)
{
    uint8_t payload[PLUMB_BAUD_PAYLOAD_N];
    plumb_put_u32(payload, baud);
    send_record(driver, PLUMB_PIPE_BAUD, payload, sizeof payload);
}

static void send_motion(struct driver *driver)
{
    struct driver_felt felt[PLUMB_MOTION_IMUS_N];
    uint8_t payload[PLUMB_MOTION_PAYLOAD_N], *at = payload;
    driver->steps_n++;
    driver->motion((double)driver->steps_n * PLUMB_MOTION_STEP_US * 1e-6, felt);
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++) {
        for (int axis = 0; axis < 3; axis++)
            at = plumb_put_i32(at, (int32_t)lround(felt[i].force_mps2[axis] * 1e6));
        for (int axis = 0; axis < 3; axis++)
            at = plumb_put_i32(at, (int32_t)lround(felt[i].rate_radps[axis] * 1e7));
        at = plumb_put_i16(at, (int16_t)lround(felt[i].temp_c * 100.0));
    }
    send_record(driver, PLUMB_PIPE_MOTION, payload, sizeof payload);
}

/* ---- records from the emulator */

static bool take_up(struct driver *driver, const uint8_t *payload, size_t n)
{
    size_t bytes_n = n - PLUMB_UP_FIXED_N;
    if (n <= PLUMB_UP_FIXED_N || driver->up_n + bytes_n > DRIVER_UP_MOST ||
        driver->stamps_n == DRIVER_STAMPS_MOST)
        return false;
    memcpy(driver->up + driver->up_n, payload + PLUMB_UP_FIXED_N, bytes_n);
    driver->up_n += bytes_n;
    driver->stamps[driver->stamps_n++] = (struct driver_stamp){plumb_get_u64(payload), driver->up_n};
    return true;
}

static bool take_pins(struct driver *driver, const uint8_t *payload, size_t n)
{
    if (n != PLUMB_PINS_PAYLOAD_N)
        return false;
    driver->pins = payload[8];
    driver->pins_n++;
    return true;
}

static bool take_done(struct driver *driver, const uint8_t *payload, size_t n)
{
    if (n != PLUMB_DONE_PAYLOAD_N)
        return false;
    driver->done = (struct driver_done){
        .world_us = plumb_get_u64(payload),
        .cycles = plumb_get_u64(payload + 8),
        .asleep_cycles = plumb_get_u64(payload + 16),
        .resets_n = plumb_get_u32(payload + 24),
        .stack_n = plumb_get_u16(payload + 28),
    };
    return driver->done.world_us == driver->steps_n * PLUMB_MOTION_STEP_US;
}

/* Reads records up to DONE. */
static bool take_answer(struct driver *driver)
{
    uint8_t head[PLUMB_PIPE_HEAD_N], payload[PLUMB_PIPE_PAYLOAD_N];
    while (fread(head, 1, sizeof head, driver->from) == sizeof head) {
        size_t n = plumb_get_u16(head + 1);
        if (n > sizeof payload || fread(payload, 1, n, driver->from) != n)
            return false;
        if (head[0] == PLUMB_PIPE_DONE)
            return take_done(driver, payload, n);
        bool good = head[0] == PLUMB_PIPE_UP ? take_up(driver, payload, n) : take_pins(driver, payload, n);
        if (!good)
            return false;
    }
    return false;
}

bool driver_run(struct driver *driver, unsigned ms)
{
    while (ms > 0) {
        unsigned batch = ms < BATCH_STEPS_N ? ms : BATCH_STEPS_N;
        for (unsigned i = 0; i < batch; i++)
            send_motion(driver);
        send_record(driver, PLUMB_PIPE_RUN, NULL, 0);
        if (fflush(driver->to) != 0 || !take_answer(driver))
            return false;
        ms -= batch;
    }
    return true;
}
