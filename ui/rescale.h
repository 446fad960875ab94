// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QMargins>
#include <QPointer>
#include <QSize>

class QLayout;
class QWidget;

namespace halfopen {

/// The sizes that widgets were given in pixels (fonts, bounds, margins, icons, rows and columns), made larger for a while and
/// then given back exactly: nothing is rounded twice. What follows the application's font and style is not touched.
class WidgetScale {
public:
    /// Takes down the sizes of all widgets below \a root. Before the theme becomes larger.
    void remember(QWidget *root);
    /// Makes them \a ratio times as large, after the theme has become so. What comes below \a root later is made in the sizes
    /// of the larger theme by itself.
    void enlarge(double ratio);
    /// Takes down how large they are now. Before the theme goes back.
    void beforeBack();
    /// Gives every widget the size that it had. One that has another size than it was given by enlarge() keeps it in the old
    /// proportion, unless it has set a new one with the theme.
    void giveBack();

private:
    struct LayoutSizes {
        QPointer<QLayout> layout;
        QMargins margins;
        int spacing = -1;
    };
    struct Sizes {
        QPointer<QWidget> widget;
        int font = 0; ///< pixels; 0 = the application's
        QSize least;
        QSize most;
        QSize icon;   ///< of buttons with one
        int rows = 0; ///< height of those of a table
        QList<int> columns;
        QList<LayoutSizes> layouts;
    };
    static Sizes read(QWidget *widget);
    static void readLayout(QLayout *layout, QList<LayoutSizes> &into);
    static Sizes scaledBy(const Sizes &sizes, double ratio);
    /// Writes what differs from \a now.
    static void write(const Sizes &sizes, const Sizes &now);
    static void refreshHints(const QHash<QWidget *, Sizes> &all);

    QPointer<QWidget> m_root;
    double m_ratio = 1;
    QHash<QWidget *, Sizes> m_before;
    QHash<QWidget *, Sizes> m_enlarged;
    QHash<QWidget *, Sizes> m_beforeBack;
};

} // namespace halfopen
