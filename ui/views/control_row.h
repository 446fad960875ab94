// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace halfopen {

/// What stands above a chart in one line: a caption at the left, controls at the right. When it gets narrow the caption gives
/// way first, then the controls shrink to their least widths, all alike, and the key of the chart comes last: without it the
/// colours mean nothing.
class ControlRow : public QWidget {
    Q_OBJECT
public:
    explicit ControlRow(QWidget *caption, QWidget *parent = nullptr);

    /// At the right end. \a isKey: it shrinks when all others have.
    void add(QWidget *control, bool isKey = false);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Control {
        QWidget *widget;
        bool isKey;
    };
    /// With margins and gaps; \a isLeast: as narrow as can be.
    QSize sizeOfAll(bool isLeast) const;
    std::vector<int> widthsFor(int room) const;
    void place();

    QWidget *m_caption;
    std::vector<Control> m_controls;
};

} // namespace halfopen
