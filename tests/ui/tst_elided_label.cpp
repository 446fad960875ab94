// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"
#include "ui/views/elided_label.h"

#include <QFontMetrics>
#include <QtTest/QTest>

using namespace halfopen;

class TestElidedLabel : public QObject {
    Q_OBJECT

private slots:
    void givesWayToTheRoomItHas()
    {
        const QString text = QStringLiteral("Latency of the calls that ended, by percentile");
        ElidedLabel label;
        label.setText(text);
        const int whole = QFontMetrics(Theme::axisFont()).horizontalAdvance(text);

        label.resize(whole + 20, 20);
        QCOMPARE(label.shown(), text);

        label.resize(whole * 2 / 3, 20);
        QVERIFY(label.shown().endsWith(QChar(0x2026)));
        QVERIFY(text.startsWith(label.shown().chopped(1).trimmed()));

        label.resize(whole / 8, 20); // room for a few letters
        QCOMPARE(label.shown(), QString());

        label.setText(QStringLiteral("p50")); // short, but all of it
        QCOMPARE(label.shown(), QStringLiteral("p50"));
    }

    void aReadingLosesWholeValues()
    {
        ElidedLabel label;
        label.setReading();
        label.setText(QStringLiteral("at 5 s   good 98 %   late 340"));
        const auto widthOf = [](const QString &text) { return QFontMetrics(Theme::axisFont()).horizontalAdvance(text) + 2; };
        label.resize(widthOf(label.text()), 20);
        QCOMPARE(label.shown(), label.text());
        label.resize(widthOf(label.text()) - 4, 20);
        QCOMPARE(label.shown(), QStringLiteral("at 5 s   good 98 %   \u2026"));
        label.resize(widthOf(QStringLiteral("at 5 s")), 20); // no room to say that there is more
        QCOMPARE(label.shown(), QString());
    }
};

QTEST_MAIN(TestElidedLabel)
#include "tst_elided_label.moc"
