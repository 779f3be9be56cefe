#include "periphery.h"

#include <stddef.h>

void plumb_register_take(avr_t *avr, uint16_t address, avr_io_write_t write, avr_io_read_t read, void *param)
{
    int io = address - AVR_IO_FIRST;
    if (write != NULL) {
        avr->io[io].w.c = write;
        avr->io[io].w.param = param;
    }
    if (read != NULL) {
        avr->io[io].r.c = read;
        avr->io[io].r.param = param;
    }
}

/* The routine has ended: a flag it did not serve requests again, as the hardware does. */
static void routine_running(struct avr_irq_t *irq, uint32_t running, void *param)
{
    (void)irq;
    if (!running)
        plumb_flag_review(param);
}

void plumb_flag_init(struct plumb_flag *flag, avr_t *avr, int vector)
{
    flag->avr = avr;
    flag->vector = NULL;
    for (int i = 0; i < avr->interrupts.vector_count; i++)
        if (avr->interrupts.vector[i]->vector == vector)
            flag->vector = avr->interrupts.vector[i];
    if (flag->vector != NULL)
        avr_irq_register_notify(&flag->vector->irq[AVR_INT_IRQ_RUNNING], routine_running, flag);
}

void plumb_flag_review(struct plumb_flag *flag)
{
    uint8_t *data = flag->avr->data;
    if ((data[flag->flag_register] & flag->flag_bit) && (data[flag->enable_register] & flag->enable_bit))
        avr_raise_interrupt(flag->avr, flag->vector);
}

void plumb_flag_raise(struct plumb_flag *flag)
{
    flag->avr->data[flag->flag_register] |= flag->flag_bit;
    plumb_flag_review(flag);
}

void plumb_flag_lower(struct plumb_flag *flag)
{
    avr_clear_interrupt(flag->avr, flag->vector);
    flag->avr->data[flag->flag_register] &= (uint8_t)~flag->flag_bit;
}
