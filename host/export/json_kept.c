#include "json_kept.h"

#include "job.h"

#define ASK_ROWS 64 /* a kept row is a second of bytes, some of them much more */

static void put_bytes(struct plumb_json_out *out, const struct plumb_kept_field *field)
{
    plumb_json_out_open(out, '{');
    plumb_json_out_name(out, "base64");
    plumb_json_out_bytes(out, field->bytes, field->n);
    plumb_json_out_shut(out, '}');
}

static void put_field(struct plumb_json_out *out, const struct plumb_kept_field *field)
{
    plumb_json_out_name(out, field->name);
    switch (field->kind) {
    case PLUMB_KEPT_INTEGER:
        plumb_json_out_integer(out, field->integer);
        return;
    case PLUMB_KEPT_REAL:
        plumb_json_out_exact(out, field->real);
        return;
    case PLUMB_KEPT_TEXT:
        plumb_json_out_text_n(out, field->bytes, field->n);
        return;
    case PLUMB_KEPT_BYTES:
        put_bytes(out, field);
        return;
    case PLUMB_KEPT_NOTHING:
        plumb_json_out_ready(out, "null");
    }
}

static void put_kept(struct plumb_json_out *out, const struct plumb_kept *row)
{
    plumb_json_out_open(out, '{');
    plumb_json_out_name(out, "table");
    plumb_json_out_text(out, row->table);
    for (int i = 0; i < row->fields_n; i++)
        put_field(out, &row->fields[i]);
    plumb_json_out_shut(out, '}');
}

int plumb_json_kept(
    struct plumb_json_out *out, const struct plumb_export_job *job, struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    struct plumb_kept row;
    int more, fail = dossier->kept ? dossier->rewind_kept(dossier->kept, message) : 0;
    if (fail || !dossier->kept)
        return fail;
    plumb_json_out_name(out, "kept");
    plumb_json_out_open(out, '[');
    for (int i = 0; !fail && !out->fail && (more = dossier->next_kept(dossier->kept, &row, message)); i++) {
        if (more < 0)
            return more;
        put_kept(out, &row);
        fail = i % ASK_ROWS ? 0 : plumb_job_ask(job, message);
    }
    plumb_json_out_shut(out, ']');
    return fail ? fail : out->fail;
}
