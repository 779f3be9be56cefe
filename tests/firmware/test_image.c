/* The image itself: its size, and what must not be in it. */
#define _POSIX_C_SOURCE 200809L
#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "suite.h"

#define IMAGE       PLUMB_BUILD_DIR "/firmware/plumb-firmware-atmega328p.elf"
#define FLASH_MOST  8192
#define RAM_MOST    1024
#define LINE_MOST_N 256

static FILE *run(const char *command)
{
    FILE *out = popen(command, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(out);
    return out;
}

static void test_fits_into_8_kB_of_flash_and_1_kB_of_ram(void)
{
    unsigned text = 0, data = 0, bss = 0;
    char line[LINE_MOST_N];
    FILE *out = run("avr-size " IMAGE);
    while (fgets(line, sizeof line, out))
        sscanf(line, "%u %u %u", &text, &data, &bss);
    CU_ASSERT_EQUAL(pclose(out), 0);
    printf("image: %u bytes of flash, %u bytes of RAM\n", text + data, data + bss);
    CU_ASSERT(text > 1000);
    CU_ASSERT(text + data <= FLASH_MOST);
    CU_ASSERT(data + bss <= RAM_MOST);
}

/* libgcc's float routines, and the heap. */
static int is_forbidden(const char *symbol)
{
    static const char *const forbidden[] = {
        "__addsf3", "__subsf3", "__mulsf3", "__divsf3", "__floatsisf", "__floatunsisf", "__fixsfsi",
        "__cmpsf2", "__fp_",    "malloc",   "free",     "realloc",     "printf",
    };
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
        if (strncmp(symbol, forbidden[i], strlen(forbidden[i])) == 0)
            return 1;
    return 0;
}

static void test_has_neither_float_nor_heap(void)
{
    char line[LINE_MOST_N], symbol[LINE_MOST_N];
    int symbols_n = 0, forbidden_n = 0;
    FILE *out = run("avr-nm " IMAGE);
    while (fgets(line, sizeof line, out)) {
        if (sscanf(line, "%*x %*c %255s", symbol) != 1)
            continue;
        symbols_n++;
        forbidden_n += is_forbidden(symbol);
    }
    CU_ASSERT_EQUAL(pclose(out), 0);
    CU_ASSERT(symbols_n > 50);
    CU_ASSERT_EQUAL(forbidden_n, 0);
}

static void test_core_is_a_library_for_arm_without_float(void)
{
    char line[LINE_MOST_N];
    int symbols_n = 0, float_n = 0;
    FILE *out = run("arm-none-eabi-nm " PLUMB_BUILD_DIR "/firmware/libplumb-core-arm.a");
    while (fgets(line, sizeof line, out)) {
        symbols_n++;
        float_n += strstr(line, "__aeabi_f") != NULL || strstr(line, "__aeabi_d") != NULL;
    }
    CU_ASSERT_EQUAL(pclose(out), 0);
    CU_ASSERT(symbols_n > 50);
    CU_ASSERT_EQUAL(float_n, 0);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"fits into 8 kB of flash and 1 kB of RAM", test_fits_into_8_kB_of_flash_and_1_kB_of_ram},
        {"has neither float nor heap", test_has_neither_float_nor_heap},
        {"core is a library for ARM without float", test_core_is_a_library_for_arm_without_float},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("image", tests, argc, argv);
}
