// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QObject>
#include <QString>
#include <QTest>
#include <QTimer>

namespace halfopen::test {

/// Answers the next file dialog with \a file, for as long as \a owner lives: its name is typed, then Return.
inline void answerFileDialog(QObject *owner, const QString &file)
{
    auto *timer = new QTimer(owner);
    QObject::connect(timer, &QTimer::timeout, owner, [file, timer, tries = 0]() mutable {
        auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
        if (!dialog)
            return;
        if (tries == 0) // the next dialog has an answer of its own
            QObject::connect(dialog, &QDialog::finished, timer, [timer] { timer->stop(), timer->deleteLater(); });
        if (++tries > 50)
            return dialog->reject(); // the test fails, and does not hang
        // While the dialog still reads the folder, or offers names, it may not take the first answer.
        auto *line = dialog->findChild<QLineEdit *>("fileNameEdit");
        line->setFocus();
        line->setText(file);
        QTest::keyClick(line, Qt::Key_Return);
    });
    timer->start(50);
}

} // namespace halfopen::test
