/*
 * findings.c - what verify, backup and rebuild tell: findings as they are made,
 * and a summary at the end.
 */
#include "findings.h"

#include <inttypes.h>
#include <stdio.h>

#include "format.h"
#include "json.h"
#include "message.h"
#include "signals.h"
#include "text.h"

void cli_findings_open(cli_findings *self, const cli *program, const char *work,
                       const char *label, bool is_json)
{
    *self = (cli_findings){
        .label = label, .is_json = is_json, .is_quiet = program->is_quiet};
    cli_progress_open(&self->progress, program, work);
}

static const char *get_text_or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

static void print_json(const wfs_finding *finding)
{
    cli_json json;

    cli_json_begin(&json);
    cli_json_put_text(&json, "finding", wfs_finding_kind_name(finding->kind));
    cli_json_put_text(&json, "id", get_text_or_null(finding->id));
    cli_json_put_text(&json, "filename", get_text_or_null(finding->filename));
    cli_json_put_text(&json, "detail", finding->detail);
    cli_json_end(&json);
}

/* "missing     recording_20240115_140456_take-1.webm: there is no file" */
static void print_text(const wfs_finding *finding)
{
    const char *subject =
        finding->filename[0] != '\0' ? finding->filename : finding->id;

    printf("%-11s ", wfs_finding_kind_name(finding->kind));
    if (subject[0] != '\0') {
        (void)cli_text_put(stdout, subject, SIZE_MAX);
        (void)fputs(": ", stdout);
    }
    (void)cli_text_put(stdout, finding->detail, SIZE_MAX);
    (void)putchar('\n');
}

bool cli_findings_print(void *data, const wfs_finding *finding)
{
    cli_findings *self = data;

    cli_progress_clear(&self->progress);
    if (self->is_json) {
        print_json(finding);
    } else {
        print_text(finding);
    }
    (void)fflush(stdout);
    return !cli_signals_is_interrupted() &&
           !(self->may_stop && cli_signals_is_pipe_broken());
}

/* A name as a member of JSON has it: one word. */
static void put_figure(cli_json *json, const cli_figure *figure)
{
    char name[32];

    (void)snprintf(name, sizeof name, "%s", figure->name);
    for (char *at = name; *at != '\0'; at++) {
        *at = *at == ' ' ? '_' : *at;
    }
    cli_json_put_number(json, name, figure->value);
}

static void print_summary_json(const cli_findings *self, uint64_t bytes,
                               const cli_figure *figures, size_t count)
{
    cli_json json;

    cli_json_begin(&json);
    for (size_t i = 0; i < count; i++) {
        put_figure(&json, &figures[i]);
        if (i == 0) {
            cli_json_put_number(&json, "bytes", bytes);
        }
    }
    if (self->aside != NULL) {
        cli_json_put_text(&json, "aside", get_text_or_null(self->aside));
    }
    cli_json_end(&json);
}

/* "recordings: 12 (1.2 GiB), missing: 1" */
static void print_summary(const cli_findings *self, uint64_t bytes,
                          const cli_figure *figures, size_t count)
{
    char size[CLI_FORMAT_BYTES];

    cli_format_size(size, bytes);
    printf("%s: %" PRIu64 " (%s)", figures[0].name, figures[0].value, size);
    for (size_t i = 1; i < count; i++) {
        if (figures[i].value > 0) {
            printf(", %s: %" PRIu64, figures[i].name, figures[i].value);
        }
    }
    (void)putchar('\n');
    if (self->aside != NULL && self->aside[0] != '\0') {
        printf("set aside under names with %s\n", self->aside);
    }
}

static bool is_amiss(const cli_figure *figures, size_t count)
{
    uint64_t amiss = 0;

    for (size_t i = 0; i < count; i++) {
        amiss += figures[i].is_amiss ? figures[i].value : 0;
    }
    return amiss > 0;
}

cli_exit cli_findings_close(cli_findings *self, wfs_status status,
                            const wfs_error *error, uint64_t bytes,
                            const cli_figure *figures, size_t count)
{
    bool has_begun = status == WFS_OK || status == WFS_ECANCELED;

    cli_progress_clear(&self->progress);
    if (has_begun && !self->is_quiet && self->is_json) {
        print_summary_json(self, bytes, figures, count);
    } else if (has_begun && !self->is_quiet) {
        print_summary(self, bytes, figures, count);
    }
    if (status != WFS_OK) {
        return cli_message_fail(self->label, error);
    }
    return is_amiss(figures, count) ? CLI_FINDINGS : CLI_DONE;
}
