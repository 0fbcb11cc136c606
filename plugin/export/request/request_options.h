/* request_options.h - the table of options, from which parser and help are made
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REQUEST_OPTIONS_H
#define HG_EXPORT_REQUEST_OPTIONS_H

#include "request.h"

G_BEGIN_DECLS

/* A request under construction (request builder). */
typedef struct {
  HgRequest *request;
  const struct HgOption *options; /* the table of options, for help= */
  /* format of a format= whose export= has not come yet; NULL: none */
  const HgFormat *format;
  GPtrArray *suspects;  /* char * */
  GPtrArray *protocols; /* char * */
  GPtrArray *baselines; /* char *: paths */
  GArray *home;         /* HgNetwork */
} HgRequestBuilder;

typedef struct HgOption {
  const char *name;
  const char *argument; /* form of the value, as help shows it; NULL: it takes none */
  gboolean repeatable;
  const char *help; /* one sentence or more; hg_request_help wraps them */

  /* Parses the value, which has no escapes any more. FALSE and `error` (G_OPTION_ERROR) without the
   * name of the option, which the caller adds. */
  gboolean (*parse)(HgRequestBuilder *builder, const char *value, GError **error);
} HgOption;

/* Ended by an entry without a name; in the order of help. The caps are options, too: see hg_caps.
 */
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
