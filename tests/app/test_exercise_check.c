/* Files of exercises and limits as people write them: a mistake is told by its line, limits go over each
 * other.
 */
#include <stdio.h>
#include <string.h>

#include "host/core/units.h"
#include "host/io/load_limits.h"
#include "process.h"
#include "suite.h"

static void limits_of(
    const char *text, const char *id, enum plumb_side side, struct plumb_thresholds *thresholds, int *fail,
    struct plumb_message *message)
{
    char path[600];
    const char *folder = folder_make();
    folder_write(folder, "my.limits", text, strlen(text));
    snprintf(path, sizeof path, "%s/my.limits", folder);
    plumb_thresholds_default(thresholds);
    *fail = plumb_limits_load(thresholds, path, id, side, message);
    folder_remove(folder);
}

static void test_limits_of_a_person_and_a_side_go_over_the_exercise(void)
{
    static const char text[] = "[thresholds]\nred_deg = 4\n[thresholds left]\namber_deg = 2\n"
                               "[thresholds supine-edge left]\ndelay_s = 0.3\n";
    struct plumb_thresholds t;
    struct plumb_message message = {""};
    int fail;
    limits_of(text, "supine-edge", PLUMB_LEFT, &t, &fail, &message);
    CU_ASSERT_EQUAL(fail, 0);
    CU_ASSERT_DOUBLE_EQUAL(t.red_rad, 4 * PLUMB_RAD_PER_DEG, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(t.amber_rad, 2 * PLUMB_RAD_PER_DEG, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(t.delay_s, 0.3, 1e-12);
    limits_of(text, "supine-edge", PLUMB_RIGHT, &t, &fail, &message);
    CU_ASSERT_DOUBLE_EQUAL(t.amber_rad, 3 * PLUMB_RAD_PER_DEG, 1e-12);
    limits_of(text, "prone-strap", PLUMB_LEFT, &t, &fail, &message);
    CU_ASSERT_DOUBLE_EQUAL(t.delay_s, 0.7, 1e-12);
    limits_of("[thresholds]\nred_deg = 1.5\n", "supine-edge", PLUMB_LEFT, &t, &fail, &message);
    CU_ASSERT(fail != 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "my.limits:2: red_deg"));
}

/* What a person may get wrong when they copy and edit, and the line it is told with. */
static void test_a_mistake_is_told_by_its_line(void)
{
    static const struct {
        const char *text, *told;
    } mistakes[] = {
        {"[judge]\npelvic_rotation = yes\n", "mine.exercise:5: pelvic_rotation cannot be judged upright"},
        {"[judge]\nanterior_rotation = yes\n[step 1]\ndo = hold\nin_zone_s = 9\n",
         "mine.exercise:7: a step with do = neutral"},
        {"[judge]\nobliquity = yes\n[step 1]\ndo = tilts\ncount = 2\n", "mine.exercise:7: tilts wants"},
        {"[judge]\nobliquity = yes\n[step 1]\ndo = again\nback_to = 4\ncount = 2\n",
         "mine.exercise:7: again wants"},
        {"[judge]\nobliquity = yes\n[thresholds]\namber_deg = 6\n", "mine.exercise:7: amber_deg must not"},
        {"[judge]\nobliquity = yes\n[thresholds left]\namber_deg = 2\n", "mine.exercise:7: thresholds of"},
        {"[judge]\nobliquity = yes\n[weight]\nfrom_kg = 1\n", "mine.exercise:7: a weight wants where"},
        {"[judge]\nobliquity = yes\n", "wants at least one [step N]"},
        {"[step 1]\ndo = say\n", "a judged exercise wants a flag"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        char text[400];
        const char *folder = folder_make();
        int n = snprintf(
            text, sizeof text, "[exercise]\nid = mine\nname = Mine\npose = upright\n%s", mistakes[i].text);
        folder_write(folder, "mine.exercise", text, (size_t)n);
        struct process check = PLUMB_RUN(folder, "exercises", "check", "mine.exercise");
        CU_ASSERT_EQUAL(check.exit_code, 6);
        CU_ASSERT_PTR_NOT_NULL(strstr(check.err, mistakes[i].told));
        if (!strstr(check.err, mistakes[i].told))
            printf("wanted \"%s\", got %s", mistakes[i].told, check.err);
        process_free(&check);
        folder_remove(folder);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"mistakes", test_a_mistake_is_told_by_its_line},
        {"limits", test_limits_of_a_person_and_a_side_go_over_the_exercise},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("exercise check", tests, argc, argv);
}
