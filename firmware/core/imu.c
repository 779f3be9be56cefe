#include "imu.h"

#include <stddef.h>

const struct plumb_imu_chip *plumb_imu_chip_find(const struct plumb_imu_family *family, uint8_t who_am_i)
{
    for (uint8_t i = 0; i < family->chips_n; i++)
        if (family->chips[i].hello.who_am_i == who_am_i)
            return &family->chips[i];
    return NULL;
}
