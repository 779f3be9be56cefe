#include "catalogue.h"

#include <dirent.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../io/message_fail.h"
#include "../../io/own_place.h"
#include "tongue_here.h"

#define DOMAIN  "plumb"
#define ENGLISH "en"
#define NEUTRAL "C.UTF-8" /* of every C library of today: gettext asks LANGUAGE in any locale but plain C */
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_@"
#define LIST_N  200

/* As installed, or where they were built. */
static void find_folder(char folder[PLUMB_PATH_N])
{
    if (plumb_own_place(PLUMB_LOCALE_WAY, folder))
        snprintf(folder, PLUMB_PATH_N, "%s", PLUMB_LOCALE_BUILT);
}

void plumb_catalogue_bind(void)
{
    char folder[PLUMB_PATH_N];
    find_folder(folder);
    bindtextdomain(DOMAIN, folder);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    textdomain(DOMAIN);
}

static int is_there(const char *folder, const char *code)
{
    char path[2 * PLUMB_PATH_N];
    snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/" DOMAIN ".mo", folder, code);
    return *code && code[strspn(code, LETTERS)] == '\0' && access(path, R_OK) == 0;
}

/* "en, de" */
static void list_all(char list[LIST_N], const char *folder)
{
    size_t n = (size_t)snprintf(list, LIST_N, ENGLISH);
    DIR *all = opendir(folder);
    const struct dirent *entry;
    while (all && (entry = readdir(all)))
        if (is_there(folder, entry->d_name) && n + strlen(entry->d_name) + 3 < LIST_N)
            n += (size_t)snprintf(list + n, LIST_N - n, ", %s", entry->d_name);
    if (all)
        closedir(all);
}

int plumb_catalogue_use(const char *code, struct plumb_tongue *tongue, struct plumb_message *message)
{
    char folder[PLUMB_PATH_N], list[LIST_N];
    *tongue = plumb_tongue_here;
    if (strcmp(code, ENGLISH) == 0)
        return 0;
    find_folder(folder);
    if (!is_there(folder, code)) {
        list_all(list, folder);
        return plumb_message_fail(
            message, PLUMB_USAGE, "there is no language \"%.20s\"; there are: %s", code, list);
    }
    if (!setlocale(LC_MESSAGES, NEUTRAL) || setenv("LANGUAGE", code, 1))
        return plumb_message_fail(
            message, PLUMB_FAILED,
            "the locale " NEUTRAL " is missing here: without it there is only English");
    plumb_catalogue_bind();
    tongue->words = code;
    return 0;
}
