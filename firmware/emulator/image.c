#include "image.h"

#include "atmega328p.h"

#include <elf.h>
#include <plumb/bytes.h>
#include <simavr/sim_elf.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PAINT =
        0xC5, /* as Plumb's firmware paints its own RAM at boot, so that its painting is no use of stack */
    ELF_MACHINE_AT = 18, /* e_machine */
};

#define RAM_IN_ELF 0x800000u /* where the AVR linker puts data space */

static void free_elf(elf_firmware_t *elf)
{
    for (uint32_t i = 0; i < elf->symbolcount; i++)
        free(elf->symbol[i]);
    free(elf->symbol);
    free(elf->flash);
    free(elf->eeprom);
    free(elf->fuse);
    free(elf->lockbits);
}

/* _end is behind data, bss and noinit. */
static uint16_t ram_end_of(const elf_firmware_t *elf)
{
    for (uint32_t i = 0; i < elf->symbolcount; i++)
        if (strcmp(elf->symbol[i]->symbol, "_end") == 0)
            return (uint16_t)(elf->symbol[i]->addr - RAM_IN_ELF);
    return (uint16_t)(AVR_RAM_FIRST + elf->datasize + elf->bsssize);
}

static avr_t *fresh_avr(void)
{
    avr_t *avr = avr_make_mcu_by_name("atmega328p");
    if (avr == NULL)
        return NULL;
    avr_init(avr);
    avr->log = LOG_NONE;
    avr->frequency = (uint32_t)PLUMB_BOARD_CLOCK_HZ;
    return avr;
}

/* As it comes from the factory. What a program put in later uses of its RAM is not known here. */
static avr_t *blank_avr(uint16_t *ram_end)
{
    avr_t *avr = fresh_avr();
    if (avr != NULL) {
        memset(avr->flash, 0xFF, avr->flashend + 1);
        *ram_end = (uint16_t)(avr->ramend + 1);
    }
    return avr;
}

/* libsimavr would end the process over a file that is no ELF, and load one of another machine. */
static bool is_avr_elf(const char *path)
{
    unsigned char head[ELF_MACHINE_AT + 2] = {0};
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    size_t n = fread(head, 1, sizeof head, file);
    fclose(file);
    return n == sizeof head && memcmp(head, "\177ELF", 4) == 0 &&
           plumb_get_u16(head + ELF_MACHINE_AT) == EM_AVR;
}

avr_t *plumb_image_load(const char *path, uint16_t *ram_end, char *why, size_t why_n)
{
    if (path == NULL)
        return blank_avr(ram_end);
    if (!is_avr_elf(path)) {
        snprintf(why, why_n, "%s: wants a readable AVR image in ELF format", path);
        return NULL;
    }
    elf_firmware_t elf;
    memset(&elf, 0, sizeof elf);
    bool read = elf_read_firmware(path, &elf) == 0 && elf.flashsize > 0;
    avr_t *avr = read ? fresh_avr() : NULL;
    if (avr != NULL && elf.flashbase + elf.flashsize > avr->flashend + 1) {
        plumb_image_unload(avr);
        avr = NULL;
    }
    if (avr == NULL) {
        snprintf(why, why_n, "%s: no program that fits an ATmega328P", path);
    } else {
        avr_loadcode(avr, elf.flash, elf.flashsize, elf.flashbase);
        avr->codeend = elf.flashbase + elf.flashsize;
        *ram_end = ram_end_of(&elf);
    }
    free_elf(&elf);
    return avr;
}

void plumb_image_unload(avr_t *avr)
{
    avr_terminate(avr);
    free(avr);
}

void plumb_image_paint(avr_t *avr, uint16_t ram_end)
{
    memset(avr->data + ram_end, PAINT, (size_t)(avr->ramend + 1 - ram_end));
}

uint16_t plumb_image_stack_used(const avr_t *avr, uint16_t ram_end)
{
    uint16_t at = ram_end;
    while (at <= avr->ramend && avr->data[at] == PAINT)
        at++;
    return (uint16_t)(avr->ramend + 1 - at);
}
