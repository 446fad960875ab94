// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>
#include <QObject>
#include <QTest>
#include <QWidget>

#include <cmath>

using namespace halfopen;

class TestTheme : public QObject {
    Q_OBJECT
private slots:
    /// The formula against the values that WCAG 2.2 gives: black on white is 21, equal colours
    /// are 1.
    void contrastIsThatOfWcag()
    {
        QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
        QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
        // #767676 is the known lightest grey that reaches 4.5 on white.
        QVERIFY(contrast(QColor(0x767676), Qt::white) >= 4.5);
        QVERIFY(contrast(QColor(0x777777), Qt::white) < 4.5);
    }

    void textCanBeRead_data() { themes(); }
    void textCanBeRead()
    {
        const Theme &theme = chosen();
        for (const QColor &ground : {theme.window, theme.panel, theme.raised}) {
            QVERIFY(contrast(theme.text, ground) >= 4.5);
            QVERIFY(contrast(theme.secondary, ground) >= 4.5);
        }
        QVERIFY(contrast(theme.accent, theme.panel) >= 4.5);
        for (const QColor &ground : {theme.success, theme.error, theme.rejected, theme.fallback})
            QVERIFY2(contrast(theme.onData, ground) >= 4.5, qPrintable(ground.name()));
    }

    void dataCanBeSeenOnItsPanel_data() { themes(); }
    void dataCanBeSeenOnItsPanel()
    {
        const Theme &theme = chosen();
        for (std::size_t k = 0; k < kOutcomeKinds; ++k) {
            const QColor colour = theme.outcome(static_cast<OutcomeKind>(k));
            QVERIFY2(contrast(colour, theme.panel) >= 3, qPrintable(colour.name()));
        }
        for (int s = 0; s <= static_cast<int>(BreakerState::MetricsOnly); ++s)
            QVERIFY(contrast(theme.breakerState(static_cast<BreakerState>(s)), theme.panel) >= 3);
        for (int count : {4, 5}) {
            for (int i = 0; i < count; ++i)
                QVERIFY2(contrast(theme.sequence(i, count), theme.panel) >= 3,
                         qPrintable(theme.sequence(i, count).name()));
        }
        for (int i = 1; i <= 100; ++i)
            QVERIFY2(contrast(theme.heat(i / 100.0), theme.panel) >= 3,
                     qPrintable(theme.heat(i / 100.0).name()));
    }

    void moreHeatStandsOutMore_data() { themes(); }
    void moreHeatStandsOutMore()
    {
        const Theme &theme = chosen();
        QCOMPARE(theme.heat(0), theme.panel);
        double last = 0;
        for (int i = 1; i <= 100; ++i) {
            const double now = contrast(theme.heat(i / 100.0), theme.panel);
            QVERIFY(now >= last * 0.995); // 8-bit colours are rounded
            last = now;
        }
    }

    /// Kinds that share a colour are told apart by their pattern.
    void noTwoOutcomesLookTheSame()
    {
        const Theme &theme = Theme::light();
        for (std::size_t a = 0; a < kOutcomeKinds; ++a) {
            for (std::size_t b = a + 1; b < kOutcomeKinds; ++b) {
                const auto ka = static_cast<OutcomeKind>(a);
                const auto kb = static_cast<OutcomeKind>(b);
                QVERIFY(theme.outcome(ka) != theme.outcome(kb) ||
                        theme.outcomePattern(ka) != theme.outcomePattern(kb));
            }
        }
    }

    void applyingAThemeReachesWidgets()
    {
        auto &app = *qobject_cast<QApplication *>(QApplication::instance());
        QVERIFY(applyTheme(app, ThemeKind::Dark).has_value());
        QWidget widget;
        widget.show(); // Qt hands a new palette to widgets that were shown
        QVERIFY(Theme::of(&widget).dark);
        QVERIFY(applyTheme(app, ThemeKind::Light).has_value());
        QTRY_VERIFY(!Theme::of(&widget).dark);
        QCOMPARE(widget.palette().color(QPalette::Window), Theme::light().window);
        QCOMPARE(QApplication::font().family(), *uiFontFamily());
    }

    void presentationsAreLarger()
    {
        auto &app = *qobject_cast<QApplication *>(QApplication::instance());
        QVERIFY(applyTheme(app, ThemeKind::Light, 1.6).has_value());
        QCOMPARE(Theme::px(10), 16);
        QCOMPARE(QApplication::font().pixelSize(), static_cast<int>(std::lround(13 * 1.6)));
        QVERIFY(applyTheme(app, ThemeKind::Light).has_value());
        QCOMPARE(Theme::px(10), 10);
    }

private:
    static void themes()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    static const Theme &chosen()
    {
        QFETCH(bool, dark);
        return dark ? Theme::darkTheme() : Theme::light();
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
