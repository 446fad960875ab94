// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/diagnostic.h"

#include <QPlainTextEdit>
#include <QString>

#include <vector>

namespace halfopen {

/// A scenario's text with line numbers, to read. Lines with a problem are marked.
class CodeView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit CodeView(QWidget *parent = nullptr);

    void setCode(const QString &text);
    void setDiagnostics(std::vector<Diagnostic> diagnostics);
    /// Puts the text cursor there and scrolls to it; both count from 1.
    void jumpTo(int line, int column);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    friend class LineNumbers;
    int numbersWidth() const;
    void paintNumbers(QWidget *numbers);
    void markLines();
    void placeNumbers();

    QWidget *m_numbers = nullptr;
    std::vector<Diagnostic> m_diagnostics;
};

} // namespace halfopen
