// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_ptr.h"

#include <QWidget>

#include <cstdint>
#include <optional>

class QLabel;
class QStackedWidget;

namespace halfopen {

class CopyButton;

struct CallTrace;

/// The story of one sampled call in words; without one, a sentence on how to pick one.
class CallPanel : public QWidget {
    Q_OBJECT
public:
    explicit CallPanel(QWidget *parent = nullptr);

    void setSummary(const QString &summary);
    /// Null brings the summary back.
    void showCall(const RecordPtr &record, const CallTrace *call);

signals:
    void zoomRequested();
    void closed();

private:
    QStackedWidget *m_pages;
    QLabel *m_summary;
    QLabel *m_title;
    QLabel *m_where;
    QLabel *m_story;
    CopyButton *m_copy = nullptr;
};

} // namespace halfopen
