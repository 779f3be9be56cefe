#include "flash_image.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "file_bytes.h"
#include "message_fail.h"
#include "own_place.h"

/* A full flash in records of one byte each is below that. */
#define TEXT_N (16 * PLUMB_FLASH_MOST_N)

int plumb_flash_image_find(
    const struct plumb_flash_board *board, char path[PLUMB_PATH_N], struct plumb_message *message)
{
    if (plumb_own_share(board->image, path) == 0)
        return 0;
    snprintf(path, PLUMB_PATH_N, "%s/%s", PLUMB_BUILT_DIR, board->image);
    return access(path, R_OK) == 0
               ? 0
               : plumb_message_fail(
                     message, PLUMB_FAILED, "%s: the firmware is not there; name it with --image", path);
}

/* How many characters, or negative with message. More than TEXT_N is no image. */
static long read_text(const char *path, char *text, struct plumb_message *message)
{
    int fail = 0;
    long n = 0, got = 1;
    struct plumb_file_bytes *file = plumb_file_bytes_open(path, &fail, message);
    if (!file)
        return fail;
    while (got > 0 && n <= TEXT_N) {
        got = plumb_file_bytes_read(file, text + n, (size_t)(TEXT_N + 1 - n), message);
        n += got > 0 ? got : 0;
    }
    plumb_file_bytes_close(file);
    if (got < 0)
        return got;
    return n <= TEXT_N ? n : plumb_message_fail(message, PLUMB_DAMAGED, "%s: is too long for an image", path);
}

int plumb_flash_image_load(
    struct plumb_program *program, const struct plumb_flash_board *board, const char *path,
    struct plumb_message *message)
{
    char *text = malloc(TEXT_N + 2);
    if (!text)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
    long n = read_text(path, text, message);
    int fail = n < 0 ? (int)n : plumb_intel_hex_read(program, text, (size_t)n, board->room_n, path, message);
    free(text);
    return fail ? fail : plumb_program_check_avr(program, board->vectors_n, path, message);
}
