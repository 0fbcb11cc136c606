/* analysis_options_private.h - what only the analysis itself reads from its options
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ANALYSIS_OPTIONS_PRIVATE_H
#define HG_ANALYSIS_ANALYSIS_OPTIONS_PRIVATE_H

#include "analysis.h"

G_BEGIN_DECLS

/* HgParameter -> double: the parameters that were set. Borrowed. */
GHashTable *hg_analysis_options_parameters(const HgAnalysisOptions *options);

G_END_DECLS
#endif
