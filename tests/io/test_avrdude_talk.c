/* What avrdude says, in its own words of two versions, fed whole and in pieces. */
#include <stdio.h>
#include <string.h>

#include "host/io/avrdude_talk.h"
#include "suite.h"

#define BAR "##################################################"

static const char version_7[] = "\navrdude: AVR device initialized and ready to accept instructions\n"
                                "avrdude: device signature = 0x1e950f (probably m328p)\n"
                                "avrdude: reading input file /proc/self/fd/3 for flash\n"
                                "         with 8130 bytes in 1 section within [0, 0x1fc1]\n"
                                "         using 64 pages and 62 pad bytes\n"
                                "avrdude: writing 8130 bytes flash ...\n\n"
                                "Writing | " BAR " | 100% 2.66s\n\n"
                                "avrdude: 8130 bytes of flash written\n"
                                "avrdude: verifying flash memory against /proc/self/fd/3\n\n"
                                "Reading | " BAR " | 100% 1.86s\n\n"
                                "avrdude: 8130 bytes of flash verified\n\navrdude done.  Thank you.\n\n";

static const char version_6[] = "\navrdude: AVR device initialized and ready to accept instructions\n\n"
                                "Reading | " BAR " | 100% 0.00s\n\n"
                                "avrdude: Device signature = 0x1e950f (probably m328p)\n"
                                "avrdude: reading input file \"/proc/self/fd/3\"\n"
                                "avrdude: writing flash (8130 bytes):\n\n"
                                "Writing | " BAR " | 100% 1.30s\n\n"
                                "avrdude: 8130 bytes of flash written\n"
                                "avrdude: verifying flash memory against /proc/self/fd/3:\n"
                                "avrdude: reading on-chip flash data:\n\n"
                                "Reading | " BAR " | 100% 1.04s\n\n"
                                "avrdude: verifying ...\n"
                                "avrdude: 8130 bytes of flash verified\n\navrdude done.  Thank you.\n\n";

static struct plumb_avrdude_talk hear(const char *text)
{
    struct plumb_avrdude_talk talk;
    plumb_avrdude_talk_init(&talk);
    plumb_avrdude_talk_feed(&talk, text, strlen(text));
    return talk;
}

/* The phases come in order, and within one it only goes on. */
static void goes_on_in_pieces(const char *text)
{
    struct plumb_avrdude_talk talk;
    size_t turns = 0;
    int backwards = 0;
    double share = 0;
    enum plumb_avrdude_phase phase = PLUMB_AVRDUDE_CONNECT;
    plumb_avrdude_talk_init(&talk);
    for (; *text; text++) {
        plumb_avrdude_talk_feed(&talk, text, 1);
        backwards += talk.phase < phase || (talk.phase == phase && plumb_avrdude_talk_share(&talk) < share);
        turns += talk.phase != phase;
        phase = talk.phase;
        share = plumb_avrdude_talk_share(&talk);
        CU_ASSERT_FALSE(talk.verified && share < 1);
    }
    CU_ASSERT_EQUAL(backwards, 0);
    CU_ASSERT_EQUAL(turns, 2);
    CU_ASSERT_EQUAL(talk.phase, PLUMB_AVRDUDE_VERIFY);
    CU_ASSERT_EQUAL(share, 1);
    CU_ASSERT_TRUE(talk.verified);
    CU_ASSERT_STRING_EQUAL(talk.said, "");
}

static void success_is_followed_in_both_versions(void)
{
    goes_on_in_pieces(version_7);
    goes_on_in_pieces(version_6);
}

static void a_bar_breaks_off_where_it_is(void)
{
    struct plumb_avrdude_talk talk = hear("Writing | #########################");
    CU_ASSERT_EQUAL(talk.phase, PLUMB_AVRDUDE_WRITE);
    CU_ASSERT_EQUAL(plumb_avrdude_talk_share(&talk), 0.5);
    CU_ASSERT_FALSE(talk.verified);
}

static void silence_is_counted(void)
{
    struct plumb_avrdude_talk talk = hear("avrdude error: programmer is not responding\n"
                                          "avrdude warning: attempt 1 of 10: not in sync: resp=0x00\n"
                                          "avrdude error: programmer is not responding\n"
                                          "avrdude warning: attempt 2 of 10: not in sync: resp=0x00\n");
    CU_ASSERT_EQUAL(talk.unanswered_n, 2);
    CU_ASSERT_STRING_EQUAL(talk.said, "");
    talk = hear("avrdude: stk500_recv(): programmer is not responding\n"
                "avrdude: stk500_getsync() attempt 1 of 10: not in sync: resp=0x00\n");
    CU_ASSERT_EQUAL(talk.unanswered_n, 1);
}

static void troubles_are_told_apart(void)
{
    struct plumb_avrdude_talk talk = hear("avrdude error: expected signature for ATmega168 is 1E 94 06\n");
    CU_ASSERT_TRUE(talk.wrong_chip);
    talk = hear("avrdude error: verification mismatch\n");
    CU_ASSERT_TRUE(talk.differs && !talk.wrong_chip);
    talk = hear("avrdude: verification error, first mismatch at byte 0x0000\n");
    CU_ASSERT_TRUE(talk.differs);
    talk = hear(
        "avrdude OS error: cannot open port /dev/ttyUSB0: Device or resource busy\navrdude error: more\n");
    CU_ASSERT_STRING_EQUAL(talk.said, "cannot open port /dev/ttyUSB0: Device or resource busy");
}

static void a_line_without_end_is_survived(void)
{
    struct plumb_avrdude_talk talk;
    plumb_avrdude_talk_init(&talk);
    for (int i = 0; i < 100000; i++)
        plumb_avrdude_talk_feed(&talk, "avrdude error: # | ", 19);
    plumb_avrdude_talk_feed(&talk, "\n", 1);
    CU_ASSERT_EQUAL(strncmp(talk.said, "# | avrdude error", 17), 0);
    CU_ASSERT_TRUE(strlen(talk.said) < sizeof talk.said);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"success_is_followed_in_both_versions", success_is_followed_in_both_versions},
        {"a_bar_breaks_off_where_it_is", a_bar_breaks_off_where_it_is},
        {"silence_is_counted", silence_is_counted},
        {"troubles_are_told_apart", troubles_are_told_apart},
        {"a_line_without_end_is_survived", a_line_without_end_is_survived},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("avrdude_talk", tests, argc, argv);
}
