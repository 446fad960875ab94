// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/study_parameters.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QStackedWidget;

namespace halfopen {

/// A box of choices in which typing finds what contains the typed words.
QComboBox *searchableCombo(const QString &accessibleName);

/// One line of controls: which parameter, from where to where, in how many steps.
class StudyAxisEditor : public QWidget {
    Q_OBJECT
public:
    explicit StudyAxisEditor(const QString &caption, QWidget *parent = nullptr);

    /// \a none: the words for "no parameter", which comes first then; empty = there must be one. What was chosen
    /// before stays chosen if it is still there, with its range.
    void setParameters(std::vector<StudyParameter> parameters, const QString &none = {});
    /// Chooses the parameter of this path and its proposed range. False if there is none.
    bool choose(const QString &path);
    /// Chooses the first parameter, if there is any, with the values proposed for it.
    void chooseFirst();
    /// The proposed range of what is chosen, in place of the one that was typed.
    void propose();
    std::optional<StudyParameter> parameter() const;
    /// The parameter with its values; an Error when the range cannot be read.
    Result<StudyAxis> axis() const;

    QComboBox *combo() const { return m_combo; }
    QLabel *caption() const { return m_caption; }
    void setRange(const QString &from, const QString &to, int steps);

signals:
    void changed();
    /// Enter was pressed in one of the fields.
    void submitted();

private:
    QWidget *buildRange();

    std::vector<StudyParameter> m_parameters;
    int m_first = 0; ///< entries of the box before the parameters
    QLabel *m_caption = nullptr;
    QComboBox *m_combo = nullptr;
    QStackedWidget *m_kinds = nullptr;
    QLineEdit *m_from = nullptr;
    QLineEdit *m_to = nullptr;
    QSpinBox *m_steps = nullptr;
    QComboBox *m_spacing = nullptr;
    QLineEdit *m_list = nullptr;
};

} // namespace halfopen
