#include "faults.h"

/* What a fault of one IMU does to it. */
typedef void (*imu_fault)(struct plumb_imu *imu, bool begin, double now_us);

static void nack(struct plumb_imu *imu, bool begin, double now_us)
{
    (void)now_us;
    imu->chip.faults.nack = begin;
}

static void stuck(struct plumb_imu *imu, bool begin, double now_us)
{
    (void)now_us;
    imu->chip.faults.stuck = begin;
}

static void no_ready(struct plumb_imu *imu, bool begin, double now_us)
{
    (void)now_us;
    imu->chip.faults.no_ready = begin;
}

static void power_dip(struct plumb_imu *imu, bool begin, double now_us)
{
    if (begin)
        plumb_imus_power_cycle(imu, now_us);
}

static int each_imu(struct plumb_board *board, uint8_t address, bool begin, imu_fault fault)
{
    if (address != 0 && plumb_imus_at(&board->imus, address) == NULL)
        return -1;
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++) {
        struct plumb_imu *imu = &board->imus.imu[i];
        if (imu->fitted && (address == 0 || imu->address == address))
            fault(imu, begin, plumb_board_now_us(board));
    }
    plumb_board_review_imus(board);
    return 0;
}

static int bus_dead(struct plumb_board *board, bool begin, uint32_t clocks_n)
{
    if (begin)
        plumb_twi_hold_sda(&board->twi, clocks_n);
    else
        plumb_twi_release_sda(&board->twi);
    return 0;
}

static int reset(struct plumb_board *board, bool begin, uint8_t cause)
{
    if (begin)
        plumb_board_reset(board, cause);
    return 0;
}

/* "One byte in so many", with 0 meaning every one. */
static uint32_t one_in(bool begin, uint32_t parameter)
{
    if (!begin)
        return 0;
    return parameter == 0 ? 1 : parameter;
}

int plumb_faults_apply(
    struct plumb_board *board, uint8_t fault, uint8_t address, bool begin, uint32_t parameter)
{
    switch ((enum plumb_fault)fault) {
    case PLUMB_FAULT_NACK:
        return each_imu(board, address, begin, nack);
    case PLUMB_FAULT_STUCK:
        return each_imu(board, address, begin, stuck);
    case PLUMB_FAULT_NO_READY:
        return each_imu(board, address, begin, no_ready);
    case PLUMB_FAULT_IMU_RESET:
        return each_imu(board, address, begin, power_dip);
    case PLUMB_FAULT_BUS_DEAD:
        return bus_dead(board, begin, parameter);
    case PLUMB_FAULT_RESET:
        return reset(board, begin, AVR_MCUSR_BUTTON);
    case PLUMB_FAULT_BROWN_OUT:
        return reset(board, begin, AVR_MCUSR_BROWN_OUT);
    case PLUMB_FAULT_LINE_CUT:
        board->line.cut = begin;
        return 0;
    case PLUMB_FAULT_LINE_GARBAGE:
        board->line.garbage_one_in = one_in(begin, parameter);
        return 0;
    case PLUMB_FAULT_LINE_DROP:
        board->line.drop_one_in = one_in(begin, parameter);
        return 0;
    case PLUMB_FAULT_HANG:
        board->hung = begin;
        return 0;
    }
    return -1;
}
