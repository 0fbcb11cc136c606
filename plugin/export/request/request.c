/* request.c - parses the options of a request and checks them against each other
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "request.h"

#include "append.h"
#include "request_baseline.h"
#include "request_options.h"

#include <stdlib.h>
#include <string.h>

/* --- creation and release --- */

static void export_free(gpointer data) {
  HgExport *const target = data;
  g_free(target->path);
  g_free(target);
}

static void trace_free(gpointer data) {
  HgTraceRequest *const trace = data;
  g_free(trace->address);
  g_free(trace);
}

static HgRequest *request_new(void) {
  HgRequest *const request = g_new0(HgRequest, 1);
  request->exports = g_ptr_array_new_with_free_func(export_free);
  hg_tally_options_init(&request->tally);
  request->analysis = hg_analysis_options_new();
  request->report.traces = g_ptr_array_new_with_free_func(trace_free);
  request->report.top = 20;
  request->known = g_ptr_array_new_with_free_func((GDestroyNotify)hg_known_packets_free);
  request->text = TRUE;
  request->progress = -1;
  return request;
}

void hg_request_free(HgRequest *request) {
  if (!request)
    return;
  g_ptr_array_unref(request->exports);
  hg_tally_options_clear(&request->tally);
  g_ptr_array_unref(request->known);
  hg_analysis_options_free(request->analysis);
  g_strfreev(request->report.suspects);
  g_ptr_array_unref(request->report.traces);
  g_free(request->filter);
  hg_tally_free(request->baseline);
  hg_pseudonyms_free(request->pseudonyms);
  if (request->answer)
    g_string_free(request->answer, TRUE);
  g_free(request);
}

/* --- one option --- */

/* Returns the text up to the next comma or, if `stop` is not 0, up to that character, without
 * escapes. Moves `text` to where it stopped. (transfer full) */
static char *take_until(const char **text, char stop) {
  GString *const taken = g_string_new(NULL);
  const char *at = *text;
  for (; *at != '\0' && *at != ',' && (stop == '\0' || *at != stop); at++) {
    if (at[0] == '\\' && (at[1] == ',' || at[1] == '\\'))
      at++;
    g_string_append_c(taken, *at);
  }
  *text = at;
  return g_string_free(taken, FALSE);
}

static const HgOption *find_option(const char *name) {
  for (const HgOption *option = hg_options; option->name; option++) {
    if (strcmp(option->name, name) == 0)
      return option;
  }
  return NULL;
}

/* HG_CAP_COUNT: no such cap. */
static HgCap find_cap(const char *name) {
  guint cap = 0;
  while (cap < HG_CAP_COUNT && strcmp(hg_caps[cap].name, name) != 0)
    cap++;
  return (HgCap)cap;
}

static gboolean fail(GError **error, const char *name, const char *message) {
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s%s", name, message);
  return FALSE;
}

static gboolean unknown_option(const char *name, GError **error) {
  g_autofree char *names = hg_option_names();
  if (*name == '\0')
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                "an option without a name; valid are: %s", names);
  else
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                "unknown option '%s'; valid are: %s", name, names);
  return FALSE;
}

/* Checks the use of the option before its value is parsed. `value` NULL: there was no "=". */
static gboolean check_use(const HgRequestBuilder *builder, const char *name, const HgOption *option,
                          const char *value, GHashTable *seen, GError **error) {
  const char *const argument = option ? option->argument : "N";
  if (builder->format && strcmp(name, "export") != 0)
    return fail(error, "format=", " must stand right before an export=");
  if ((!option || !option->repeatable) && g_hash_table_contains(seen, name))
    return fail(error, name, argument ? "= may be given only once" : " may be given only once");
  if (argument && (!value || *value == '\0')) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s= needs a value: %s=%s", name,
                name, argument);
    return FALSE;
  }
  if (!argument && value)
    return fail(error, name, " takes no value");
  return TRUE;
}

/* `value` NULL: there was no "=". */
static gboolean parse_option(HgRequestBuilder *builder, const char *name, const char *value,
                             GHashTable *seen, GError **error) {
  const HgOption *const option = find_option(name);
  const HgCap cap = find_cap(name);
  if (!option && cap == HG_CAP_COUNT)
    return unknown_option(name, error);
  if (!check_use(builder, name, option, value, seen, error))
    return FALSE;
  g_hash_table_add(seen, g_strdup(name));
  const gboolean good = option ? option->parse(builder, value, error)
                               : hg_option_parse_cap(builder, cap, value, error);
  if (!good)
    g_prefix_error(error, "%s=%s: ", name, value);
  return good;
}

/* Parses all options of a text; "" and NULL: none. An option that is not repeatable may occur once
 * in a text. */
static gboolean parse_all(HgRequestBuilder *builder, const char *text, GError **error) {
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  while (text && (*text != '\0' || g_hash_table_size(seen) > 0)) {
    g_autofree char *name = take_until(&text, '=');
    g_autofree char *value = NULL;
    if (*text == '=') {
      text++;
      /* A display filter contains commas and backslashes, so it takes the rest of the text. */
      value = strcmp(name, "filter") == 0 ? g_strdup(text) : take_until(&text, '\0');
      if (strcmp(name, "filter") == 0)
        text += strlen(text);
    }
    if (!parse_option(builder, name, value, seen, error))
      return FALSE;
    if (*text == '\0')
      break;
    text++;
  }
  return !builder->format || fail(error, "format=", " must stand right before an export=");
}

/* --- targets --- */

/* A key that is equal for two paths to the same file; NULL: it is no regular file, so it may be
 * shared. The folder of `path` exists. (transfer full) */
static char *identity(const char *path) {
  if (g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  char *const itself = realpath(path, NULL);
  g_autofree char *folder = g_path_get_dirname(path);
  g_autofree char *name = g_path_get_basename(path);
  char *const real_folder = itself ? NULL : realpath(folder, NULL);
  char *const key =
      itself ? g_strdup(itself) : g_build_filename(real_folder ? real_folder : folder, name, NULL);
  free(itself);
  free(real_folder);
  return key;
}

/* Checks one file. `owners` maps such a key to the export that writes the file. */
static gboolean check_target(const HgExport *target, const char *path, GHashTable *owners,
                             GError **error) {
  if (!hg_format_check_target(target->format, path, error))
    return FALSE;
  char *const key = identity(path);
  if (!key)
    return TRUE;
  const HgExport *const owner = g_hash_table_lookup(owners, key);
  if (owner) {
    g_free(key);
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "export=%s writes %s too",
                owner->path, path);
    return FALSE;
  }
  g_hash_table_insert(owners, key, (gpointer)target);
  return TRUE;
}

/* Checks that every file of every export can be written and that none is written twice. */
static gboolean check_targets(const HgRequest *request, GError **error) {
  g_autoptr(GHashTable) owners = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < request->exports->len; i++) {
    const HgExport *const target = request->exports->pdata[i];
    g_auto(GStrv) paths = hg_format_targets(target->format, target->path);
    for (guint j = 0; paths[j]; j++) {
      g_autoptr(GError) problem = NULL;
      if (!check_target(target, paths[j], owners, &problem)) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "export=%s: %s", target->path,
                    problem->message);
        return FALSE;
      }
    }
  }
  return TRUE;
}

/* Checks that no baseline is replaced: the known-normal traffic would be lost. Adding to it is
 * allowed. */
static gboolean check_kept(const HgRequest *request, const GPtrArray *baselines, GError **error) {
  for (guint i = 0; i < baselines->len; i++) {
    const char *const path = baselines->pdata[i];
    g_autofree char *known = identity(path);
    for (guint j = 0; known && j < request->exports->len; j++) {
      const HgExport *const target = request->exports->pdata[j];
      g_autofree char *written = identity(target->path);
      if (g_strcmp0(known, written) != 0 ||
          (request->append != HG_APPEND_NO && target->format->load))
        continue;
      g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                  "export=%s would replace the baseline; append=yes adds to it", target->path);
      return FALSE;
    }
  }
  return TRUE;
}

/* Checks that a tally with these options can be added to the target, and reads which packets it has. */
static gboolean read_known(HgRequest *request, const HgExport *target,
                           const HgTallyOptions *options, GError **error) {
  guint64 key[2];
  if (!g_file_test(target->path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (request->pseudonyms)
    hg_pseudonyms_hash_key(request->pseudonyms, HG_KNOWN_PACKETS_PURPOSE, key);
  HgKnownPackets *const known =
      target->format->load_known(target->path, options, request->pseudonyms ? key : NULL, error);
  if (known)
    g_ptr_array_add(request->known, known);
  return known != NULL;
}

/* Checks that exports can be added to if append= asks for it, and reads which packets they have; append=
 * without any such export is an error. */
static gboolean check_append(HgRequest *request, GError **error) {
  gboolean any = FALSE;
  HgTallyOptions options = request->tally;
  if (request->pseudonyms)
    hg_pseudonyms_stamp(request->pseudonyms, options.pseudonyms);
  for (guint i = 0; request->append != HG_APPEND_NO && i < request->exports->len; i++) {
    const HgExport *const target = request->exports->pdata[i];
    g_autoptr(GError) problem = NULL;
    if (!target->format->load)
      continue;
    any = TRUE;
    if (!read_known(request, target, &options, &problem)) {
      g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "export=%s: %s", target->path,
                  problem->message);
      return FALSE;
    }
  }
  request->tally.known = request->known;
  return any || request->append == HG_APPEND_NO ||
         fail(error, request->append == HG_APPEND_NEW ? "append=new" : "append=yes",
              ": no export= can be added to; valid is a file of format sqlite");
}

/* Stores keep the fingerprints of packets. */
static gboolean writes_store(const HgRequest *request) {
  for (guint i = 0; i < request->exports->len; i++)
    if (((const HgExport *)request->exports->pdata[i])->format->load)
      return TRUE;
  return FALSE;
}

/* --- the whole request --- */

/* The strings as a strv; NULL: there are none. Takes the array. */
static char **to_strv(GPtrArray *strings) {
  if (strings->len == 0) {
    g_ptr_array_unref(strings);
    return NULL;
  }
  g_ptr_array_add(strings, NULL);
  return (char **)g_ptr_array_free(strings, FALSE);
}

/* Whole Info texts would show what pseudonyms hide. Without evidence there are none. */
static gboolean settle_info(HgRequest *request, GError **error) {
  if (request->tally.full_info && request->pseudonyms)
    return fail(error, "info=full",
                " and pseudonyms= exclude each other: whole Info texts show what "
                "pseudonyms hide; valid is info=safe");
  request->tally.full_info &= request->tally.evidence;
  return TRUE;
}

HgRequest *hg_request_parse(const char *options, GError **error) {
  return hg_request_parse_over(NULL, options, error);
}

static gboolean parse_defaults(HgRequestBuilder *builder, const char *defaults, GError **error) {
  if (parse_all(builder, defaults, error))
    return TRUE;
  g_prefix_error(error, "preferences: ");
  return FALSE;
}

HgRequest *hg_request_parse_over(const char *defaults, const char *options, GError **error) {
  HgRequest *const request = request_new();
  HgRequestBuilder builder = {.request = request,
                              .options = hg_options,
                              .suspects = g_ptr_array_new(),
                              .protocols = g_ptr_array_new(),
                              .baselines = g_ptr_array_new_with_free_func(g_free),
                              .home = g_array_new(FALSE, FALSE, sizeof(HgNetwork))};
  gboolean good = parse_defaults(&builder, defaults, error);
  const guint baselines = builder.baselines->len, home = builder.home->len;
  good = good && parse_all(&builder, options, error);
  /* options of this request replace those of the preferences */
  if (builder.baselines->len > baselines)
    g_ptr_array_remove_range(builder.baselines, 0, baselines);
  if (builder.home->len > home)
    g_array_remove_range(builder.home, 0, home);
  if (builder.home->len > 0)
    request->tally.home = g_array_ref(builder.home);
  hg_home_networks_settle_given(builder.home);
  g_array_unref(builder.home);
  request->report.filter = request->filter;
  request->report.suspects = to_strv(builder.suspects);
  request->tally.protocols = to_strv(builder.protocols);
  request->tally.fingerprints = writes_store(request);
  if (good && !request->answer)
    good = settle_info(request, error) && check_targets(request, error) &&
           check_append(request, error) && check_kept(request, builder.baselines, error) &&
           hg_request_read_baseline(request, builder.baselines, error);
  g_ptr_array_unref(builder.baselines);
  if (good)
    return request;
  hg_request_free(request);
  return NULL;
}
