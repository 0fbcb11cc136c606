/* dns_random.c - tells generated labels (DGA) from those that people choose
 *
 * After Yadav, Reddy, Reddy and Ranjan, "Detecting Algorithmically Generated Malicious Domain
 * Names" (IMC 2010): names that people choose have the letter pairs of their languages; in names
 * that a generator draws, all pairs are equally frequent.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/dns_name.h"

/* How many times rarer a pair of letters is than if all pairs were equally frequent, as a power of
 * two. 0: as frequent or more; 9: 512 times rarer and more, or never seen. Of five languages, the
 * one in which the pair is most frequent counts. Counted over SCOWL's American English and the
 * French, Italian, German and Spanish word lists of ispell and its successors, without accents.
 * Row: first letter; column: second letter. */
static const char rarity[26][27] = {
    "30002000000000301000001200", /* a */
    "00440313043043058001043922", /* b */
    "06060760090064062010079916", /* c */
    "03410413045132046003033925", /* d */
    "00000000000000002000000000", /* e */
    "03650024084043048010063922", /* f */
    "02850400062030058000064924", /* g */
    "02540324072000047000040913", /* h */
    "00000003311000000000005260", /* i */
    "09990999199999099989199999", /* j */
    "03650433074041047000044923", /* k */
    "01100213052000024300024602", /* l */
    "00330324093203007411054924", /* m */
    "00000001020120022100011510", /* n */
    "00001101011000001000000212", /* o */
    "04450060075045009000095928", /* p */
    "79999999699799999999099999", /* q */
    "00000000040000012000011600", /* r */
    "00020000051001002200001911", /* s */
    "01140210063022038000022900", /* t */
    "00000000022000103000613142", /* u */
    "09870788099598089147319949", /* v */
    "04630561074251059225196957", /* w */
    "28392784296788427972467547", /* x */
    "13231444175222229213273575", /* y */
    "03370435095343055641051940", /* z */
};

/* 5 of 100 names of free software lie above this mean (they are often several short forms in a row,
 * so rarer than most domains), but 7 to 9 of 10 labels of 7 to 18 letters drawn at random. */
#define RARE 1.5
/* Too few pairs prove nothing. */
#define MIN_PAIRS 5
/* Changes between letters and digits. People change less often: "mp3", "web2print4u". */
#define MANY_TURNS 4

gboolean hg_dns_label_looks_random(const char *label, gsize length) {
  guint pairs = 0, sum = 0, turns = 0;
  if (length >= 4 && label[2] == '-' && label[3] == '-')
    return FALSE; /* an internationalised label is an encoding of what its owner wrote (RFC 5891) */
  for (gsize i = 1; i < length; i++) {
    const char a = label[i - 1], b = label[i];
    if (g_ascii_islower(a) && g_ascii_islower(b)) {
      pairs++;
      sum += (guint)(rarity[a - 'a'][b - 'a'] - '0');
    }
    turns +=
        (g_ascii_islower(a) && g_ascii_isdigit(b)) || (g_ascii_isdigit(a) && g_ascii_islower(b));
  }
  return (pairs >= MIN_PAIRS && (double)sum / pairs > RARE) || turns >= MANY_TURNS;
}
