/* Intel HEX: what is changed anywhere is refused, or means the same. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/io/flash_board.h"
#include "host/io/flash_image.h"
#include "host/io/intel_hex.h"
#include "suite.h"

#define ROOM_N    30720
#define SMALL_N   203
#define TEXT_N    (128u << 10)
#define IMAGE     PLUMB_BUILD_DIR "/firmware/plumb-firmware-atmega328p.hex"
#define VECTORS_N 26

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static int read_text(const char *text, size_t n, struct plumb_program *program, struct plumb_message *message)
{
    message->text[0] = '\0';
    return plumb_intel_hex_read(program, text, n, ROOM_N, "x.hex", message);
}

/* Whether it is refused, with words. */
static int is_refused(const char *text, const char *words)
{
    static struct plumb_program program;
    struct plumb_message message;
    int fail = read_text(text, strlen(text), &program, &message);
    if (fail != PLUMB_DAMAGED || !strstr(message.text, words))
        fprintf(stderr, "%d %s\n", fail, message.text);
    return fail == PLUMB_DAMAGED && strstr(message.text, words);
}

/* A program that nobody needs to run, and its text. */
static char *make_small(struct plumb_program *program, size_t *n)
{
    uint64_t seed = 20240611;
    memset(program, 0, sizeof *program);
    program->n = SMALL_N;
    for (size_t i = 0; i < program->n; i++)
        program->bytes[i] = (uint8_t)next_random(&seed);
    char *text = plumb_intel_hex_write(program, n);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    return text;
}

static int is_same(const struct plumb_program *a, const struct plumb_program *b)
{
    return a->n == b->n && !memcmp(a->bytes, b->bytes, sizeof a->bytes);
}

static void what_is_written_is_read(void)
{
    static struct plumb_program small, again;
    struct plumb_message message;
    size_t n = 0;
    char *text = make_small(&small, &n);
    CU_ASSERT_EQUAL(read_text(text, n, &again, &message), 0);
    CU_ASSERT_TRUE(is_same(&small, &again));
    CU_ASSERT_EQUAL(strncmp(text, ":10000000", 9), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\n:00000001FF\n"));
    free(text);
}

static void lines_may_end_and_be_ordered_as_they_like(void)
{
    static struct plumb_program program;
    struct plumb_message message;
    static const char mixed[] = ":020002000304F5\r\n\r\n:020000000102FB\n:0400000300000000F9\r\n:00000001ff";
    CU_ASSERT_EQUAL(read_text(mixed, strlen(mixed), &program, &message), 0);
    CU_ASSERT_EQUAL(program.n, 4);
    CU_ASSERT_EQUAL(memcmp(program.bytes, "\1\2\3\4", 4), 0);
}

static void each_damage_is_named(void)
{
    CU_ASSERT_TRUE(is_refused("", "breaks off"));
    CU_ASSERT_TRUE(is_refused(
        "\x7f"
        "ELF\1\1\1",
        "x.hex:1: wants a record"));
    CU_ASSERT_TRUE(is_refused(":00000001FF\n", "holds no program"));
    CU_ASSERT_TRUE(is_refused(":020000000102FB\n", "breaks off"));
    CU_ASSERT_TRUE(is_refused(":020000000102FC\n:00000001FF\n", "x.hex:1: the sum"));
    CU_ASSERT_TRUE(is_refused(":020000000102F\n:00000001FF\n", "x.hex:1: wants a record"));
    CU_ASSERT_TRUE(is_refused(":030000000102FA\n:00000001FF\n", "x.hex:1: wants a record"));
    CU_ASSERT_TRUE(is_refused(":020000000102FB\n:020001000304F6\n:00000001FF\n", "x.hex:2: gives a byte"));
    CU_ASSERT_TRUE(is_refused(":020002000304F5\n:00000001FF\n", "has a hole: 2 of 4"));
    CU_ASSERT_TRUE(
        is_refused(":020000000102FB\n:00000001FF\n:020002000304F5\n", "x.hex:3: nothing may follow"));
    CU_ASSERT_TRUE(is_refused(":020000040000FA\n:00000001FF\n", "x.hex:1: a record of type 4"));
    CU_ASSERT_TRUE(is_refused(":02780000010283\n:00000001FF\n", "beyond the 30720 bytes"));
    CU_ASSERT_TRUE(is_refused(":0277FF00010285\n:00000001FF\n", "beyond the 30720 bytes"));
}

/* A text with one byte changed: refused, or the same program. */
static int is_harmless(const char *text, size_t n, const struct plumb_program *wanted)
{
    static struct plumb_program program;
    struct plumb_message message;
    int fail = read_text(text, n, &program, &message);
    if (fail)
        return fail == PLUMB_DAMAGED && message.text[0] != '\0';
    return is_same(&program, wanted);
}

static void every_byte_changed_is_refused_or_harmless(void)
{
    static struct plumb_program small;
    uint64_t seed = 77001;
    size_t n = 0, bad = 0, taken = 0;
    char *text = make_small(&small, &n);
    for (size_t at = 0; at < n; at++)
        for (int i = 0; i < 24; i++) {
            char kept = text[at];
            text[at] = (char)(i < 8 ? kept ^ (1 << i) : (int)next_random(&seed));
            bad += !is_harmless(text, n, &small);
            taken += text[at] == kept;
            text[at] = kept;
        }
    CU_ASSERT_EQUAL(bad, 0);
    CU_ASSERT_TRUE(taken < n); /* nearly all of them were changes */
    free(text);
}

static void what_breaks_off_anywhere_is_refused(void)
{
    static struct plumb_program small, program;
    struct plumb_message message;
    size_t n = 0, bad = 0;
    char *text = make_small(&small, &n);
    for (size_t kept = 0; kept + 1 < n; kept++) /* the last line break alone is not missed */
        bad += read_text(text, kept, &program, &message) != PLUMB_DAMAGED;
    CU_ASSERT_EQUAL(bad, 0);
    CU_ASSERT_EQUAL(read_text(text, n - 1, &program, &message), 0);
    free(text);
}

static void a_line_lost_or_said_twice_is_refused(void)
{
    static struct plumb_program small, program;
    struct plumb_message message;
    size_t n = 0, lines_n = (SMALL_N + 15) / 16, bad = 0;
    char *text = make_small(&small, &n), *changed = malloc(2 * n);
    for (size_t i = 0, at = 0; i < lines_n; i++) {
        size_t line_n = (size_t)(strchr(text + at, '\n') - (text + at)) + 1;
        memcpy(changed, text, at);
        memcpy(changed + at, text + at + line_n, n - at - line_n);
        if (i + 1 < lines_n) /* of the last one the format does not know */
            bad += read_text(changed, n - line_n, &program, &message) != PLUMB_DAMAGED;
        memcpy(changed, text, at + line_n);
        memcpy(changed + at + line_n, text + at, n - at);
        bad += read_text(changed, n + line_n, &program, &message) != PLUMB_DAMAGED;
        at += line_n;
    }
    CU_ASSERT_EQUAL(bad, 0);
    free(changed);
    free(text);
}

static void noise_is_survived(void)
{
    static struct plumb_program program;
    struct plumb_message message;
    static const char letters[] = ":0123456789ABCDEFabcdef\r\n\n  x";
    uint64_t seed = 5150;
    size_t taken = 0;
    char text[400];
    for (int i = 0; i < 20000; i++) {
        size_t n = next_random(&seed) % sizeof text;
        for (size_t j = 0; j < n; j++)
            text[j] = letters[next_random(&seed) % (sizeof letters - 1)];
        taken += read_text(text, n, &program, &message) == 0;
    }
    CU_ASSERT_EQUAL(taken, 0);
}

/* ---- what is shipped */

static char *read_shipped(size_t *n)
{
    char *text = calloc(1, TEXT_N);
    FILE *file = fopen(IMAGE, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    *n = fread(text, 1, TEXT_N - 1, file);
    fclose(file);
    return text;
}

static void the_shipped_image_fits_every_board(void)
{
    static struct plumb_program program;
    const struct plumb_flash_board *board;
    for (size_t i = 0; (board = plumb_flash_board_at(i)); i++) {
        struct plumb_message message = {""};
        CU_ASSERT_EQUAL(plumb_flash_image_load(&program, board, IMAGE, &message), 0);
        CU_ASSERT_STRING_EQUAL(message.text, "");
        CU_ASSERT_PTR_EQUAL(plumb_flash_board_find(board->id), board);
        CU_ASSERT_PTR_NOT_NULL(plumb_flash_board_find(board->other));
    }
}

static void the_shipped_image_changed_is_refused_or_harmless(void)
{
    static struct plumb_program program;
    struct plumb_message message;
    uint64_t seed = 328;
    size_t n, bad = 0;
    char *text = read_shipped(&n);
    CU_ASSERT_EQUAL_FATAL(read_text(text, n, &program, &message), 0);
    for (int i = 0; i < 3000; i++) {
        size_t at = next_random(&seed) % n;
        char kept = text[at];
        text[at] = (char)next_random(&seed);
        bad += !is_harmless(text, n, &program);
        text[at] = kept;
    }
    CU_ASSERT_EQUAL(bad, 0);
    free(text);
}

static int check(const struct plumb_program *program)
{
    struct plumb_message message = {""};
    int fail = plumb_program_check_avr(program, VECTORS_N, "x.hex", &message);
    CU_ASSERT_EQUAL(fail != 0, message.text[0] != '\0');
    return fail;
}

static void only_a_table_of_jumps_is_a_program(void)
{
    static struct plumb_program program, changed;
    struct plumb_message message;
    size_t n;
    char *text = read_shipped(&n);
    CU_ASSERT_EQUAL_FATAL(read_text(text, n, &program, &message), 0);
    CU_ASSERT_EQUAL(check(&program), 0);
    for (size_t i = 0; i < VECTORS_N; i++) {
        changed = program;
        memset(changed.bytes + 4 * i, 0, 4); /* NOP */
        CU_ASSERT_EQUAL(check(&changed), PLUMB_DAMAGED);
        memcpy(changed.bytes + 4 * i, (uint8_t[]){0x0C, 0x94, 0x00, 0x3F}, 4); /* JMP 0x7E00 */
        CU_ASSERT_EQUAL(check(&changed), PLUMB_DAMAGED);
    }
    changed = program;
    memcpy(changed.bytes, (uint8_t[]){0xFF, 0xCF}, 2); /* RJMP to itself */
    CU_ASSERT_EQUAL(check(&changed), PLUMB_DAMAGED);
    changed.n = 50;
    CU_ASSERT_EQUAL(check(&changed), PLUMB_DAMAGED);
    free(text);
}

static void boards_are_guessed_by_their_adapter(void)
{
    CU_ASSERT_STRING_EQUAL(plumb_flash_board_guess("Arduino")->id, "uno");
    CU_ASSERT_STRING_EQUAL(plumb_flash_board_guess("CH340")->id, "nano");
    CU_ASSERT_STRING_EQUAL(plumb_flash_board_guess(NULL)->id, "nano");
    CU_ASSERT_PTR_NULL(plumb_flash_board_guess("Pico"));
    CU_ASSERT_PTR_NULL(plumb_flash_board_find("mega"));
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"what_is_written_is_read", what_is_written_is_read},
        {"lines_may_end_and_be_ordered_as_they_like", lines_may_end_and_be_ordered_as_they_like},
        {"each_damage_is_named", each_damage_is_named},
        {"every_byte_changed_is_refused_or_harmless", every_byte_changed_is_refused_or_harmless},
        {"what_breaks_off_anywhere_is_refused", what_breaks_off_anywhere_is_refused},
        {"a_line_lost_or_said_twice_is_refused", a_line_lost_or_said_twice_is_refused},
        {"noise_is_survived", noise_is_survived},
        {"the_shipped_image_fits_every_board", the_shipped_image_fits_every_board},
        {"the_shipped_image_changed_is_refused_or_harmless",
         the_shipped_image_changed_is_refused_or_harmless},
        {"only_a_table_of_jumps_is_a_program", only_a_table_of_jumps_is_a_program},
        {"boards_are_guessed_by_their_adapter", boards_are_guessed_by_their_adapter},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("intel_hex", tests, argc, argv);
}
