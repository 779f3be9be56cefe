#include "bootloader.h"

#include <stdio.h>
#include <string.h>

/* libsimavr has a reader of Intel HEX, which gives up at the start address that Arduino's bootloaders end
 * with. */
enum { LINE_N = 600, RECORD_N = 260, HEX_DATA = 0, HEX_END = 1, HEX_START = 3 };

/* ":LLAAAATT...CC" as bytes; how many, or -1. */
static int read_record(const char *line, uint8_t record[RECORD_N])
{
    int n = 0;
    unsigned byte;
    uint8_t sum = 0;
    if (*line++ != ':')
        return -1;
    for (; n < RECORD_N && sscanf(line, "%2x", &byte) == 1; line += 2) {
        record[n++] = (uint8_t)byte;
        sum = (uint8_t)(sum + byte);
    }
    return n >= 5 && n == record[0] + 5 && sum == 0 ? n : -1;
}

static int put(avr_t *avr, const uint8_t *record)
{
    uint32_t at = (uint32_t)record[1] << 8 | record[2];
    if (at + record[0] > avr->flashend + 1)
        return -1;
    memcpy(avr->flash + at, record + 4, record[0]);
    if (at < avr->reset_pc)
        avr->reset_pc = at;
    return 0;
}

/* 1 at the end of the file, 0 for more, -1 for what is not understood. Where the program starts, we know. */
static int take(avr_t *avr, const char *line)
{
    uint8_t record[RECORD_N];
    if (read_record(line, record) < 0)
        return -1;
    if (record[3] == HEX_DATA)
        return put(avr, record);
    if (record[3] == HEX_END)
        return 1;
    return record[3] == HEX_START ? 0 : -1;
}

static int take_all(avr_t *avr, FILE *file)
{
    char line[LINE_N];
    int taken = 0;
    while (taken == 0 && fgets(line, sizeof line, file) != NULL)
        taken = take(avr, line);
    return taken == 1 ? 0 : -1;
}

int plumb_bootloader_load(avr_t *avr, const char *path, char *why, size_t why_n)
{
    FILE *file = fopen(path, "r");
    avr->reset_pc = avr->flashend;
    int error = file != NULL ? take_all(avr, file) : -1;
    if (file != NULL)
        fclose(file);
    avr->pc = avr->reset_pc;
    avr->codeend = avr->flashend; /* what will be put in below is code, too */
    if (error)
        snprintf(why, why_n, "%s: wants a bootloader for the ATmega328P in Intel HEX format", path);
    return error;
}
