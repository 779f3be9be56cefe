/* A program for a microcontroller as Intel HEX, read and checked before anything is put on a board. Pure.
 *
 * What is taken: data, end-of-file and start-address records, in any order and with any line ends, filling
 * one piece from address 0 without a hole. Every record's sum must be right, nothing may come twice, and
 * nothing may be missing or follow the end: a file that lost a byte, a line or its tail is refused. (Only the
 * loss of exactly the last lines of data cannot be seen: the format does not say how long a program is.)
 */
#ifndef PLUMB_INTEL_HEX_H
#define PLUMB_INTEL_HEX_H

#include <stddef.h>
#include <stdint.h>

#include "../core/message.h"

#define PLUMB_FLASH_MOST_N 32768 /* of the largest chip that Plumb knows by this format */

struct plumb_program {
    uint8_t bytes[PLUMB_FLASH_MOST_N];
    size_t n; /* bytes 0..n-1 are the program */
};

/* Reads n characters of text; `name` is the file's, for the message. room_n: the flash that a program may
 * fill. 0, or PLUMB_DAMAGED with a message that names the line. */
int plumb_intel_hex_read(
    struct plumb_program *program, const char *text, size_t n, size_t room_n, const char *name,
    struct plumb_message *message);

/* Whether it can be a program for an AVR with that many interrupt vectors of two words each: every vector is
 * a jump, and the first leads past the table and into the program. 0, or PLUMB_DAMAGED with message. */
int plumb_program_check_avr(
    const struct plumb_program *program, size_t vectors_n, const char *name, struct plumb_message *message);

/* The program as Intel HEX again: its length in *n. Owned; NULL where memory is out. */
char *plumb_intel_hex_write(const struct plumb_program *program, size_t *n);

#endif
