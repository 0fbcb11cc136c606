/* main.c - runs tally, analysis and export over a script of packets, without Wireshark
 *
 *   hostgraph-replay OPTIONS [SCRIPT|-]
 *
 * OPTIONS as after `-z hostgraph,`; SCRIPT as script.h says (default: standard input).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"

#include "export/request/request.h"

#include <stdio.h>
#include <string.h>

static int fail(const char *message) {
  fprintf(stderr, "hostgraph: %s\n", message);
  return 1;
}

static char *read_script(const char *path, GError **error) {
  char *text = NULL;
  if (strcmp(path, "-") != 0)
    return g_file_get_contents(path, &text, NULL, error) ? text : NULL;
  GString *const input = g_string_new(NULL);
  char piece[4096];
  gsize length;
  while ((length = fread(piece, 1, sizeof piece, stdin)) > 0)
    g_string_append_len(input, piece, (gssize)length);
  return g_string_free(input, FALSE);
}

static gboolean replay(const HgRequest *request, const char *path, GError **error) {
  g_autofree char *script = read_script(path, error);
  if (!script)
    return FALSE;
  g_autofree char *name = strcmp(path, "-") == 0 ? NULL : g_path_get_basename(path);
  HgTallyBuilder *const builder = hg_tally_builder_new(&request->tally);
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
  const gboolean good =
      hg_script_read(builder, script, error) &&
      hg_request_run(request, hg_tally_finish(builder), name, stdout, notes, error);
  for (guint i = 0; i < notes->len; i++)
    fprintf(stderr, "hostgraph-replay: %s\n", (const char *)g_ptr_array_index(notes, i));
  hg_tally_builder_free(builder);
  return good;
}

static int run(const HgRequest *request, const char *path) {
  g_autoptr(GError) error = NULL;
  if (request->answer) {
    fputs(request->answer->str, stdout);
    return 0;
  }
  if (request->filter)
    return fail("filter=: a display filter needs Wireshark");
  return replay(request, path, &error) ? 0 : fail(error->message);
}

int main(int argc, char **argv) {
  g_autoptr(GError) error = NULL;
  if (argc < 2 || argc > 3)
    return fail("usage: hostgraph-replay OPTIONS [SCRIPT|-]");
  HgRequest *const request = hg_request_parse(argv[1], &error);
  if (!request)
    return fail(error->message);
  const int status = run(request, argc > 2 ? argv[2] : "-");
  hg_request_free(request);
  return status;
}
