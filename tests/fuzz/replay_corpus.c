/* replay_corpus.c - runs every file of a folder through a fuzz target, without libFuzzer
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>

#include "fuzz.h"

int main(int argc, char **argv) {
  GError *error = NULL;
  GDir *folder = argc == 2 ? g_dir_open(argv[1], 0, &error) : NULL;
  if (!folder) {
    fprintf(stderr, "usage: %s FOLDER%s%s\n", argv[0], error ? ": " : "",
            error ? error->message : "");
    return 1;
  }
  guint count = 0;
  for (const char *name; (name = g_dir_read_name(folder)); count++) {
    char *path = g_build_filename(argv[1], name, NULL);
    char *bytes;
    gsize length;
    if (!g_file_get_contents(path, &bytes, &length, &error))
      g_error("%s", error->message);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes, length);
    g_free(bytes);
    g_free(path);
  }
  g_dir_close(folder);
  printf("%u seeds replayed\n", count);
  return count > 0 ? 0 : 1;
}
