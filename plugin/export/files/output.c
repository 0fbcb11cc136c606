/* output.c - output streams that keep their first error
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "output_private.h"

/* How many bytes are buffered before they are written to the stream. */
#define BUFFER_SIZE (64 * 1024)

struct HgOutput {
  GString *buffer;
  FILE *stream;   /* NULL: everything stays in `buffer` */
  gboolean owned; /* the stream is closed with the output */
  char *name;     /* for messages */
  int error;      /* errno of the first failure; 0: none */
};

static HgOutput *output_new(FILE *stream, const char *name, gboolean owned) {
  HgOutput *output = g_new0(HgOutput, 1);
  output->buffer = g_string_sized_new(stream ? BUFFER_SIZE + 4096 : 4096);
  output->stream = stream;
  output->owned = owned;
  output->name = g_strdup(name);
  return output;
}

HgOutput *hg_output_new_stream(FILE *stream, const char *name) {
  return output_new(stream, name, FALSE);
}

HgOutput *hg_output_new_owned(FILE *stream, const char *name) {
  return output_new(stream, name, TRUE);
}

HgOutput *hg_output_new_string(void) {
  return output_new(NULL, "", FALSE);
}

static void output_free(HgOutput *output) {
  if (output->buffer)
    g_string_free(output->buffer, TRUE);
  g_free(output->name);
  g_free(output);
}

char *hg_output_take_string(HgOutput *output) {
  char *text = g_string_free(output->buffer, FALSE);
  output->buffer = NULL;
  output_free(output);
  return text;
}

static void fail(HgOutput *output) {
  if (output->error == 0)
    output->error = errno ? errno : EIO;
}

/* Writes the buffer to the stream. */
static void drain(HgOutput *output) {
  GString *buffer = output->buffer;
  errno = 0;
  if (output->error == 0 && buffer->len > 0 &&
      fwrite(buffer->str, 1, buffer->len, output->stream) != buffer->len)
    fail(output);
  g_string_truncate(buffer, 0);
}

static void drain_if_full(HgOutput *output) {
  if (output->stream && output->buffer->len >= BUFFER_SIZE)
    drain(output);
}

void hg_output_write(HgOutput *output, const char *bytes, gsize length) {
  if (output->error)
    return;
  g_string_append_len(output->buffer, bytes, (gssize)length);
  drain_if_full(output);
}

void hg_output_puts(HgOutput *output, const char *text) {
  hg_output_write(output, text, strlen(text));
}

void hg_output_printf(HgOutput *output, const char *format, ...) {
  if (output->error)
    return;
  va_list arguments;
  va_start(arguments, format);
  g_string_append_vprintf(output->buffer, format, arguments);
  va_end(arguments);
  drain_if_full(output);
}

void hg_output_set_error(GError **error, const char *name, int reason) {
  char *shown = g_filename_display_name(name);
  g_set_error(error, G_FILE_ERROR, (gint)g_file_error_from_errno(reason), "cannot write %s: %s",
              shown, g_strerror(reason));
  g_free(shown);
}

/* Pipes and some file systems cannot sync. */
static gboolean sync_stream(FILE *stream) {
  return fsync(fileno(stream)) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
}

gboolean hg_output_close(HgOutput *output, GError **error) {
  if (output->stream) {
    drain(output);
    errno = 0;
    if (fflush(output->stream) != 0 || ferror(output->stream))
      fail(output);
    if (output->owned && output->error == 0 && !sync_stream(output->stream))
      fail(output);
    if (output->owned && fclose(output->stream) != 0)
      fail(output);
  }
  const int reason = output->error;
  if (reason)
    hg_output_set_error(error, output->name, reason);
  output_free(output);
  return reason == 0;
}
