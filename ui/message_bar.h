// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <functional>

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;

namespace halfopen {

/// One message above the tracks, with what can be done about it. Never in the way: nothing waits for an answer.
class MessageBar : public QWidget {
    Q_OBJECT
public:
    enum class Kind { Info, Problem };
    explicit MessageBar(QWidget *parent = nullptr);

    /// Shows \a text instead of what was there; its buttons are added afterwards.
    void showMessage(Kind kind, const QString &text);
    /// There is more to say about what is shown: its buttons stay.
    void amend(const QString &text);
    /// A button; pressing it closes the bar and then calls \a action.
    void addAction(const QString &text, std::function<void()> action);
    /// What the button says that only closes the bar (empty: "Dismiss"), and what else it does. Of the present message.
    void setDismissal(const QString &text, std::function<void()> action = {});
    /// As if that button were pressed: the user wants the message gone.
    void giveUp();
    /// Something goes on and nobody knows how long: a moving bar with one button, which closes it and calls
    /// \a action.
    void showBusy(const QString &text, const QString &button, std::function<void()> action);
    QString text() const;
    void dismiss();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void clearButtons();
    void announce();

    Kind m_kind = Kind::Info;
    QLabel *m_text = nullptr;
    QProgressBar *m_busy = nullptr;
    QHBoxLayout *m_buttons = nullptr;
    QPushButton *m_dismissal = nullptr; ///< of the present message, if it has one
    std::function<void()> m_onDismissal;
};

} // namespace halfopen
