// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/help_dialogs.h"
#include "ui/main_window.h"
#include "ui/run_engine.h"
#include "ui/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QGuiApplication>
#include <QImage>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

using namespace halfopen;

namespace {

constexpr int kFrame = 3; ///< pixels around a button that say nothing of its text

/// What one widget looks like.
struct Look {
    QString name;
    bool hasText = false;
    std::vector<QRgb> colours; ///< of its palette
    QImage picture;            ///< of a button that can be seen, without its frame
};

using Looks = std::vector<Look>;

QString nameOf(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return QStringLiteral("%1 '%2' %3").arg(widget->metaObject()->className(), widget->objectName(), button ? button->text() : QString());
}

Looks looksOf(MainWindow &window)
{
    // Of the window, since a widget that is grabbed alone stands on the ground that its own palette says.
    const QImage all = window.grab().toImage();
    Looks looks;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        Look look{nameOf(widget), button && !button->text().isEmpty(), {}, {}};
        for (const auto group : {QPalette::Active, QPalette::Disabled}) {
            for (const auto role : {QPalette::Window, QPalette::WindowText, QPalette::Base, QPalette::Text, QPalette::Button,
                                    QPalette::ButtonText, QPalette::Highlight, QPalette::HighlightedText, QPalette::Mid})
                look.colours.push_back(widget->palette().color(group, role).rgb());
        }
        if (button && !widget->visibleRegion().isEmpty())
            look.picture = all.copy(QRect(widget->mapTo(&window, QPoint()), widget->size()).adjusted(kFrame, kFrame, -kFrame, -kFrame));
        looks.push_back(std::move(look));
    }
    return looks;
}

/// The greatest distance of two pixels from each other, 0 to 255: what a text in the wrong colour has.
int greatestContrast(const QImage &image)
{
    int least = 255;
    int most = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            least = std::min(least, qGray(image.pixel(x, y)));
            most = std::max(most, qGray(image.pixel(x, y)));
        }
    }
    return most - least;
}

} // namespace

/// A theme that is chosen while the window is open looks like one that the window was opened in.
class TestThemeSwitch : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    void open(ThemeKind kind)
    {
        m_window.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(applyTheme(*qApp, kind));
        m_window = test::shownWindow(*m_folder, simulationEngines());
        QVERIFY(m_window->openScenario(test::writeFile(m_folder->filePath("tuned.yaml"), test::kTunedScenario)));
        QTRY_VERIFY(m_window->controller()->record() != nullptr);
        test::waitUntilDrawn();
    }
    Looks looks()
    {
        if (QWidget *focus = QApplication::focusWidget())
            focus->clearFocus();
        test::waitUntilDrawn();
        return looksOf(*m_window);
    }

private slots:
    void cleanup()
    {
        m_window.reset();
        m_folder.reset();
    }

    void aSwitchedThemeIsThatOfAWindowOpenedInIt_data()
    {
        QTest::addColumn<bool>("toDark");
        QTest::newRow("light, dark, light, dark") << true;
        QTest::newRow("dark, light, dark, light") << false;
    }
    void aSwitchedThemeIsThatOfAWindowOpenedInIt()
    {
        QFETCH(bool, toDark);
        const ThemeKind last = toDark ? ThemeKind::Dark : ThemeKind::Light;
        const ThemeKind first = toDark ? ThemeKind::Light : ThemeKind::Dark;
        open(last);
        const Looks expected = looks();
        open(first);
        for (const ThemeKind kind : {last, first, last}) {
            m_window->useTheme(kind);
            test::waitUntilDrawn();
        }
        const Looks seen = looks();
        QStringList wrong;
        QCOMPARE(seen.size(), expected.size());
        for (std::size_t i = 0; i < seen.size(); ++i) {
            QCOMPARE(seen[i].name, expected[i].name);
            if (seen[i].colours != expected[i].colours)
                wrong << "palette of " + seen[i].name;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join("\n")));
    }

    void everyTextOnAButtonCanBeReadAfterASwitch()
    {
        open(ThemeKind::Dark);
        for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::Light}) {
            m_window->useTheme(kind);
            for (const Look &look : looks()) {
                if (!look.picture.isNull() && look.hasText)
                    QVERIFY2(greatestContrast(look.picture) >= 40, qPrintable(look.name));
            }
        }
    }

    /// Nothing of the list is out of reach on the smallest screen that the lab is made for.
    void theListOfKeysFitsTheScreen()
    {
        open(ThemeKind::Dark);
        m_window->findChild<QAction *>("shortcuts")->trigger();
        auto *dialog = m_window->findChild<QDialog *>("shortcuts_dialog");
        QVERIFY(dialog && QTest::qWaitForWindowExposed(dialog));
        test::waitUntilDrawn();
        const QSize screen = dialog->screen()->availableSize();
        QVERIFY2(dialog->height() <= screen.height() && dialog->width() <= screen.width(),
                 qPrintable(QStringLiteral("%1 x %2 on %3 x %4").arg(dialog->width()).arg(dialog->height()).arg(screen.width()).arg(screen.height())));
        QVERIFY(dialog->minimumSizeHint().height() <= 400); // a lower screen has it too
        auto *area = dialog->findChild<QScrollArea *>();
        QVERIFY(area);
        dialog->resize(1000, 700); // the test's screen is narrower than one that a lab has
        test::waitUntilDrawn();
        QVERIFY(!area->horizontalScrollBar()->isVisible());
        // The last line is reached, and the columns end about together.
        QList<int> ends;
        for (const QLabel *label : area->findChildren<QLabel *>())
            ends << label->sizeHint().height();
        QVERIFY(ends.size() >= 2);
        const auto [least, most] = std::minmax_element(ends.begin(), ends.end());
        QVERIFY2(*most - *least <= *most / 4, qPrintable(QStringLiteral("%1 and %2 px").arg(*least).arg(*most)));
        QCOMPARE_GE(area->verticalScrollBar()->maximum() + area->viewport()->height(), *most);
    }
};

QTEST_MAIN(TestThemeSwitch)
#include "tst_theme_switch.moc"
