// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QHash>
#include <QLabel>
#include <QString>

namespace halfopen {

/// A label of plain text in a column of a given width, for a text that often changes. It wants no width of its own: a QLabel
/// would lay its text out in several widths to find one that looks well, and again each time a layout asks how high it is.
class WrappedLabel : public QLabel {
    Q_OBJECT
public:
    explicit WrappedLabel(QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    int heightForWidth(int width) const override;

private:
    mutable QString m_measured; ///< the text that takes m_heights in m_font
    mutable QFont m_font;
    mutable QHash<int, int> m_heights; ///< by width
};

} // namespace halfopen
