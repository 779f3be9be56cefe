/* plumb flash: the firmware onto a board, and then its first words heard. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../core/chip.h"
#include "../../core/units.h"
#include "../../io/avrdude.h"
#include "../../io/flash_image.h"
#include "../../io/message_fail.h"
#include "../live/probe.h"
#include "flash.h"
#include "progress.h"
#include "verb.h"

/* A bootloader waits for up to 2 s before it lets the firmware run; a board behind a busy hub, or an emulated
 * one on a busy machine, takes several times as long. */
#define HELLO_US     (10 * PLUMB_US_PER_S)
#define OTHER_US     (8 * PLUMB_US_PER_S) /* at the other speed */
#define QUIET_US     (5 * PLUMB_US_PER_S) /* the firmware says who it is unasked as it begins */
#define TRIES_N      2                    /* of the board that was said: 5 s each */
#define SLOW_BAUD    115200               /* of firmware built for boards that cannot do 500000 */
#define HELLO_TEXT_N 400

struct options {
    const char *port, *board, *image;
    int dry;
};

enum { OPT_PORT = 'p', OPT_BOARD = 'b', OPT_IMAGE = 'i', OPT_DRY = 'n' };

static const struct argp_option option_table[] = {
    {"port", OPT_PORT, "PORT", 0, "where the board is; default the one that is plugged in", 0},
    {"board", OPT_BOARD, "ID", 0, "which one it is; default what its USB chip tells, with either bootloader",
     0},
    {"image", OPT_IMAGE, "FILE", 0, "another firmware, as Intel HEX", 0},
    {"dry-run", OPT_DRY, NULL, 0, "check everything and say what would be done; the port is not opened", 0},
    {0}};

static void check_board(const char *id, const struct argp_state *state)
{
    char ids[200] = "";
    for (size_t i = 0; plumb_flash_board_at(i); i++)
        snprintf(
            ids + strlen(ids), sizeof ids - strlen(ids), "%s%s", i ? ", " : "", plumb_flash_board_at(i)->id);
    if (!plumb_flash_board_find(id))
        argp_error(state, "--board wants one of %s, not \"%s\"", ids, id);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case OPT_PORT:
        options->port = arg;
        return 0;
    case OPT_BOARD:
        options->board = arg;
        check_board(arg, state);
        return 0;
    case OPT_IMAGE:
        options->image = arg;
        return 0;
    case OPT_DRY:
        options->dry = 1;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    NULL,
    "Puts Plumb's firmware on an Arduino with avrdude, reads it back, and waits until it answers.\v"
    "Boards: uno, nano, nano-old (the bootloader of before 2018), pro-mini (5 V, 16 MHz).\n"
    "What the clip keeps (serial number, roles, calibration) stays as it is.",
    NULL,
    NULL,
    NULL};

/* ---- in words */

struct telling {
    const struct plumb_program *program;
    struct plumb_progress progress;
    enum plumb_avrdude_phase phase;
};

static void tell(void *context, enum plumb_avrdude_phase phase, double share)
{
    struct telling *telling = context;
    if (phase != telling->phase) {
        plumb_progress_clear(&telling->progress);
        telling->phase = phase;
        if (phase == PLUMB_AVRDUDE_WRITE)
            fprintf(stderr, "writing %zu bytes\n", telling->program->n);
        else if (phase == PLUMB_AVRDUDE_VERIFY)
            fputs("reading them back\n", stderr);
    }
    if (phase != PLUMB_AVRDUDE_CONNECT)
        plumb_progress_show(&telling->progress, share);
}

static void list_sensors(const struct plumb_hello *hello, char *out, size_t room)
{
    size_t n = 0;
    out[0] = '\0';
    for (int i = 0; i < hello->imus_n; i++) {
        const struct plumb_hello_imu *imu = &hello->imus[i];
        const char *name = plumb_chip_name(imu->who_am_i);
        if (imu->present && n < room)
            n += (size_t)snprintf(
                out + n, room - n, ", %s at 0x%02x", name[0] ? name : "an unknown sensor", imu->address);
    }
}

static void tell_hello(const char *port, const struct plumb_hello *hello)
{
    char sensors[HELLO_TEXT_N];
    list_sensors(hello, sensors, sizeof sensors);
    printf(
        "%s: firmware %u.%u%s, %u Hz\n", port, hello->firmware >> 8, hello->firmware & 0xFFu,
        sensors[0] ? sensors : ", no sensor", hello->rate_hz);
    if (!sensors[0])
        fputs(
            "plumb: the firmware runs, but no sensor answers: SDA to A4, SCL to A5, INT to D2, power and "
            "ground\n",
            stderr);
}

/* ---- the steps */

static int write_once(
    const struct plumb_flash_choice *choice, int tries_n, struct plumb_program *program, const char *path,
    struct plumb_message *message)
{
    struct telling telling = {.program = program};
    struct plumb_avrdude_job job = {choice->board, choice->port, program, tries_n, tell, &telling};
    int fail = plumb_flash_image_load(program, choice->board, path, message);
    if (fail)
        return fail;
    plumb_progress_init(&telling.progress, isatty(STDERR_FILENO));
    fprintf(
        stderr, "%s on %s: calling its bootloader at %d baud\n", choice->board->words, choice->port,
        choice->board->baud);
    fail = plumb_avrdude_run(&job, message);
    plumb_progress_clear(&telling.progress);
    return fail;
}

/* A guessed board is called at the other speed, too, before it is given up. */
static int write_program(
    struct plumb_flash_choice *choice, struct plumb_program *program, const char *path,
    struct plumb_message *message)
{
    int fail = write_once(choice, choice->board_is_guess ? 1 : TRIES_N, program, path, message);
    if (fail != PLUMB_NO_DEVICE || !choice->board_is_guess)
        return fail;
    message->text[0] = '\0';
    fputs("no answer; calling at the other speed\n", stderr);
    choice->board = plumb_flash_board_find(choice->board->other);
    fail = write_once(choice, TRIES_N, program, path, message);
    if (fail != PLUMB_NO_DEVICE)
        return fail;
    message->text[0] = '\0';
    return plumb_message_fail(
        message, fail,
        "%s: no bootloader answers, neither at 115200 nor at 57600 baud; is it an Uno or a Nano?",
        choice->port);
}

/* 1 with *hello, 0 where nothing answers, negative with message. */
static int hear(const char *port, struct plumb_hello *hello, struct plumb_message *message)
{
    char uri[PLUMB_LINE_NAME_N + 32];
    fputs("waiting for the firmware to answer\n", stderr);
    snprintf(uri, sizeof uri, "serial:%s", port);
    int heard = plumb_probe(uri, QUIET_US, HELLO_US, hello, message);
    if (heard)
        return heard;
    snprintf(uri, sizeof uri, "serial:%s?baud=%d", port, SLOW_BAUD);
    heard = plumb_probe(uri, QUIET_US, OTHER_US, hello, message);
    if (heard > 0)
        fprintf(stderr, "plumb: it speaks at %d baud: use --source '%s'\n", SLOW_BAUD, uri);
    return heard;
}

static int flash(struct plumb_flash_choice *choice, const char *path, struct plumb_message *message)
{
    struct plumb_program program;
    struct plumb_hello hello;
    int fail = plumb_flash_image_load(&program, choice->board, path, message);
    if (!fail)
        fail = plumb_avrdude_find(message);
    if (!fail)
        fail = plumb_flash_try_port(choice, message);
    if (!fail)
        fail = write_program(choice, &program, path, message);
    int heard = fail ? fail : hear(choice->port, &hello, message);
    if (heard > 0)
        tell_hello(choice->port, &hello);
    if (heard)
        return heard > 0 ? 0 : heard;
    return plumb_message_fail(
        message, PLUMB_LOST, "%s: %zu bytes were written and read back, but no Plumb firmware answers; %s",
        choice->port, program.n, "unplug the board, plug it in again and ask `plumb ports`");
}

static void tell_command(const struct plumb_flash_board *board, const char *port, const char *path)
{
    char words[PLUMB_LINE_NAME_N + PLUMB_PATH_N + 100];
    plumb_avrdude_words(board, port, path, words, sizeof words);
    puts(words);
}

static int tell_plan(const struct plumb_flash_choice *choice, const char *path, struct plumb_message *message)
{
    struct plumb_program program;
    int fail = plumb_flash_image_load(&program, choice->board, path, message);
    if (!fail)
        fail = plumb_avrdude_find(message);
    if (fail)
        return fail;
    printf(
        "%s on %s: %zu of %zu bytes, the image is sound\n", choice->board->words, choice->port, program.n,
        choice->board->room_n);
    tell_command(choice->board, choice->port, path);
    if (choice->board_is_guess) {
        puts("and where no bootloader answers:");
        tell_command(plumb_flash_board_find(choice->board->other), choice->port, path);
    }
    return 0;
}

int plumb_verb_flash(int argc, char **argv)
{
    struct options options = {NULL, NULL, NULL, 0};
    struct plumb_flash_choice choice = {.board = NULL};
    struct plumb_message message = {""};
    char path[PLUMB_PATH_N];
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    int fail = plumb_flash_choose(&choice, options.port, options.board, &message);
    if (!fail && options.image)
        snprintf(path, sizeof path, "%s", options.image);
    else if (!fail)
        fail = plumb_flash_image_find(choice.board, path, &message);
    if (!fail)
        fail = options.dry ? tell_plan(&choice, path, &message) : flash(&choice, path, &message);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
