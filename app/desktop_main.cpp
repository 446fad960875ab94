// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    if (const auto themed = halfopen::applyTheme(app, halfopen::ThemeKind::System); !themed) {
        std::fprintf(stderr, "halfopen-lab: %s\n", themed.error().message.c_str());
        return 2;
    }
    return 0;
}
