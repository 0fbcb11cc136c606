/* hidden.c - characters that nobody can see, or that put others out of their order
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "hidden.h"

/* By code point. Default_Ignorable_Code_Point as of Unicode 16 (DerivedCoreProperties.txt), in which
 * whole blocks are reserved for characters to come, so this does not depend on GLib's version of
 * Unicode. The two ranges that are not part of it say so. */
static const struct {
  gunichar first, last;
} ranges[] = {
    {0x00AD, 0x00AD},   /* soft hyphen */
    {0x034F, 0x034F},   /* combining grapheme joiner */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x115F, 0x1160},   /* Hangul fillers */
    {0x17B4, 0x17B5},   /* Khmer inherent vowels */
    {0x180B, 0x180F},   /* Mongolian variation selectors */
    {0x200B, 0x200F},   /* zero-width blank and joiners, marks of direction */
    {0x2028, 0x2029},   /* line and paragraph separator: not default ignorable */
    {0x202A, 0x202E},   /* embeddings and overrides of the direction */
    {0x2060, 0x206F},   /* word joiner, invisible operators, isolates of the direction */
    {0x3164, 0x3164},   /* Hangul filler */
    {0xFE00, 0xFE0F},   /* variation selectors */
    {0xFEFF, 0xFEFF},   /* zero-width no-break blank, byte order mark */
    {0xFFA0, 0xFFA0},   /* halfwidth Hangul filler */
    {0xFFF0, 0xFFF8},   /* reserved */
    {0xFFF9, 0xFFFB},   /* interlinear annotation: not default ignorable */
    {0x1BCA0, 0x1BCA3}, /* shorthand format controls */
    {0x1D173, 0x1D17A}, /* musical format controls */
    {0xE0000, 0xE0FFF}, /* tags, more variation selectors */
};

gboolean hg_is_hidden(gunichar c) {
  for (guint i = 0; i < G_N_ELEMENTS(ranges) && c >= ranges[i].first; i++)
    if (c <= ranges[i].last)
      return TRUE;
  return FALSE;
}

gsize hg_hidden_escape(gunichar c, char escape[HG_HIDDEN_ESCAPE]) {
  return (gsize)g_snprintf(escape, HG_HIDDEN_ESCAPE, c > 0xFFFF ? "\\U%08X" : "\\u%04X", c);
}
