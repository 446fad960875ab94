// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main_window.h"

#include <QApplication>
#include <QByteArray>
#include <QElapsedTimer>
#include <QEvent>
#include <QFile>
#include <QPushButton>
#include <QSize>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <utility>

/// What every test of the whole window begins with.
namespace halfopen::test {

/// Writes \a text into a file and gives its path back.
inline QString writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("the test cannot write %s", qPrintable(path));
    return path;
}

/// A window on the screen, active, with its settings and its library in \a folder.
inline std::unique_ptr<MainWindow> shownWindow(const QTemporaryDir &folder, EngineFactory engines, QSize size = {1280, 800})
{
    auto window = std::make_unique<MainWindow>(std::move(engines), std::make_unique<LabSettings>(folder.filePath("settings.ini")));
    window->showNormal();
    window->resize(size);
    if (!QTest::qWaitForWindowActive(window.get()))
        qFatal("the window does not become active");
    // It begins as large as the test's screen, and is told so once more when it is shown.
    if (!QTest::qWaitFor([&] { return window->resize(size), window->size() == size; }))
        qFatal("the window is %d x %d", window->width(), window->height());
    return window;
}

/// Presses the button of \a in that says \a text and can be seen. False if there is none.
inline bool pressButton(const QWidget *in, const QString &text)
{
    for (QPushButton *button : in->findChildren<QPushButton *>()) {
        if (button->text() == text && button->isVisible()) {
            QTest::mouseClick(button, Qt::LeftButton);
            return true;
        }
    }
    return false;
}

/// Counts what makes a picture another one.
class Restlessness : public QObject {
public:
    Restlessness() { qApp->installEventFilter(this); }
    int take() { return std::exchange(m_events, 0); }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        switch (event->type()) {
        case QEvent::Paint:
        case QEvent::Resize:
        case QEvent::Move:
        case QEvent::LayoutRequest:
        case QEvent::UpdateRequest:
        case QEvent::Show:
        case QEvent::Hide:
            ++m_events;
            break;
        default:
            break;
        }
        return false;
    }

private:
    int m_events = 0;
};

/// Waits until everything is laid out and drawn: until for longer than a frame nothing was. What never rests (a moving bar,
/// a run that plays) is waited for \a most milliseconds.
inline void waitUntilDrawn(int most = 2000)
{
    constexpr int kFrame = 25; // milliseconds: a frame, and what the timers of the system may add
    Restlessness restless;
    QElapsedTimer waited;
    waited.start();
    do {
        restless.take();
        QTest::qWait(kFrame);
    } while (restless.take() > 0 && waited.elapsed() < most);
}

} // namespace halfopen::test
