// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/spoken_chart.h"

#include <QWidget>

namespace halfopen {

/// A line of secondary text that gives way: a brief form takes its place, it is cut with an ellipsis, or left out where there
/// is no room for more than a few letters of it, and a change never moves its neighbours. The tool tip has what was cut.
class ElidedLabel : public QWidget, public SpokenText {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    void setText(const QString &text, const QString &brief = {});
    const QString &text() const { return m_text; }
    /// It is a reading, as Readout::inOneLine() makes it: in the text colour, and whole values are left out at the end, so that
    /// no number is cut.
    void setReading();
    QSize sizeHint() const override;
    QString spokenText() const override { return m_text; }
    /// What of the text is drawn in the present width.
    QString shown() const;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QString m_brief;
    bool m_isReading = false;
};

} // namespace halfopen
