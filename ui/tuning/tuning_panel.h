// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <string>
#include <vector>

class QAction;
class QLabel;
class QLineEdit;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace halfopen {

class LayerGroup;
class SettingRow;
class TuningModel;

/// Every setting of every policy stack, to be changed while the run plays. Built from the schemas alone.
class TuningPanel : public QWidget {
    Q_OBJECT
public:
    explicit TuningPanel(TuningModel *model, QWidget *parent = nullptr);

    /// Shows why the run did not accept a change, at the setting's row.
    void showRefusal(const QString &path, const QString &message);
    SettingRow *row(const QString &path);
    QLineEdit *filter() const { return m_filter; }
    /// What the filter says to leave the changed settings only.
    static QString changedFilter();
    /// How long a large world's layers are made before the window answers again; at least one stack each time.
    void setSlice(std::chrono::milliseconds slice) { m_slice = slice; }
    /// What is in force besides the settings and is not in the file: the load, say. \a more: all of it, for the tool tip.
    /// Empty = nothing, and no line for it.
    void setOtherWorld(const QString &text, const QString &more);
    /// Two ways for a change to act, of which one is checked, as buttons at the top.
    void setModes(QAction *fromNowOn, QAction *whatIf);

signals:
    /// "Sweep this…" was chosen for the setting of this path.
    void studyRequested(const QString &path);
    /// The user is done with a field, and its value is in force.
    void valueEntered();
    /// The help at this place is wanted, see HelpPlace.
    void helpRequested(const QString &place);

private:
    void rebuild();
    bool isLarge() const;
    QWidget *addStacks(bool all);
    void addMoreStacks(bool all);
    void addStack(std::size_t stack, QVBoxLayout *layout);
    bool isOnlyChanged() const;
    void applyFilter();
    void showRow(int index);
    void showChangedCount(int count);
    void followTabs(std::size_t group);
    void forgetRefusals();
    QString usersOf(std::size_t stack) const;

    TuningModel *m_model;
    QLineEdit *m_filter = nullptr;
    QToolButton *m_changed = nullptr;
    QString m_filterBefore; ///< what was filtered for before the changed ones alone
    QLabel *m_world = nullptr;
    QToolButton *m_resetAll = nullptr;
    QVBoxLayout *m_head = nullptr;
    QScrollArea *m_scroll = nullptr;
    QLabel *m_empty = nullptr;
    std::vector<LayerGroup *> m_groups;      ///< one per layer of the model
    std::vector<QWidget *> m_stackTitles;    ///< one per stack
    std::string m_path;                      ///< of the scenario that is shown
    QVBoxLayout *m_stacks = nullptr;         ///< widgets with their titles and layers
    std::chrono::milliseconds m_slice{15};
    QTimer m_more;                           ///< stacks that are still to be added
    QTimer m_refilter;                       ///< once after all the steps of a change
    QHash<QString, bool> m_expanded;         ///< "db_client.1" was folded or opened: it survives a reload, as the filter does
};

} // namespace halfopen
