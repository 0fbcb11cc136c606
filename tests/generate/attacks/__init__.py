"""Attacks, one theme a file: each file's KINDS maps the name of a kind to a function of a Scene.

SPDX-License-Identifier: GPL-2.0-or-later
"""
