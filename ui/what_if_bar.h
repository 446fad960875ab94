// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/what_if.h"

#include <QString>
#include <QWidget>

#include <vector>

class QLabel;
class QToolButton;

namespace halfopen {

class WrappedText;

/// One line above the tracks: what the last change of a setting did, against what, and whether an expectation is met or missed by it.
/// In a narrow window whole parts of it go, never a part of a number: the line says how many, and its tool tip has all.
class WhatIfBar : public QWidget {
    Q_OBJECT
public:
    explicit WhatIfBar(WhatIf *whatIf, QWidget *parent = nullptr);
    /// All of it, also what there is no room for.
    QString text() const;
    /// As it is drawn, without colours.
    QString shownText() const;

signals:
    /// The user wants to see the present run against another one.
    void baseChosen(halfopen::WhatIf::Base base);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolButton *buildBase();
    void refresh();
    void fit();
    void tint();
    /// The first \a count parts, and how many more there are.
    QString pageOf(std::size_t count) const;
    int linesMost() const;

    WhatIf *m_whatIf;
    QLabel *m_title = nullptr;
    QToolButton *m_base = nullptr;
    WrappedText *m_text = nullptr;
    QLabel *m_runs = nullptr;
    QString m_lead; ///< what it is compared with, or all there is to say
    /// One difference. As HTML it is in one piece on its line, unless it is wider than that; numbers are in one piece always.
    struct Part {
        QString plain, loose, tight;
    };
    std::vector<Part> m_parts;
};

} // namespace halfopen
