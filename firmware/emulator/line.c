#include "line.h"

#include <math.h>

#define SEED 0x9E3779B97F4A7C15u /* any odd number does */
/* Half a bit of error after 9.5 bits: where a receiver begins to sample the wrong bit. */
#define BAUD_TOLERANCE (0.5 / 9.5)

void plumb_line_init(struct plumb_line *line, double host_baud)
{
    *line = (struct plumb_line){.host_baud = host_baud, .random = SEED};
}

/* xorshift64*, Vigna 2014. */
static uint32_t random_u32(struct plumb_line *line)
{
    line->random ^= line->random >> 12;
    line->random ^= line->random << 25;
    line->random ^= line->random >> 27;
    return (uint32_t)((line->random * 0x2545F4914F6CDD1Du) >> 32);
}

static bool one_in(struct plumb_line *line, uint32_t n)
{
    return n != 0 && random_u32(line) % n == 0;
}

bool plumb_line_carry(struct plumb_line *line, double board_baud, uint8_t *byte, bool *framed)
{
    *framed = fabs(board_baud / line->host_baud - 1.0) < BAUD_TOLERANCE;
    if (line->cut || one_in(line, line->drop_one_in))
        return false;
    if (!*framed || one_in(line, line->garbage_one_in))
        *byte = (uint8_t)random_u32(line);
    return true;
}
