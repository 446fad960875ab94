// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace halfopen {

class WhatIf;

/// One line above the tracks: what the last change of a setting did.
class WhatIfBar : public QWidget {
    Q_OBJECT
public:
    explicit WhatIfBar(WhatIf *whatIf, QWidget *parent = nullptr);
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void tint();

    WhatIf *m_whatIf;
    QLabel *m_title = nullptr;
    QLabel *m_text = nullptr;
    QLabel *m_runs = nullptr;
};

} // namespace halfopen
