// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/schema.h"

#include <QString>
#include <QWidget>

namespace halfopen {

/// The control for one kind of value. It shows a value and says, as text of the scenario language, what the user
/// wants instead; whether that is legal is decided elsewhere.
class SettingEditor : public QWidget {
    Q_OBJECT
public:
    /// The control for \a field in a scenario that begins with \a start. Its name for the accessibility is the
    /// caller's to set.
    static SettingEditor *create(const Field &field, const Value &start, QWidget *parent);

    /// Shows \a value. Emits nothing.
    virtual void setValue(const Value &value) = 0;
    /// The widget to put the focus on.
    virtual QWidget *focusTarget() = 0;
    /// What is not legal can be corrected where it was typed; a choice cannot.
    virtual bool isTyped() const { return false; }
    /// Marks the text as not legal, until the next setValue().
    virtual void setInvalid(bool invalid) { Q_UNUSED(invalid) }

signals:
    /// The user wants \a text. \a continuous: one of a stream, such as the steps of a dragged slider.
    void edited(const QString &text, bool continuous);
    /// The user gave up typing; show the present value again.
    void abandoned();
    /// The user pressed Return: what was typed has been edited(), if anything was.
    void entered();

protected:
    using QWidget::QWidget;
};

} // namespace halfopen
