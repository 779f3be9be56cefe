/* From reset to main: why it was reset, how much stack is used, everything switched on in order. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "../port.h"
#include "board.h"

#define UNTOUCHED 0xC5

extern uint8_t _end; /* set by the linker: first byte behind the variables */

static uint8_t mcusr __attribute__((section(".noinit")));
static uint8_t boot_mark __attribute__((section(".noinit"))); /* chance at power-on, then counting */

/* Runs before variables are set: the watchdog stays armed after its own reset and must be disarmed at once. A
 * bootloader (Optiboot) clears MCUSR and hands what it read over in r2. */
void plumb_board_early(void) __attribute__((naked, used, section(".init3")));

void plumb_board_early(void)
{
    uint8_t handed_over;
    __asm__ volatile("mov %0, r2" : "=r"(handed_over));
    mcusr = MCUSR != 0 ? MCUSR : handed_over;
    MCUSR = 0;
    wdt_disable();
    boot_mark++;
    for (uint8_t *at = &_end; at < (uint8_t *)SP; at++)
        *at = UNTOUCHED;
}

static const struct {
    uint8_t bit;
    uint8_t cause;
} causes[] = {
    {PORF, PLUMB_RESET_POWER},
    {WDRF, PLUMB_RESET_WATCHDOG},
    {BORF, PLUMB_RESET_BROWN_OUT},
    {EXTRF, PLUMB_RESET_BUTTON},
};

#define KNOWN_BITS (_BV(WDRF) | _BV(BORF) | _BV(EXTRF) | _BV(PORF))

/* More than one bit may be set: a slow power-on ramp also looks like a brown-out, so the table's order
 * decides. */
static uint8_t reset_cause(void)
{
    if (mcusr & (uint8_t)~KNOWN_BITS)
        return PLUMB_RESET_UNKNOWN; /* r2 of a bootloader that hands nothing over */
    for (uint8_t i = 0; i < sizeof causes / sizeof causes[0]; i++)
        if (mcusr & _BV(causes[i].bit))
            return causes[i].cause;
    return PLUMB_RESET_UNKNOWN;
}

void plumb_port_init(struct plumb_port_boot *boot)
{
    *boot = (struct plumb_port_boot){
        .board = PLUMB_BOARD_ATMEGA328P, .reset = reset_cause(), .mark = boot_mark, .baud = PLUMB_BAUD};
    plumb_board_outputs_init();
    plumb_board_clock_init();
    plumb_board_bus_init();
    plumb_board_uart_init();
    plumb_board_ready_init();
    SMCR = 0; /* sleep is idle: timers, TWI and UART go on */
    wdt_enable(WDTO_250MS);
    sei();
}

void plumb_port_watchdog_kick(void)
{
    wdt_reset();
}

/* A byte leaving for the line wakes the processor too, and is not worth a round of the node. */
void plumb_port_sleep(void)
{
    cli();
    while (!plumb_board_ready_waits() && !plumb_board_uart_waits() && !plumb_board_clock_ticked()) {
        sleep_enable();
        sei(); /* takes effect after the next instruction: nothing slips in between */
        sleep_cpu();
        sleep_disable();
        cli();
    }
    sei();
}

uint16_t plumb_port_stack_free(void)
{
    const uint8_t *at = &_end;
    while (at < (const uint8_t *)SP && *at == UNTOUCHED)
        at++;
    return (uint16_t)(at - &_end);
}
