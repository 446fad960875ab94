// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <optional>
#include <set>
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
    /// \a layer: index into TuningModel::layers(). One that begins folded has no rows before somebody wants to see them.
    LayerGroup(TuningModel *model, int layer, bool isExpanded, QWidget *parent = nullptr);

    /// One per setting; made if need be.
    const std::vector<SettingRow *> &rows();
    /// The same, empty where none were made yet.
    const std::vector<SettingRow *> &madeRows() const { return m_rows; }
    bool isExpanded() const { return m_expanded; }
    void setExpanded(bool expanded);
    /// Shows only rows that match; the whole group hides when none does. Empty = all, folded as the user had it.
    /// \a onlyChanged: those that are changed now, and of those that are seen as such what is in use.
    void setFilter(const QString &text, bool inHelp, bool onlyChanged);
    /// Whether the filter for changed settings hides this row of the model although it is changed, or still shows it although
    /// it is not and nobody is at it: it is not pulled away from who takes a change back.
    bool isListedWrongly(int row) const;
    /// How many changed settings the filter hides.
    int hiddenChanges() const;
    /// Whether the rows that the filter leaves are seen in a folded group, too; they are made if need be.
    void setFoundShown(bool shown);
    /// Whether the policy or one of its settings is called so.
    bool isNamed(const QString &text) const;
    void showChangedCount();
    /// Tab gets here from \a before, which is in the same window.
    void followInTabOrder(QWidget *before);
    /// Where Tab leaves.
    QWidget *lastTabStop() const;

signals:
    void expandedChanged(bool expanded);
    /// The help at this place is wanted, see HelpPlace.
    void helpRequested(const QString &place);
    /// As those of SettingRow.
    void studyRequested(const QString &path);
    void valueEntered();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildTitle();
    void addRows(QWidget *body);
    void filterRows();
    void showBody();
    void tint();
    /// Whether the setting in this row of the model is called so, or its help speaks of it.
    bool isNamed(int row, const QString &text) const;
    bool isHelpedBy(int row, const QString &text) const;
    bool isFound(int row) const;
    bool isInUse(int row) const;

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
    bool m_filtersHelp = false;
    std::optional<std::set<int>> m_changedFound; ///< the changed rows, when only those are to be seen
    bool m_showsFound = false;
};

} // namespace halfopen
