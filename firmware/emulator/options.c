#include "options.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CLOCK_PPM_MOST 10000.0 /* an AVR on a ceramic resonator is within half of that */

static const uint8_t imu_addresses[PLUMB_MOTION_IMUS_N] = {0x68, 0x69};

/* ---- values */

/* A number in [low, high] and where it ends; base 0: a real number, else an integer in that base. */
static int number(const char **text, int base, double low, double high, double *value)
{
    char *end;
    errno = 0;
    *value = base == 0 ? strtod(*text, &end) : (double)strtol(*text, &end, base);
    bool good = end != *text && errno == 0 && *value >= low && *value <= high;
    *text = end;
    return good ? 0 : -1;
}

static int only_number(const char *text, int base, double low, double high, double *value)
{
    return number(&text, base, low, high, value) == 0 && *text == '\0' ? 0 : -1;
}

/* One number for all, or one for each IMU, separated by commas; returns how many, or -1. */
static int number_each(const char *text, int base, double low, double high, double *values)
{
    int n = 0;
    do {
        if (n == PLUMB_MOTION_IMUS_N || number(&text, base, low, high, &values[n]) != 0)
            return -1;
        n++;
    } while (*text++ == ',');
    if (text[-1] != '\0')
        return -1;
    for (int i = n; i < PLUMB_MOTION_IMUS_N; i++)
        values[i] = values[n - 1];
    return n;
}

/* ---- options */

static int take_image(struct plumb_options *options, const char *value)
{
    options->board.image = value;
    return 0;
}

static int take_bootloader(struct plumb_options *options, const char *value)
{
    options->board.bootloader = value;
    return 0;
}

static int take_imus(struct plumb_options *options, const char *value)
{
    double addresses[PLUMB_MOTION_IMUS_N];
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++)
        options->board.imu[i].fitted = false;
    if (strcmp(value, "none") == 0)
        return 0;
    int n = number_each(value, 16, imu_addresses[0], imu_addresses[PLUMB_MOTION_IMUS_N - 1], addresses);
    for (int i = 0; i < n; i++)
        options->board.imu[(int)addresses[i] - imu_addresses[0]].fitted = true;
    return n < 1 ? -1 : 0;
}

static int take_who_am_i(struct plumb_options *options, const char *value)
{
    double who[PLUMB_MOTION_IMUS_N];
    if (number_each(value, 16, 0.0, 255.0, who) < 1)
        return -1;
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++)
        options->board.imu[i].who_am_i = (uint8_t)who[i];
    return 0;
}

static int take_board_clock(struct plumb_options *options, const char *value)
{
    return only_number(value, 0, -CLOCK_PPM_MOST, CLOCK_PPM_MOST, &options->board.clock_ppm);
}

static int take_imu_clock(struct plumb_options *options, const char *value)
{
    double ppm[PLUMB_MOTION_IMUS_N];
    if (number_each(value, 0, -5.0 * CLOCK_PPM_MOST, 5.0 * CLOCK_PPM_MOST, ppm) < 1)
        return -1;
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++)
        options->board.imu[i].clock_ppm = ppm[i];
    return 0;
}

static int take_baud(struct plumb_options *options, const char *value)
{
    return only_number(value, 0, PLUMB_BAUD_LEAST, PLUMB_BAUD_MOST, &options->board.host_baud);
}

static int take_eeprom(struct plumb_options *options, const char *value)
{
    options->eeprom = value;
    return 0;
}

static int take_trace(struct plumb_options *options, const char *value)
{
    (void)value;
    options->board.trace = true;
    return 0;
}

static int take_help(struct plumb_options *options, const char *value)
{
    (void)value;
    options->help = true;
    return 0;
}

static const struct option_row {
    const char *name;
    const char *value; /* how help calls it; NULL: the option stands alone */
    const char *summary;
    int (*take)(struct plumb_options *options, const char *value);
} rows[] = {
    {"--image", "ELF", "program for the ATmega328P (default: " PLUMB_DEFAULT_IMAGE ")", take_image},
    {"--bootloader", "HEX", "starts in it at every reset; without --image the rest of the flash is blank",
     take_bootloader},
    {"--imus", "68[,69]", "which IMUs are fitted, or none (default: 68)", take_imus},
    {"--who-am-i", "HEX[,HEX]", "what their identity registers say (default: 68)", take_who_am_i},
    {"--board-clock-ppm", "N", "error of the board's clock, up to +-10000 (default: 0)", take_board_clock},
    {"--imu-clock-ppm", "N[,N]", "error of the IMUs' oscillators, up to +-50000 (default: 0)",
     take_imu_clock},
    {"--baud", "N", "speed of the host's end of the line (default: the build's)", take_baud},
    {"--eeprom", "FILE", "keeps the EEPROM between runs (default: blank at each start)", take_eeprom},
    {"--trace", NULL, "tells on stderr: ready US IMUS-MASK, reset US MCUSR", take_trace},
    {"--help", NULL, "prints this", take_help},
};

enum { ROWS_N = sizeof rows / sizeof rows[0] };

static const struct option_row *row_of(const char *name)
{
    for (int i = 0; i < ROWS_N; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

static void defaults(struct plumb_options *options)
{
    *options = (struct plumb_options){.board = {.host_baud = PLUMB_BAUD}};
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++) {
        options->board.imu[i].address = imu_addresses[i];
        options->board.imu[i].who_am_i = 0x68;
    }
    options->board.imu[0].fitted = true;
}

int plumb_options_read(struct plumb_options *options, int argc, char **argv, char *why, size_t why_n)
{
    defaults(options);
    for (int i = 1; i < argc; i++) {
        const struct option_row *row = row_of(argv[i]);
        if (row == NULL) {
            snprintf(why, why_n, "%s: no such option", argv[i]);
            return -1;
        }
        const char *value = row->value != NULL ? argv[++i] : "";
        if (value == NULL || row->take(options, value) != 0) {
            snprintf(why, why_n, "%s wants %s", row->name, row->value);
            return -1;
        }
    }
    if (options->board.image == NULL && options->board.bootloader == NULL)
        options->board.image = PLUMB_DEFAULT_IMAGE;
    return 0;
}

void plumb_options_help(FILE *out)
{
    fputs(
        "plumb-emulator [options]\n"
        "Runs the firmware on an emulated board. Records come on stdin and go to stdout, as\n"
        "include/plumb/motion.h describes them.\n\n",
        out);
    for (int i = 0; i < ROWS_N; i++)
        fprintf(out, "  %-18s %-10s %s\n", rows[i].name, rows[i].value ? rows[i].value : "", rows[i].summary);
}
