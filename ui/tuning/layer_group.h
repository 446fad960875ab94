// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QLabel;
class QToolButton;

namespace halfopen {

class SettingRow;
class TuningModel;

/// The settings of one layer of a policy stack, below a title that folds them away.
class LayerGroup : public QWidget {
    Q_OBJECT
public:
    /// \a layer: index into TuningModel::layers().
    LayerGroup(TuningModel *model, int layer, QWidget *parent = nullptr);

    const std::vector<SettingRow *> &rows() const { return m_rows; }
    bool isExpanded() const { return m_expanded; }
    void setExpanded(bool expanded);
    /// Shows only rows that match; the whole group hides when none does. Empty = all, folded as the user had it.
    void setFilter(const QString &text, bool inHelp);
    /// Whether the policy or one of its settings is called so.
    bool isNamed(const QString &text) const;
    void showChangedCount();

signals:
    void expandedChanged(bool expanded);
    /// The help at this place is wanted, see HelpPlace.
    void helpRequested(const QString &place);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildTitle();
    void addRows(QWidget *body);
    void showBody();
    void tint();

    struct Heading {
        QLabel *label;
        std::size_t rowFirst, rowLast; ///< of m_rows, last included
    };

    TuningModel *m_model;
    int m_layer;
    QToolButton *m_title = nullptr;
    QToolButton *m_help = nullptr;
    QLabel *m_changed = nullptr;
    QWidget *m_body = nullptr;
    std::vector<SettingRow *> m_rows;
    std::vector<Heading> m_headings;
    bool m_expanded = true;
    QString m_filter;
};

} // namespace halfopen
