#include "suite.h"

#include <CUnit/Basic.h>
#include <stdio.h>
#include <string.h>

static int run_named(const char *suite, const char *name)
{
    CU_pSuite found = CU_get_suite(suite);
    CU_pTest test = found ? CU_get_test(found, name) : NULL;
    if (!test) {
        fprintf(stderr, "%s: no test named %s\n", suite, name);
        return -1;
    }
    CU_basic_run_test(found, test);
    return 0;
}

int plumb_suite_run(const char *suite, CU_TestInfo *tests, int argc, char **argv)
{
    CU_SuiteInfo suites[] = {{suite, NULL, NULL, NULL, NULL, tests}, CU_SUITE_INFO_NULL};
    if (CU_initialize_registry() != CUE_SUCCESS || CU_register_suites(suites) != CUE_SUCCESS)
        return 2;
    CU_basic_set_mode(CU_BRM_NORMAL);
    int unknown = argc > 1 ? run_named(suite, argv[1]) : (CU_basic_run_tests(), 0);
    unsigned failed = CU_get_number_of_failures();
    unsigned ran = CU_get_number_of_tests_run();
    CU_cleanup_registry();
    return unknown || failed || !ran ? 1 : 0;
}
