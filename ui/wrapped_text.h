// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/spoken_chart.h"

#include <QString>
#include <QStringList>
#include <QTextDocument>
#include <QWidget>

namespace halfopen {

/// A few lines of rich text, wrapped to the width it is given. A change of them asks no layout for anything, unlike that of a
/// QLabel, which has every layout around it measure the text several times: who uses it sets the height.
class WrappedText : public QWidget, public SpokenText {
    Q_OBJECT
public:
    explicit WrappedText(QWidget *parent = nullptr);
    void setHtml(const QString &html);
    /// As it is drawn, without colours.
    QString plainText() const { return m_document.toPlainText(); }
    /// As they are broken now, from above.
    QStringList lines() const;
    /// Of the text in the present width, in logical pixels.
    double textHeight() const { return m_document.size().height(); }
    QSize sizeHint() const override { return {0, 0}; }
    QString spokenText() const override { return plainText(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString m_html;
    QTextDocument m_document;
};

} // namespace halfopen
