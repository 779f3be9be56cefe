#include "board.h"

#include "bootloader.h"
#include "image.h"

#include <simavr/avr_eeprom.h>
#include <simavr/sim_core.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define US_PER_S 1e6

/* ---- world time */

static double us_of(const struct plumb_board *board, avr_cycle_count_t cycle)
{
    return (double)cycle * US_PER_S / board->clock_hz;
}

/* The first cycle at or after a world time. */
static avr_cycle_count_t cycle_of(const struct plumb_board *board, double world_us)
{
    return (avr_cycle_count_t)ceil(world_us * board->clock_hz / US_PER_S);
}

double plumb_board_now_us(const struct plumb_board *board)
{
    return us_of(board, board->avr->cycle);
}

static double now_us(const void *context)
{
    return plumb_board_now_us(context);
}

/* ---- IMUs: one timer of the simulator stands for all their oscillators */

static avr_cycle_count_t imus_due(avr_t *avr, avr_cycle_count_t when, void *param);

static void show_ready_pins(struct plumb_board *board, double world_us)
{
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++) {
        const struct plumb_imu *imu = &board->imus.imu[i];
        if (imu->fitted)
            plumb_pins_ready(&board->pins, i, plumb_mpu6050_int_pin(&imu->chip, (uint64_t)world_us));
    }
}

/* Cycle of the next event, or 0 when all sleep. */
static avr_cycle_count_t next_imu_cycle(const struct plumb_board *board, double world_us)
{
    double next_us = plumb_imus_next_us(&board->imus, world_us);
    return next_us < HUGE_VAL ? cycle_of(board, next_us) : 0;
}

static avr_cycle_count_t imus_due(avr_t *avr, avr_cycle_count_t when, void *param)
{
    (void)avr;
    struct plumb_board *board = param;
    double world_us = us_of(board, when);
    unsigned ready = plumb_imus_advance(&board->imus, world_us);
    if (ready != 0 && board->trace)
        fprintf(stderr, "ready %.3f %u\n", world_us, ready);
    show_ready_pins(board, world_us);
    avr_cycle_count_t next = next_imu_cycle(board, world_us);
    return next > when || next == 0 ? next : when + 1;
}

void plumb_board_review_imus(struct plumb_board *board)
{
    double world_us = plumb_board_now_us(board);
    show_ready_pins(board, world_us);
    avr_cycle_timer_cancel(board->avr, imus_due, board);
    avr_cycle_count_t next = next_imu_cycle(board, world_us), now = board->avr->cycle;
    if (next != 0)
        avr_cycle_timer_register(board->avr, next > now ? next - now : 1, imus_due, board);
}

static void bus_used(void *context)
{
    plumb_board_review_imus(context);
}

/* ---- uplink */

void plumb_board_flush(struct plumb_board *board)
{
    if (board->up_n > 0)
        board->sink.up(board->sink.context, (uint64_t)us_of(board, board->up_cycle), board->up, board->up_n);
    board->up_n = 0;
}

/* Bytes that follow each other without a pause go up together. */
static void byte_sent(void *context, avr_cycle_count_t cycle, uint8_t byte, bool arrived)
{
    struct plumb_board *board = context;
    if (arrived) {
        board->up[board->up_n++] = byte;
        board->up_cycle = cycle;
    }
    if (!board->usart.buffered || board->up_n == PLUMB_BOARD_UP_N)
        plumb_board_flush(board);
}

static void show_outputs(struct plumb_board *board)
{
    uint8_t shown = plumb_pins_show(&board->pins);
    if (shown == board->shown)
        return;
    board->shown = shown;
    board->sink.pins(board->sink.context, (uint64_t)plumb_board_now_us(board), shown);
}

/* ---- resets */

/* libsimavr has put the CPU back and dropped every timer; the rest of the chip follows. Flags of earlier
 * causes stay until the program clears them, as in the hardware. */
static void come_up(struct plumb_board *board, uint8_t causes)
{
    board->hung = false;
    board->avr->data[AVR_MCUSR] = causes;
    plumb_twi_reset(&board->twi);
    plumb_usart_reset(&board->usart);
    plumb_pins_reset(&board->pins);
    plumb_board_review_imus(board);
}

static void count_reset(struct plumb_board *board, uint8_t causes)
{
    board->resets_n++;
    board->stack_n = plumb_board_stack_used(board);
    if (board->trace)
        fprintf(stderr, "reset %.3f 0x%02X\n", plumb_board_now_us(board), causes);
}

void plumb_board_reset(struct plumb_board *board, uint8_t cause)
{
    uint8_t causes = board->avr->data[AVR_MCUSR] | cause;
    plumb_board_flush(board);
    avr_reset(board->avr);
    count_reset(board, causes);
    come_up(board, causes);
}

/* The simulator's watchdog asks for a reset by putting its own function into avr->run. */
static bool watchdog_bit(const struct plumb_board *board)
{
    return board->avr->run != avr_callback_run_raw;
}

static void watchdog_reset(struct plumb_board *board)
{
    uint8_t causes = board->avr->data[AVR_MCUSR] | AVR_MCUSR_WATCHDOG;
    plumb_board_flush(board);
    board->avr->run(board->avr);
    count_reset(board, causes);
    come_up(board, causes);
}

/* ---- running */

/* Up to the next event: instructions, or a leap over the time asleep. Unlike the simulator's own loop this
 * one knows no wall clock, lets a CPU sleep for ever, and can stand still with its clocks running (hung). */
static void run_a_little(struct plumb_board *board)
{
    avr_t *avr = board->avr;
    avr_flashaddr_t pc = avr->pc;
    if (avr->state == cpu_Running && !board->hung)
        pc = avr_run_one(avr);
    avr_cycle_count_t until_event = avr_cycle_timer_process(avr);
    avr->pc = pc;
    if (board->hung) {
        avr->cycle += until_event;
        return;
    }
    if (avr->state == cpu_Sleeping) {
        avr->cycle += until_event;
        board->asleep_cycles += until_event;
    }
    if (avr->interrupt_state)
        avr_service_interrupts(avr);
}

/* An event that does nothing but end the running or sleeping in time. */
static avr_cycle_count_t pause_here(avr_t *avr, avr_cycle_count_t when, void *param)
{
    (void)avr, (void)when, (void)param;
    return 0;
}

static int run_until(struct plumb_board *board, avr_cycle_count_t end)
{
    avr_t *avr = board->avr;
    if (end > avr->cycle)
        avr_cycle_timer_register(avr, end - avr->cycle, pause_here, board);
    while (avr->cycle < end) {
        if (watchdog_bit(board)) {
            watchdog_reset(board);
            avr_cycle_timer_register(avr, end - avr->cycle, pause_here, board);
        }
        run_a_little(board);
        if (avr->state == cpu_Crashed || avr->state == cpu_Done)
            return -1;
    }
    return 0;
}

int plumb_board_step(struct plumb_board *board, const uint8_t *motion)
{
    double begin_us = (double)(board->steps_n * PLUMB_MOTION_STEP_US);
    plumb_imus_feel(&board->imus, motion, begin_us);
    board->steps_n++;
    int error = run_until(board, cycle_of(board, begin_us + PLUMB_MOTION_STEP_US));
    show_outputs(board);
    return error;
}

/* ---- life */

static void fit_imus(struct plumb_board *board, const struct plumb_board_options *options)
{
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++) {
        const struct plumb_board_imu *imu = &options->imu[i];
        if (imu->fitted)
            plumb_imus_fit(&board->imus, i, imu->address, imu->who_am_i, imu->clock_ppm);
    }
}

static avr_t *load(const struct plumb_board_options *options, uint16_t *ram_end, char *why, size_t why_n)
{
    avr_t *avr = plumb_image_load(options->image, ram_end, why, why_n);
    if (avr == NULL || options->bootloader == NULL ||
        plumb_bootloader_load(avr, options->bootloader, why, why_n) == 0)
        return avr;
    plumb_image_unload(avr);
    return NULL;
}

struct plumb_board *plumb_board_new(
    const struct plumb_board_options *options, const struct plumb_board_sink *sink, char *why, size_t why_n)
{
    uint16_t ram_end;
    avr_t *avr = load(options, &ram_end, why, why_n);
    struct plumb_board *board = avr != NULL ? calloc(1, sizeof *board) : NULL;
    if (board == NULL)
        return NULL;
    board->avr = avr;
    board->clock_hz = PLUMB_BOARD_CLOCK_HZ * (1.0 + options->clock_ppm * 1e-6);
    board->ram_end = ram_end;
    board->trace = options->trace;
    board->sink = *sink;
    fit_imus(board, options);
    plumb_line_init(&board->line, options->host_baud);
    struct plumb_twi_board around = {.now_us = now_us, .bus_used = bus_used, .context = board};
    plumb_twi_init(&board->twi, avr, &board->imus, around);
    plumb_usart_init(&board->usart, avr, &board->line, board->clock_hz, byte_sent, board);
    plumb_pins_init(&board->pins, avr);
    plumb_image_paint(avr, ram_end);
    come_up(board, AVR_MCUSR_POWER);
    return board;
}

void plumb_board_free(struct plumb_board *board)
{
    if (board == NULL)
        return;
    plumb_image_unload(board->avr);
    free(board);
}

uint16_t plumb_board_stack_used(const struct plumb_board *board)
{
    uint16_t now_n = plumb_image_stack_used(board->avr, board->ram_end);
    return now_n > board->stack_n ? now_n : board->stack_n;
}

uint8_t *plumb_board_eeprom(struct plumb_board *board)
{
    avr_eeprom_desc_t all = {.ee = NULL, .offset = 0, .size = PLUMB_EEPROM_N};
    avr_ioctl(board->avr, AVR_IOCTL_EEPROM_GET, &all);
    return all.ee;
}
