/* irc.c - IRC: nothing is read but the words that its Info text shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const char *const commands[] = {
    "ADMIN",    "AUTHENTICATE", "AWAY",    "CAP",     "CONNECT", "DIE",     "ERROR",  "INFO",
    "INVITE",   "ISON",         "JOIN",    "KICK",    "KILL",    "LINKS",   "LIST",   "LUSERS",
    "MODE",     "MOTD",         "NAMES",   "NICK",    "NOTICE",  "OPER",    "PART",   "PASS",
    "PING",     "PONG",         "PRIVMSG", "QUIT",    "REHASH",  "RESTART", "SERVER", "SERVICE",
    "SERVLIST", "SQUERY",       "SQUIT",   "STATS",   "SUMMON",  "TIME",    "TOPIC",  "TRACE",
    "USER",     "USERHOST",     "USERS",   "VERSION", "WALLOPS", "WEBIRC",  "WHO",    "WHOIS",
    "WHOWAS",   NULL,
};
static const HgInfoPolicy info[] = {
    {"IRC", HG_INFO_COMMAND, commands},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_irc = {
    .id = "irc",
    .title = "IRC",
    .what = "nothing but the Info text, of which passwords are cut off",
    .info = info,
};
