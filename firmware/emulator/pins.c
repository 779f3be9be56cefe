#include "pins.h"

#include <simavr/avr_extint.h>
#include <simavr/avr_ioport.h>

static avr_irq_t *ready_irq(const struct plumb_pins *pins, int imu)
{
    return avr_io_getirq(pins->avr, (uint32_t)AVR_IOCTL_IOPORT_GETIRQ('D'), plumb_wiring_ready[imu]);
}

void plumb_pins_init(struct plumb_pins *pins, avr_t *avr)
{
    *pins = (struct plumb_pins){.avr = avr};
}

/* A level-triggered interrupt would be polled every cycle: twenty times slower, and Plumb uses edges. */
void plumb_pins_reset(struct plumb_pins *pins)
{
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++) {
        avr_extint_set_strict_lvl_trig(pins->avr, (uint8_t)i, 0);
        avr_raise_irq(ready_irq(pins, i), pins->ready_level[i]);
        if (pins->ready_level[i]) /* the reset wiped the register, but the wire has not moved */
            pins->avr->data[AVR_PIND] |= (uint8_t)(1u << plumb_wiring_ready[i]);
    }
}

void plumb_pins_ready(struct plumb_pins *pins, int imu, bool level)
{
    if (pins->ready_level[imu] == level)
        return;
    pins->ready_level[imu] = level;
    avr_raise_irq(ready_irq(pins, imu), level);
}

/* Timer 2 takes its pin from the port: a tone. */
static bool timer_drives(const uint8_t *data, const struct plumb_wire_output *output)
{
    return output->port_register == AVR_PORTB && output->mask == AVR_OC2A && (data[AVR_TCCR2A] & AVR_COM2A) &&
           (data[AVR_TCCR2B] & AVR_CS2);
}

uint8_t plumb_pins_show(const struct plumb_pins *pins)
{
    const uint8_t *data = pins->avr->data;
    uint8_t shown = 0;
    for (int i = 0; i < PLUMB_WIRING_OUTPUTS_N; i++) {
        const struct plumb_wire_output *output = &plumb_wiring_outputs[i];
        bool high = (data[output->port_register] & output->mask) || timer_drives(data, output);
        if (high && (data[output->ddr_register] & output->mask))
            shown |= output->bit;
    }
    return shown;
}
