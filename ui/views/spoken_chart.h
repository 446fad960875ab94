// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QString>

namespace halfopen {

/// A widget that draws what it has to say, and says it to those who cannot see it. A widget class inherits this beside
/// QWidget; its accessible name and description are set as for any widget.
class SpokenChart {
public:
    virtual ~SpokenChart() = default;
    /// What is drawn, in words and figures; empty when nothing is. Asked for when somebody listens.
    virtual QString spoken() const = 0;
    virtual QAccessible::Role spokenRole() const { return QAccessible::Chart; }
};

/// A widget that draws a text by itself, where a QLabel would be too slow. To screen readers it is the same: its text is its name,
/// or its description where it has an accessible name of its own. Inherited beside QWidget, too.
class SpokenText {
public:
    virtual ~SpokenText() = default;
    virtual QString spokenText() const = 0;
};

/// Makes Qt give every SpokenChart and SpokenText to screen readers with its role and words. Once is enough, again does no harm.
void installSpokenCharts();

} // namespace halfopen
