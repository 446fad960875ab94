// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/message_bar.h"
#include "ui/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace halfopen;

namespace {

const QString kQuestion = QStringLiteral("orders-under-load.yaml has changes that are not saved. Closing again keeps them for the next start.");

} // namespace

/// The bar of one message: what it says can be read, whatever it offers.
class TestMessageBar : public QObject {
    Q_OBJECT
private:
    static QLabel *text(const MessageBar &bar) { return bar.findChild<QLabel *>(); }
    static QList<QPushButton *> shown(const MessageBar &bar)
    {
        QList<QPushButton *> all;
        for (QPushButton *button : bar.findChildren<QPushButton *>()) {
            if (!button->isHidden())
                all += button;
        }
        return all;
    }

private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }

    void manyButtonsLeaveTheTextItsRoom_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {380, 560, 720, 1300})
            QTest::addRow("%d", width) << width;
    }
    /// At 1280x800 the centre is some 700 wide between its docks.
    void manyButtonsLeaveTheTextItsRoom()
    {
        QFETCH(int, width);
        QWidget window;
        auto *layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        auto *bar = new MessageBar;
        layout->addWidget(bar);
        auto *rest = new QWidget;
        layout->addWidget(rest, 1);
        window.resize(width, 400);
        window.show();
        bar->showMessage(MessageBar::Kind::Info, kQuestion);
        for (const char *each : {"Save", "Keep them for later", "Discard", "Show what is kept"})
            bar->addAction(QString::fromLatin1(each), {});
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCoreApplication::processEvents();
        const QLabel *label = text(*bar);
        QVERIFY2(label->width() >= std::min(420, width - 40), qPrintable(QString::number(label->width())));
        QVERIFY(label->height() >= label->heightForWidth(label->width()));
        QRect before;
        for (const QPushButton *button : shown(*bar)) {
            QVERIFY2(bar->rect().contains(button->geometry()), qPrintable(button->text()));
            QVERIFY2(!button->geometry().intersects(label->geometry()), qPrintable(button->text()));
            QVERIFY2(!button->geometry().intersects(before), qPrintable(button->text()));
            QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
            before = button->geometry();
        }
        QCOMPARE(shown(*bar).size(), qsizetype(5));
        QCOMPARE(rest->geometry().top(), bar->geometry().bottom() + 1 + layout->spacing());
    }

    void fewWordsStandBesideTheirButtons()
    {
        MessageBar bar;
        bar.showMessage(MessageBar::Kind::Info, QStringLiteral("Saved as a.yaml"));
        bar.addAction(QStringLiteral("Undo"), {});
        bar.resize(700, bar.heightForWidth(700));
        QCOMPARE(shown(bar).size(), qsizetype(2));
        for (const QPushButton *button : shown(bar))
            QVERIFY(button->x() > text(bar)->geometry().right());
        QVERIFY(bar.height() < 2 * shown(bar).front()->height());
    }

    /// By the eye, by Tab and for those who hear the window: what only closes the bar comes last.
    void theButtonsHaveOneOrder()
    {
        MessageBar bar;
        bar.showMessage(MessageBar::Kind::Info, kQuestion);
        bar.addAction(QStringLiteral("Save"), {});
        bar.addAction(QStringLiteral("Discard"), {});
        bar.resize(1300, bar.heightForWidth(1300));
        bar.show();
        QVERIFY(QTest::qWaitForWindowActive(&bar));
        QStringList asChildren;
        int x = 0;
        for (const QPushButton *button : shown(bar)) {
            asChildren += button->text();
            QVERIFY(button->x() > x);
            x = button->x();
        }
        QCOMPARE(asChildren, QStringList({"Save", "Discard", "Dismiss"}));
        shown(bar).front()->setFocus();
        QStringList byTab{shown(bar).front()->text()};
        for (int i = 0; i < 2; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            byTab += qobject_cast<QPushButton *>(QApplication::focusWidget())->text();
        }
        QCOMPARE(byTab, asChildren);
    }

    void itTellsWhenItsMessageHasGone()
    {
        MessageBar bar;
        QSignalSpy changed(&bar, &MessageBar::changed);
        bar.showMessage(MessageBar::Kind::Info, QStringLiteral("one"));
        QCOMPARE(changed.size(), 1);
        bar.amend(QStringLiteral("one, and more")); // still that message
        QCOMPARE(changed.size(), 1);
        bar.giveUp();
        QCOMPARE(changed.size(), 2);
        QVERIFY(bar.text().isEmpty());
        bar.dismiss(); // there is none
        QCOMPARE(changed.size(), 2);
    }
};

QTEST_MAIN(TestMessageBar)
#include "tst_message_bar.moc"
