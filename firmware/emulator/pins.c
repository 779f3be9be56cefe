#include "pins.h"

#include <simavr/avr_extint.h>
#include <simavr/avr_ioport.h>

#include <stddef.h>

/* A tone's slowest half period: 50 Hz. */
#define TONE_PAUSE_CYCLES ((avr_cycle_count_t)(PLUMB_BOARD_CLOCK_HZ * 0.010))

static avr_irq_t *irq_of(avr_t *avr, struct plumb_wire_pin pin)
{
    return avr_io_getirq(avr, (uint32_t)AVR_IOCTL_IOPORT_GETIRQ(pin.port), pin.pin);
}

static void output_changed(struct plumb_pins *pins, uint8_t bit, bool level)
{
    pins->levels = (uint8_t)(level ? pins->levels | bit : pins->levels & ~bit);
    if (bit == PLUMB_PINS_BUZZER)
        pins->buzzer_edge = pins->avr->cycle;
}

static void led_changed(struct avr_irq_t *irq, uint32_t level, void *param)
{
    (void)irq;
    output_changed(param, PLUMB_PINS_LED, level != 0);
}

static void buzzer_changed(struct avr_irq_t *irq, uint32_t level, void *param)
{
    (void)irq;
    output_changed(param, PLUMB_PINS_BUZZER, level != 0);
}

static void vibration_changed(struct avr_irq_t *irq, uint32_t level, void *param)
{
    (void)irq;
    output_changed(param, PLUMB_PINS_VIBRATION, level != 0);
}

static avr_irq_notify_t listener_of(uint8_t bit)
{
    if (bit == PLUMB_PINS_LED)
        return led_changed;
    return bit == PLUMB_PINS_BUZZER ? buzzer_changed : vibration_changed;
}

void plumb_pins_init(struct plumb_pins *pins, avr_t *avr)
{
    *pins = (struct plumb_pins){.avr = avr};
    for (int i = 0; i < PLUMB_WIRING_OUTPUTS_N; i++) {
        const struct plumb_wire_output *output = &plumb_wiring_outputs[i];
        avr_irq_register_notify(irq_of(avr, output->pin), listener_of(output->bit), pins);
    }
    plumb_pins_reset(pins);
}

/* A level-triggered interrupt would be polled every cycle: twenty times slower, and Plumb uses edges. */
void plumb_pins_reset(struct plumb_pins *pins)
{
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++) {
        avr_extint_set_strict_lvl_trig(pins->avr, (uint8_t)i, 0);
        avr_raise_irq(irq_of(pins->avr, plumb_wiring_ready[i]), pins->ready_level[i]);
        if (pins->ready_level[i]) /* the reset wiped the register, but the wire has not moved */
            pins->avr->data[AVR_PIND] |= (uint8_t)(1u << plumb_wiring_ready[i].pin);
    }
    for (int i = 0; i < PLUMB_WIRING_OUTPUTS_N; i++)
        avr_raise_irq(irq_of(pins->avr, plumb_wiring_outputs[i].pin), 0);
}

void plumb_pins_ready(struct plumb_pins *pins, int imu, bool level)
{
    if (pins->ready_level[imu] == level)
        return;
    pins->ready_level[imu] = level;
    avr_raise_irq(irq_of(pins->avr, plumb_wiring_ready[imu]), level);
}

uint8_t plumb_pins_show(struct plumb_pins *pins)
{
    bool buzzer_high = pins->levels & PLUMB_PINS_BUZZER;
    bool tone = pins->buzzer_edge != 0 && pins->avr->cycle - pins->buzzer_edge < TONE_PAUSE_CYCLES;
    pins->shown = (uint8_t)(pins->levels & ~PLUMB_PINS_BUZZER);
    if (buzzer_high || tone)
        pins->shown |= PLUMB_PINS_BUZZER;
    return pins->shown;
}
