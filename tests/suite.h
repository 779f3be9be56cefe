/* A test program is a list of named functions that CUnit runs. */
#ifndef PLUMB_TESTS_SUITE_H
#define PLUMB_TESTS_SUITE_H

#include <CUnit/CUnit.h>

/* Runs the tests ({name, function} pairs, ended by CU_TEST_INFO_NULL) as one suite, or only the one that
 * argv[1] names. Returns the exit code for main: 0 when all passed. */
int plumb_suite_run(const char *suite, CU_TestInfo *tests, int argc, char **argv);

#endif
