// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QMenu;

namespace halfopen {

/// Fills \a menu with the scenarios of \a folder, one menu more for each folder in it; \a leaveOut names folders that are
/// not offered. What a scenario asks is its tool tip. \a open gets the path of the one that was chosen.
/// Returns how many there are; the menu of none says so.
int fillScenarioMenu(QMenu *menu, const QString &folder, const std::function<void(const QString &)> &open,
                     const QStringList &leaveOut = {});

} // namespace halfopen
