#include "exercise_weave.h"

#include <stdio.h>
#include <stdlib.h>

#include "../core/exercise_match.h"
#include "file_read.h"
#include "ini_weave.h"
#include "load_exercise.h"
#include "message_fail.h"
#include "save_exercise.h"

/* A text of ours and its lines; owned. */
struct page {
    char *text;
    size_t n;
    struct plumb_ini_lines lines;
};

static void page_free(struct page *page)
{
    if (page->lines.lines)
        plumb_ini_lines_free(&page->lines);
    free(page->text);
}

static int page_read(struct page *page, const char *name, struct plumb_message *message)
{
    return plumb_ini_lines_read(&page->lines, name, page->text, page->n, message);
}

typedef int writer(const struct plumb_exercise *, char **, size_t *, struct plumb_message *);

static int page_write(
    struct page *page, const struct plumb_exercise *exercise, writer *write, struct plumb_message *message)
{
    int fail = write(exercise, &page->text, &page->n, message);
    return fail ? fail : page_read(page, exercise->id, message);
}

static int
page_load(struct page *page, struct plumb_exercise *was, const char *path, struct plumb_message *message)
{
    int fail = plumb_file_read(&page->text, &page->n, path, PLUMB_INI_FILE_N, message);
    if (!fail)
        fail = plumb_exercise_read(was, path, page->text, page->n, message);
    return fail ? fail : page_read(page, path, message);
}

static int to_text(const struct plumb_ini_weave *weave, char **text, size_t *n, struct plumb_message *message)
{
    *text = NULL;
    FILE *to = open_memstream(text, n);
    if (!to)
        return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    plumb_ini_weave(to, weave);
    int lost = ferror(to) != 0;
    lost |= fclose(to) != 0;
    if (!lost)
        return 0;
    free(*text);
    *text = NULL;
    return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
}

int plumb_exercise_weave(
    const struct plumb_exercise *exercise, const char *like, char **text, size_t *n,
    struct plumb_message *message)
{
    struct plumb_exercise before;
    struct page old = {0}, was = {0}, plain = {0}, full = {0}, now = {0};
    int was_of[PLUMB_EXERCISE_STEPS_N];
    int fail = page_load(&old, &before, like, message);
    if (!fail)
        fail = page_write(&was, &before, plumb_exercise_write_every, message);
    if (!fail)
        fail = page_write(&plain, &before, plumb_exercise_write, message);
    if (!fail)
        fail = page_write(&full, exercise, plumb_exercise_write_every, message);
    if (!fail)
        fail = page_write(&now, exercise, plumb_exercise_write, message);
    if (!fail) {
        plumb_exercise_match(&before, exercise, was_of);
        fail = to_text(
            &(struct plumb_ini_weave){
                &old.lines, &was.lines.ini, &plain.lines.ini, &full.lines, &now.lines, "step", was_of},
            text, n, message);
    }
    page_free(&old);
    page_free(&was);
    page_free(&plain);
    page_free(&full);
    page_free(&now);
    return fail;
}
