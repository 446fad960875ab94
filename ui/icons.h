// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace halfopen {

/// The icon resources/icons/<word>.svg in the theme's text colour. It follows a change of the theme and of the
/// scale factor by itself, because it is drawn when it is asked for. An unknown word gives an empty icon.
QIcon themedIcon(const QString &word);

} // namespace halfopen
