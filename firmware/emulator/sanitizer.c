/* Read by LeakSanitizer in sanitized builds, unused in others: libsimavr 1.6 never frees the names and hooks
 * of its signals, which live as long as the process. Leaks of our own are still found. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libsimavr.so\n";
}

const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
