/* plumb-emulator: a lockstep filter. Motion, faults and downlink bytes come in on stdin, uplink bytes and pin
 * changes go out on stdout; include/plumb/motion.h is the contract, its clock the only one there is. */
#include "board.h"
#include "eeprom_file.h"
#include "faults.h"
#include "options.h"
#include "pipe.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>

enum exit_code { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_DAMAGED = 6 };

enum { WHY_N = 512 };

struct emulator {
    struct plumb_board *board;
    struct plumb_eeprom_file eeprom;
    struct plumb_pipe_record record;
    char why[WHY_N];
};

static void put_up(void *context, uint64_t world_us, const uint8_t *bytes, size_t n)
{
    uint8_t head[PLUMB_UP_FIXED_N];
    plumb_put_u64(head, world_us);
    plumb_pipe_put(context, PLUMB_PIPE_UP, head, sizeof head, bytes, n);
}

static void put_pins(void *context, uint64_t world_us, uint8_t bits)
{
    uint8_t payload[PLUMB_PINS_PAYLOAD_N];
    plumb_put_u8(plumb_put_u64(payload, world_us), bits);
    plumb_pipe_put(context, PLUMB_PIPE_PINS, payload, sizeof payload, NULL, 0);
}

static void put_done(const struct plumb_board *board)
{
    uint8_t payload[PLUMB_DONE_PAYLOAD_N];
    uint8_t *at = plumb_put_u64(payload, board->steps_n * PLUMB_MOTION_STEP_US);
    at = plumb_put_u64(at, board->avr->cycle);
    at = plumb_put_u64(at, board->asleep_cycles);
    at = plumb_put_u32(at, board->resets_n);
    plumb_put_u16(at, plumb_board_stack_used(board));
    plumb_pipe_put(stdout, PLUMB_PIPE_DONE, payload, sizeof payload, NULL, 0);
}

static enum exit_code answer(struct emulator *emulator)
{
    plumb_board_flush(emulator->board);
    put_done(emulator->board);
    int error = plumb_eeprom_file_keep(&emulator->eeprom, emulator->board, emulator->why, WHY_N);
    return fflush(stdout) == 0 && error == 0 ? EXIT_DONE : EXIT_FAILED;
}

static enum exit_code step(struct emulator *emulator)
{
    if (plumb_board_step(emulator->board, emulator->record.payload) == 0)
        return EXIT_DONE;
    snprintf(
        emulator->why, WHY_N, "the program ran into something that is no instruction at 0x%04X",
        emulator->board->avr->pc);
    return EXIT_FAILED;
}

static enum exit_code feed(struct emulator *emulator)
{
    if (plumb_usart_feed(&emulator->board->usart, emulator->record.payload, emulator->record.length) == 0)
        return EXIT_DONE;
    snprintf(emulator->why, WHY_N, "more downlink bytes than the line can hold");
    return EXIT_DAMAGED;
}

static enum exit_code fault(struct emulator *emulator)
{
    const uint8_t *payload = emulator->record.payload;
    uint32_t parameter = plumb_get_u32(payload + 3);
    if (plumb_faults_apply(emulator->board, payload[0], payload[1], payload[2] != 0, parameter) == 0)
        return EXIT_DONE;
    snprintf(emulator->why, WHY_N, "no fault %u of an IMU at 0x%02X", payload[0], payload[1]);
    return EXIT_DAMAGED;
}

static enum exit_code set_baud(struct emulator *emulator)
{
    uint32_t baud = plumb_get_u32(emulator->record.payload);
    if (baud >= PLUMB_BAUD_LEAST && baud <= PLUMB_BAUD_MOST) {
        emulator->board->line.host_baud = baud;
        return EXIT_DONE;
    }
    snprintf(emulator->why, WHY_N, "no line has %u baud", (unsigned)baud);
    return EXIT_DAMAGED;
}

static enum exit_code serve(struct emulator *emulator)
{
    switch ((enum plumb_pipe_type)emulator->record.type) {
    case PLUMB_PIPE_MOTION:
        return step(emulator);
    case PLUMB_PIPE_DOWN:
        return feed(emulator);
    case PLUMB_PIPE_FAULT:
        return fault(emulator);
    case PLUMB_PIPE_BAUD:
        return set_baud(emulator);
    case PLUMB_PIPE_RUN:
        return answer(emulator);
    default:
        return EXIT_DAMAGED;
    }
}

static enum exit_code serve_all(struct emulator *emulator)
{
    enum exit_code code = EXIT_DONE;
    while (code == EXIT_DONE) {
        enum plumb_pipe_got got = plumb_pipe_get(stdin, &emulator->record, emulator->why, WHY_N);
        if (got == PLUMB_PIPE_END)
            return EXIT_DONE;
        code = got == PLUMB_PIPE_RECORD ? serve(emulator) : EXIT_DAMAGED;
    }
    return code;
}

/* stdout carries records: whatever libsimavr has to say must not land there. */
static void keep_quiet(struct avr_t *avr, const int level, const char *format, va_list arguments)
{
    (void)avr;
    if (level <= LOG_ERROR)
        vfprintf(stderr, format, arguments);
}

static enum exit_code run(struct emulator *emulator, const struct plumb_options *options)
{
    const struct plumb_board_sink sink = {.up = put_up, .pins = put_pins, .context = stdout};
    emulator->board = plumb_board_new(&options->board, &sink, emulator->why, WHY_N);
    if (emulator->board == NULL)
        return EXIT_FAILED;
    if (plumb_eeprom_file_load(&emulator->eeprom, options->eeprom, emulator->board, emulator->why, WHY_N) !=
        0)
        return EXIT_DAMAGED;
    return serve_all(emulator);
}

int main(int argc, char **argv)
{
    static struct emulator emulator; /* too large for the stack of a small thread */
    struct plumb_options options;
    signal(SIGPIPE, SIG_IGN); /* a host that went away shows as a failed write */
    avr_global_logger_set(keep_quiet);
    int error = plumb_options_read(&options, argc, argv, emulator.why, WHY_N);
    if (error == 0 && options.help) {
        plumb_options_help(stdout);
        return EXIT_DONE;
    }
    enum exit_code code = error == 0 ? run(&emulator, &options) : EXIT_USAGE;
    if (code != EXIT_DONE && emulator.why[0] != '\0')
        fprintf(stderr, "plumb-emulator: %s\n", emulator.why);
    plumb_board_free(emulator.board);
    return code;
}
