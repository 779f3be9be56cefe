#include "chip.h"

#include <stddef.h>

const char *plumb_chip_name(uint8_t who_am_i)
{
    static const struct {
        uint8_t who_am_i;
        const char *name;
    } chips[] = {
        {0x68, "MPU-6050"},
        {0x70, "MPU-6500"},
        {0x71, "MPU-9250"},
        {0x72, "MPU-6050 clone"},
        {0x98, "ICM-20689"}};
    for (size_t i = 0; i < sizeof chips / sizeof *chips; i++)
        if (chips[i].who_am_i == who_am_i)
            return chips[i].name;
    return "";
}
