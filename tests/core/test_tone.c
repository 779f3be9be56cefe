/* The tone as an ear would have it: silent in the zone, higher forward, lower back, on the side of the turn,
 * no clicks.
 */
#include <math.h>
#include <string.h>

#include "host/core/tone.h"
#include "host/core/units.h"
#include "suite.h"

#define RATE PLUMB_TONE_RATE_HZ
#define HALF (RATE / 2)
#define DEG  PLUMB_RAD_PER_DEG

static float frames[2 * RATE];

struct heard {
    double hz, left, right, largest_step;
};

static struct plumb_tone_target target_of(double tilt_deg, double turn_deg)
{
    struct plumb_tone_way way = {tilt_deg * DEG, 3 * DEG, 8 * DEG, turn_deg * DEG, 5 * DEG};
    return plumb_tone_of(&way);
}

/* Listens to half a second, then to the next half. */
static struct heard listen(struct plumb_tone *tone)
{
    struct heard heard = {0, 0, 0, 0};
    int rises = 0;
    memset(frames, 0, sizeof frames);
    plumb_tone_add(tone, frames, RATE);
    for (int i = 1; i < RATE; i++) {
        double left = (double)frames[2 * i], right = (double)frames[2 * i + 1];
        double before = (double)(frames[2 * i - 2] + frames[2 * i - 1]);
        heard.largest_step = fmax(heard.largest_step, fabs(left + right - before));
        if (i < HALF)
            continue;
        heard.left += left * left / HALF;
        heard.right += right * right / HALF;
        rises += before <= 0 && left + right > 0;
    }
    heard.hz = rises * 2;
    return heard;
}

static struct heard heard_at(double tilt_deg, double turn_deg)
{
    struct plumb_tone tone;
    plumb_tone_init(&tone);
    tone.target = target_of(tilt_deg, turn_deg);
    return listen(&tone);
}

static void test_silence_in_the_zone(void)
{
    for (double tilt_deg = -7.9; tilt_deg < 3; tilt_deg += 0.5) {
        struct heard heard = heard_at(tilt_deg, 4.9);
        CU_ASSERT(heard.left <= 0 && heard.right <= 0);
    }
}

static void test_forward_is_high_back_is_low_and_further_is_more(void)
{
    double little = heard_at(4, 0).hz, more = heard_at(6, 0).hz, much = heard_at(10, 0).hz;
    CU_ASSERT(little > 420 && more > 1.1 * little && much > 1.2 * more && much < 900);
    double back = heard_at(-9, 0).hz, further = heard_at(-14, 0).hz;
    CU_ASSERT(back < 350 && further < 0.8 * back && further > 150);
    CU_ASSERT_DOUBLE_EQUAL(heard_at(0, 7).hz, 392, 6);
}

static void test_a_turn_is_heard_on_its_side(void)
{
    struct heard left = heard_at(0, 7), right = heard_at(0, -7), both = heard_at(6, 0);
    CU_ASSERT(left.left > 100 * left.right);
    CU_ASSERT(right.right > 100 * right.left);
    CU_ASSERT_DOUBLE_EQUAL(both.left, both.right, 1e-6);
}

static void test_what_is_not_known_is_silent(void)
{
    struct plumb_tone_way way = {NAN, 3 * DEG, 8 * DEG, NAN, 5 * DEG};
    CU_ASSERT(plumb_tone_of(&way).gain <= 0);
}

/* The steepest a 900 Hz tone at full gain climbs is 0.18 a sample in both ears together; a click would be a
 * jump. */
static void test_nothing_clicks(void)
{
    struct plumb_tone tone;
    plumb_tone_init(&tone);
    for (int i = 0; i < 6; i++) {
        tone.target = target_of(i % 2 ? 0 : 12, i % 3 ? 0 : 9);
        plumb_tone_sign(&tone, (enum plumb_sign)(i % PLUMB_SIGNS_N));
        CU_ASSERT(listen(&tone).largest_step < 0.2);
    }
}

static void test_signs_are_short_and_end_in_silence(void)
{
    for (int sign = 0; sign < PLUMB_SIGNS_N; sign++) {
        struct plumb_tone tone;
        plumb_tone_init(&tone);
        plumb_tone_sign(&tone, (enum plumb_sign)sign);
        struct heard first = listen(&tone);
        CU_ASSERT(first.largest_step > 0.001);
        CU_ASSERT(first.left <= 0);
        CU_ASSERT_EQUAL(tone.sign, -1);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"silence", test_silence_in_the_zone},
        {"pitch", test_forward_is_high_back_is_low_and_further_is_more},
        {"stereo", test_a_turn_is_heard_on_its_side},
        {"unknown", test_what_is_not_known_is_silent},
        {"clicks", test_nothing_clicks},
        {"signs", test_signs_are_short_and_end_in_silence},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("tone", tests, argc, argv);
}
