/* request_options.h - the table of options, from which parsing and help are made
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REQUEST_OPTIONS_H
#define HG_EXPORT_REQUEST_OPTIONS_H

#include "request.h"

G_BEGIN_DECLS

/* A request that is being put together. */
typedef struct {
  HgRequest *request;
  const struct HgOption *options; /* the table of options, for help= */
  const HgFormat *format;         /* of a format= that waits for its export=; NULL: none */
  GPtrArray *suspects;            /* char * */
  GPtrArray *protocols;           /* char * */
  GPtrArray *baselines;           /* char *: paths */
} HgRequestBuilder;

typedef struct HgOption {
  const char *name;
  const char *argument; /* form of the value as help shows it; NULL: takes none */
  gboolean repeatable;
  const char *help; /* one sentence or more, wrapped by hg_request_help */

  /* Takes the value, escapes already undone. FALSE and `error` (G_OPTION_ERROR) without the name
   * of the option, which the caller puts in front. */
  gboolean (*parse)(HgRequestBuilder *builder, const char *value, GError **error);
} HgOption;

/* Ended by one without a name; in the order of help. The caps are options too: see hg_caps. */
extern const HgOption hg_options[];

/* Sets a cap to `value`; errors as HgOption.parse. */
gboolean hg_option_parse_cap(HgRequestBuilder *builder, HgCap cap, const char *value,
                             GError **error);

/* The help text: these options, and all formats, caps and rules with their parameters, from the
 * tables. (transfer full) */
char *hg_request_help(const HgOption *options);

/* All option names, then those of the caps: "export, format, ...". (transfer full) */
char *hg_option_names(void);

G_END_DECLS
#endif
