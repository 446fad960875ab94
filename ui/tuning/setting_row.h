// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QString>
#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace halfopen {

class SettingEditor;
struct Field;
class TuningModel;

/// One setting: its name, its default, its control, a mark when it differs from the scenario file, and the reason
/// when what was typed is not legal.
class SettingRow : public QWidget {
    Q_OBJECT
public:
    /// \a index into TuningModel::rows().
    SettingRow(TuningModel *model, int index, QWidget *parent = nullptr);

    int index() const { return m_index; }
    /// The name or the key of \a field contains \a text, whatever the case.
    static bool isNamed(const Field &field, const QString &text);
    /// Whether its help speaks of \a text.
    static bool isHelpedBy(const Field &field, const QString &text);
    /// Takes the present value from the model.
    void refresh();
    void showError(const QString &message);
    QString error() const;
    SettingEditor *editor() const { return m_editor; }
    /// Whether somebody is at it, with the pointer or the keys.
    bool isInUse() const;

signals:
    /// "Sweep this…" was chosen for the setting of this path.
    void studyRequested(const QString &path);
    /// Return was pressed, and the value is in force: who typed is done here.
    void valueEntered();
    /// The help at this place is wanted, see HelpPlace.
    void helpRequested(const QString &place);

protected:
    bool event(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildControl();
    QString helpHtml() const;
    void showHelp();
    void refuse(const QString &message);
    void refuseDialect(const QString &dialect, const QString &message);
    void onEdited(const QString &text, bool continuous);
    void onSwitched(bool on);
    void showDefault();
    void fitDefault();
    void tint();

    TuningModel *m_model;
    int m_index;
    QLabel *m_name = nullptr;       ///< or m_switch, for a setting that may be "none"
    QCheckBox *m_switch = nullptr;
    QLabel *m_default = nullptr;
    QLabel *m_error = nullptr;
    QPushButton *m_compare = nullptr; ///< below the error, once it was needed: what else there is to do about m_dialect
    QString m_dialect;                ///< that was asked for and refused
    QToolButton *m_help = nullptr;
    QToolButton *m_reset = nullptr;
    SettingEditor *m_editor = nullptr;
    QString m_lastOn;               ///< the text to go back to when the setting is switched on again
    int m_gesture = 0;
    QElapsedTimer m_sinceStep;      ///< steps further apart than a second are two gestures
};

} // namespace halfopen
