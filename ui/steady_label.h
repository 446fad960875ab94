// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/spoken_chart.h"

#include <QString>
#include <QWidget>

namespace halfopen {

/// One line of plain text that changes many times a second. Unlike with a QLabel the layouts around it, up to the window's,
/// work only when it needs another width than its minimum. Its accessible name says what it is the number of.
class SteadyLabel : public QWidget, public SpokenText {
    Q_OBJECT
public:
    explicit SteadyLabel(Qt::Alignment alignment, QWidget *parent = nullptr);
    void setText(const QString &text);
    const QString &text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    QString spokenText() const override { return m_text; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString m_text;
    Qt::Alignment m_alignment;
};

} // namespace halfopen
