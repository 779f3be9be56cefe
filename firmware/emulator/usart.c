#include "usart.h"

#include <math.h>

enum { HOST_BITS_N = 10 }; /* the host always sends 8N1 */

/* ---- bit times */

static double board_baud(const struct plumb_usart *usart)
{
    const uint8_t *data = usart->avr->data;
    unsigned divider = (((data[AVR_UBRR0H] & 0x0Fu) << 8) | data[AVR_UBRR0L]) + 1u;
    double clocks_per_bit = data[AVR_UCSR0A] & AVR_U2X ? 8.0 : 16.0;
    return usart->clock_hz / (clocks_per_bit * divider);
}

/* Start, data, parity, stop bits as UCSR0C says. */
static unsigned frame_bits(const struct plumb_usart *usart)
{
    uint8_t format = usart->avr->data[AVR_UCSR0C];
    unsigned data_bits = 5u + ((format >> 1) & 3u);
    unsigned parity_bits = format & 0x20 ? 1 : 0;
    unsigned stop_bits = format & 0x08 ? 2 : 1;
    return 1u + data_bits + parity_bits + stop_bits;
}

static avr_cycle_count_t cycles_of(const struct plumb_usart *usart, double bits, double baud)
{
    return (avr_cycle_count_t)llround(bits / baud * usart->clock_hz);
}

/* ---- transmitter */

static avr_cycle_count_t byte_sent(avr_t *avr, avr_cycle_count_t when, void *param);

static avr_cycle_count_t sending_cycles(const struct plumb_usart *usart)
{
    return cycles_of(usart, frame_bits(usart), board_baud(usart));
}

static avr_cycle_count_t byte_sent(avr_t *avr, avr_cycle_count_t when, void *param)
{
    (void)avr;
    struct plumb_usart *usart = param;
    uint8_t byte = usart->shift;
    bool framed;
    bool arrived = plumb_line_carry(usart->line, board_baud(usart), &byte, &framed);
    usart->sent(usart->context, when, byte, arrived);
    usart->sending = usart->buffered;
    usart->shift = usart->buffer;
    usart->buffered = false;
    if (!usart->sending) {
        plumb_flag_raise(&usart->complete_flag);
        return 0;
    }
    plumb_flag_raise(&usart->empty_flag);
    return when + sending_cycles(usart);
}

static void write_data(avr_t *avr, avr_io_addr_t address, uint8_t value, void *param)
{
    (void)address;
    struct plumb_usart *usart = param;
    if (!(avr->data[AVR_UCSR0B] & AVR_TXEN) || (avr->data[AVR_PRR] & AVR_PRR_USART) || usart->buffered)
        return;
    if (usart->sending) {
        usart->buffer = value;
        usart->buffered = true;
        plumb_flag_lower(&usart->empty_flag);
        return;
    }
    usart->shift = value;
    usart->sending = true;
    avr_cycle_timer_register(avr, sending_cycles(usart), byte_sent, usart);
}

/* ---- receiver */

static void show_received(struct plumb_usart *usart)
{
    uint8_t *status = &usart->avr->data[AVR_UCSR0A];
    *status &= (uint8_t) ~(AVR_FE | AVR_DOR);
    if (usart->received_n == 0) {
        plumb_flag_lower(&usart->received_flag);
        return;
    }
    if (usart->framing_error[0])
        *status |= AVR_FE;
    if (usart->overrun)
        *status |= AVR_DOR;
    plumb_flag_raise(&usart->received_flag);
}

static void receive(struct plumb_usart *usart, uint8_t byte, bool framed)
{
    if (!(usart->avr->data[AVR_UCSR0B] & AVR_RXEN))
        return;
    if (usart->received_n == PLUMB_USART_RECEIVED_N) {
        usart->overrun = true;
        usart->avr->data[AVR_UCSR0A] |= AVR_DOR;
        return;
    }
    usart->received[usart->received_n] = byte;
    usart->framing_error[usart->received_n] = !framed;
    usart->received_n++;
    show_received(usart);
}

static avr_cycle_count_t byte_came(avr_t *avr, avr_cycle_count_t when, void *param)
{
    (void)avr;
    struct plumb_usart *usart = param;
    uint8_t byte = usart->down[usart->down_first];
    usart->down_first = (usart->down_first + 1) % PLUMB_USART_DOWN_N;
    usart->down_n--;
    bool framed;
    if (plumb_line_carry(usart->line, board_baud(usart), &byte, &framed))
        receive(usart, byte, framed);
    return usart->down_n > 0 ? when + cycles_of(usart, HOST_BITS_N, usart->line->host_baud) : 0;
}

static uint8_t read_data(avr_t *avr, avr_io_addr_t address, void *param)
{
    struct plumb_usart *usart = param;
    uint8_t byte = usart->received[0];
    if (usart->received_n > 0) {
        usart->received_n--;
        for (int i = 0; i < usart->received_n; i++) {
            usart->received[i] = usart->received[i + 1];
            usart->framing_error[i] = usart->framing_error[i + 1];
        }
        usart->overrun = false;
        plumb_flag_lower(&usart->received_flag);
        show_received(usart);
    }
    avr->data[address] = byte;
    return byte;
}

/* ---- control */

/* UCSR0A: TXC is cleared by writing a one, U2X and MPCM are plain, the rest cannot be written. */
static void write_status(avr_t *avr, avr_io_addr_t address, uint8_t value, void *param)
{
    struct plumb_usart *usart = param;
    uint8_t plain = AVR_U2X | 1;
    if (value & AVR_TXC)
        plumb_flag_lower(&usart->complete_flag);
    avr->data[address] = (uint8_t)((avr->data[address] & ~plain) | (value & plain));
}

static void write_control(avr_t *avr, avr_io_addr_t address, uint8_t value, void *param)
{
    struct plumb_usart *usart = param;
    avr->data[address] = value;
    if (!(value & AVR_RXEN)) {
        usart->received_n = 0;
        usart->overrun = false;
        show_received(usart);
    }
    plumb_flag_review(&usart->received_flag);
    plumb_flag_review(&usart->empty_flag);
    plumb_flag_review(&usart->complete_flag);
}

static void write_plain(avr_t *avr, avr_io_addr_t address, uint8_t value, void *param)
{
    (void)param;
    avr->data[address] = value;
}

static uint8_t read_plain(avr_t *avr, avr_io_addr_t address, void *param)
{
    (void)param;
    return avr->data[address];
}

/* ---- life */

static void arm_receiver(struct plumb_usart *usart)
{
    avr_cycle_count_t cycles = cycles_of(usart, HOST_BITS_N, usart->line->host_baud);
    avr_cycle_timer_register(usart->avr, cycles, byte_came, usart);
}

int plumb_usart_feed(struct plumb_usart *usart, const uint8_t *bytes, size_t n)
{
    if (n > PLUMB_USART_DOWN_N - usart->down_n)
        return -1;
    if (n > 0 && usart->down_n == 0)
        arm_receiver(usart);
    for (size_t i = 0; i < n; i++)
        usart->down[(usart->down_first + usart->down_n++) % PLUMB_USART_DOWN_N] = bytes[i];
    return 0;
}

void plumb_usart_reset(struct plumb_usart *usart)
{
    usart->sending = false;
    usart->buffered = false;
    usart->received_n = 0;
    usart->overrun = false;
    usart->avr->data[AVR_UCSR0A] = AVR_UDRE;
    usart->avr->data[AVR_UCSR0B] = 0;
    usart->avr->data[AVR_UCSR0C] = 0x06; /* 8N1, the reset value */
    if (usart->down_n > 0)
        arm_receiver(usart);
}

static struct plumb_flag flag_of(uint8_t bit)
{
    return (struct plumb_flag){
        .flag_register = AVR_UCSR0A, .flag_bit = bit, .enable_register = AVR_UCSR0B, .enable_bit = bit};
}

void plumb_usart_init(
    struct plumb_usart *usart, avr_t *avr, struct plumb_line *line, double clock_hz, plumb_usart_sent sent,
    void *context)
{
    usart->avr = avr;
    usart->line = line;
    usart->clock_hz = clock_hz;
    usart->sent = sent;
    usart->context = context;
    usart->received_flag = flag_of(AVR_RXC);
    usart->empty_flag = flag_of(AVR_UDRE);
    usart->complete_flag = flag_of(AVR_TXC);
    plumb_flag_init(&usart->received_flag, avr, AVR_VECTOR_USART_RX);
    plumb_flag_init(&usart->empty_flag, avr, AVR_VECTOR_USART_UDRE);
    plumb_flag_init(&usart->complete_flag, avr, AVR_VECTOR_USART_TX);
    plumb_register_take(avr, AVR_UDR0, write_data, read_data, usart);
    plumb_register_take(avr, AVR_UCSR0A, write_status, read_plain, usart);
    plumb_register_take(avr, AVR_UCSR0B, write_control, NULL, usart);
    plumb_register_take(avr, AVR_UCSR0C, write_plain, NULL, usart);
    plumb_register_take(avr, AVR_UBRR0L, write_plain, NULL, usart);
}
