// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;

namespace halfopen {

/// One message above the tracks, with what can be done about it. Never in the way: nothing waits for an answer. Its buttons
/// stand beside the text, or below it where they would leave it a column too narrow to read.
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
    /// Whether a button of the present message says \a text.
    bool offers(const QString &text) const;
    /// What the button says that only closes the bar (empty: "Dismiss"), and what else it does. Of the present message.
    void setDismissal(const QString &text, std::function<void()> action = {});
    /// As if that button were pressed: the user wants the message gone.
    void giveUp();
    /// Something goes on and nobody knows how long: a moving bar with one button, which closes it and calls
    /// \a action.
    void showBusy(const QString &text, const QString &button, std::function<void()> action);
    QString text() const;
    void dismiss();
    /// What the present message speaks of, one of ui/notices.h; it is that message's alone.
    void setSubject(const char *subject);
    /// Whether a message about \a subject is shown.
    bool isAbout(const char *subject) const;
    /// It is no longer so: a message about it goes, any other one stays.
    void dismissAbout(const char *subject);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    /// Another message is shown, or none any more.
    void changed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Places {
        QRect text, busy;
        std::vector<QRect> buttons; ///< as m_buttons
        int height = 0;             ///< of the bar
    };
    Places placesAt(int width) const;
    void arrange();
    void clearButtons();
    void announce();

    Kind m_kind = Kind::Info;
    QLatin1String m_subject;
    QLabel *m_text = nullptr;
    QProgressBar *m_busy = nullptr;
    std::vector<QPushButton *> m_buttons; ///< from left to right, which is the order of the Tab key, too
    QPushButton *m_dismissal = nullptr; ///< of the present message, if it has one
    std::function<void()> m_onDismissal;
};

} // namespace halfopen
