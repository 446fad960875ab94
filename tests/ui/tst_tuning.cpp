// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/vocabulary.h"
#include "tests/support/tuned_scenario.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
#include "ui/tuning/layer_group.h"
#include "ui/tuning/setting_editor.h"
#include "ui/tuning/setting_row.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/tuning/value_scale.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QObject>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>
#include <memory>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const Scenario> tuned()
{
    const LoadResult loaded = loadScenarioText(test::kTunedScenario, "tuned.yaml", standardVocabulary());
    for (const Diagnostic &diagnostic : loaded.diagnostics)
        qWarning("%s", diagnostic.text().c_str());
    return loaded.scenario;
}

/// The same with so many more stacks of one layer, which no call uses.
std::shared_ptr<const Scenario> withSpares(int spares, const char *file = "tuned.yaml")
{
    QByteArray text = test::kTunedScenario, stacks;
    for (int i = 0; i < spares; ++i)
        stacks += "  spare" + QByteArray::number(i) + ":\n    - timeout: 100ms\n";
    text.replace("faults:", stacks + "faults:");
    return loadScenarioText(text.toStdString(), file, standardVocabulary()).scenario;
}

constexpr int kSpares = 120; ///< a large world, which the form makes in slices

const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");
const QString kInitial = QStringLiteral("policies.edge.0.initial_delay");
const QString kMaxDelay = QStringLiteral("policies.edge.0.max_delay");
const QString kRate = QStringLiteral("policies.edge.1.failure_rate_threshold");
const QString kWindowKind = QStringLiteral("policies.edge.1.window.kind");
const QString kWindowSize = QStringLiteral("policies.edge.1.window.size");

} // namespace

class TestTuning : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<TuningModel> m_model;
    std::unique_ptr<TuningPanel> m_panel;

    int row(const QString &path) const { return m_model->find(path).value(); }
    QLineEdit *line(const QString &path) const { return m_panel->row(path)->findChild<QLineEdit *>(); }
    QList<LayerGroup *> groups() const { return m_panel->findChildren<LayerGroup *>(); }
    qsizetype rowsMade() const { return m_panel->findChildren<SettingRow *>().size(); }
    bool isHalfMade() const { return !groups().empty() && groups().size() < qsizetype(m_model->layers().size()); }
    bool isMade() const { return groups().size() == qsizetype(m_model->layers().size()); }
    /// The button that folds the group and opens it.
    static QToolButton *titleOf(const LayerGroup *group) { return group->findChildren<QToolButton *>().constFirst(); }
    QString said() const
    {
        QStringList all;
        for (const QLabel *label : m_panel->findChildren<QLabel *>())
            all += label->isVisible() ? label->text() : QString();
        return all.join('\n');
    }
    void type(const QString &path, const QString &text)
    {
        QLineEdit *edit = line(path);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }

private slots:
    void initTestCase()
    {
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark));
        QVERIFY(tuned());
    }
    void init()
    {
        m_model = std::make_unique<TuningModel>();
        m_model->setScenario(tuned());
        m_panel = std::make_unique<TuningPanel>(m_model.get());
        m_panel->resize(300, 700);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    }
    void cleanup()
    {
        m_panel.reset();
        m_model.reset();
    }

    void everyFieldOfEveryLayerHasARowWithItsValue()
    {
        std::size_t fields = 0;
        for (const PolicySpec &layer : m_model->scenario()->stacks[0].layers) {
            const std::size_t index = &layer - m_model->scenario()->stacks[0].layers.data();
            for (const Field &field : layer.settings.schema().fields) {
                const QString path = QStringLiteral("policies.edge.%1.%2").arg(index).arg(
                    QString::fromUtf8(field.key.data(), qsizetype(field.key.size())));
                const auto found = m_model->find(path);
                QVERIFY2(found, qPrintable(path));
                QCOMPARE(m_model->valueText(*found).toStdString(), formatValue(field, layer.settings.get(field)));
                QVERIFY(m_panel->row(path));
                ++fields;
            }
        }
        QCOMPARE(m_model->rows().size(), fields);
        QVERIFY(fields >= 20);
    }

    void typingAValueAsksTheRunForIt()
    {
        QSignalSpy asked(m_model.get(), &TuningModel::changeRequested);
        type(kAttempts, "6");
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), kAttempts);
        QCOMPARE(asked[0][1].toString(), QString("6"));
        QVERIFY(m_model->isChanged(row(kAttempts)));
        QCOMPARE(m_model->overrides().size(), std::size_t(1));
    }

    void aValueOutOfRangeIsRefusedInTheLoadersWords()
    {
        QSignalSpy asked(m_model.get(), &TuningModel::changeRequested);
        const Field &field = *m_model->row(row(kAttempts)).field;
        type(kAttempts, "0");
        QCOMPARE(asked.size(), 0);
        QCOMPARE(m_panel->row(kAttempts)->error().toStdString(), parseValue(field, "0").error().message + "; 4 stays");
        QCOMPARE(line(kAttempts)->text(), QString("0")); // stays to be mended
        QCOMPARE(m_model->valueText(row(kAttempts)), QString("4"));
        QTest::keyClicks(line(kAttempts), "5"); // "05"
        QTest::keyClick(line(kAttempts), Qt::Key_Escape);
        QCOMPARE(line(kAttempts)->text(), QString("4"));
        QVERIFY(m_panel->row(kAttempts)->error().isEmpty());
    }

    void aRuleBetweenFieldsIsRefusedInTheSchemasWords()
    {
        type(kMaxDelay, "10ms"); // shorter than initial_delay
        QVERIFY(!m_panel->row(kMaxDelay)->error().isEmpty());
        QCOMPARE(m_model->valueText(row(kMaxDelay)), QString("2s"));
    }

    /// The box shows the dialect in force, and what was wanted is a button away.
    void anotherDialectIsRefusedAndOfferedForComparison()
    {
        SettingRow *breaker = m_panel->row(QStringLiteral("policies.edge.1.dialect"));
        auto *box = breaker->findChild<QComboBox *>();
        QVERIFY(box);
        box->setFocus();
        QTest::keyClicks(box, "res");
        QVERIFY2(breaker->error().startsWith("resilience4j: ") && breaker->error().endsWith("; halfopen stays"), qPrintable(breaker->error()));
        QCOMPARE(box->currentText(), QString("halfopen"));
        auto *compare = breaker->findChild<QPushButton *>("compare_dialect");
        QVERIFY(compare && compare->isVisible());
        QCOMPARE(compare->text(), QString("Compare with resilience4j"));
        const QSignalSpy wanted(m_model.get(), &TuningModel::comparisonRequested);
        compare->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.front().front().toString(), QString("resilience4j"));
        QTest::keyClick(box, Qt::Key_Escape);
        QVERIFY(breaker->error().isEmpty() && !compare->isVisible());
        // There is no such comparison of retries.
        SettingRow *retry = m_panel->row(QStringLiteral("policies.edge.0.dialect"));
        box = retry->findChild<QComboBox *>();
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QVERIFY(!retry->error().isEmpty());
        QCOMPARE(box->currentText(), QString("halfopen"));
        QVERIFY(!retry->findChild<QPushButton *>("compare_dialect"));
    }

    void aStackThatOnlyAFallbackLeadsToIsInUse()
    {
        QByteArray text = test::kTunedScenario;
        text.replace("  db: {", "  replica: { instances: 1, workers: 8, queue: 20, service_time: 10ms }\n  db: {");
        text.replace("    - retry:", "    - fallback: { to: replica, policies: replica_client }\n    - retry:");
        text.replace("faults:", "  replica_client:\n    - timeout: 100ms\n  spare:\n    - timeout: 100ms\nfaults:");
        const LoadResult loaded = loadScenarioText(text.toStdString(), "tuned.yaml", standardVocabulary());
        for (const Diagnostic &diagnostic : loaded.diagnostics)
            qInfo("%s", diagnostic.text().c_str());
        QVERIFY(loaded.scenario);
        m_model->setScenario(loaded.scenario);
        QStringList titles;
        for (const QLabel *label : m_panel->findChildren<QLabel *>())
            titles += label->text();
        const QStringList ofReplica = titles.filter(">replica_client<"), ofSpare = titles.filter(">spare<");
        QCOMPARE(ofReplica.size(), 1);
        QVERIFY2(ofReplica[0].contains("web → replica instead of db"), qPrintable(ofReplica[0]));
        QCOMPARE(ofSpare.size(), 1);
        QVERIFY(ofSpare[0].contains("not used"));
    }

    void headingsNameTheEndpointThatAStackGuards()
    {
        const LoadResult loaded = loadScenarioText("halfopen: 1\nduration: 10s\n"
            "services: { shop: { workers: 9, endpoints: { browse: { service_time: 5ms }, buy: { service_time: 20ms } } } }\n"
            "clients:\n"
            "  web: { arrivals: { constant: 9/s }, calls: [ { to: shop, endpoint: browse, policies: quick } ] }\n"
            "  till: { arrivals: { constant: 9/s }, calls: [ { to: shop, endpoint: buy, policies: patient } ] }\n"
            "policies: { quick: [ { timeout: 100ms } ], patient: [ { timeout: 2s } ] }\n", "shop.yaml", standardVocabulary());
        QVERIFY(loaded.scenario);
        m_model->setScenario(loaded.scenario);
        QStringList titles;
        for (const QLabel *label : m_panel->findChildren<QLabel *>())
            titles += label->text();
        QVERIFY(titles.filter(">quick<").value(0).contains("web → shop/browse"));
        QVERIFY(titles.filter(">patient<").value(0).contains("till → shop/buy"));
    }

    void undoAsksForTheValueBefore()
    {
        type(kAttempts, "6");
        QSignalSpy asked(m_model.get(), &TuningModel::changeRequested);
        m_model->undoStack()->undo();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][1].toString(), QString("4"));
        QVERIFY(!m_model->isChanged(row(kAttempts)));
        QCOMPARE(line(kAttempts)->text(), QString("4"));
        m_model->undoStack()->redo();
        QCOMPARE(line(kAttempts)->text(), QString("6"));
    }

    void aDragOfASliderIsOneUndoStep()
    {
        auto *slider = m_panel->row(kInitial)->findChild<QSlider *>();
        QVERIFY(slider);
        QSignalSpy asked(m_model.get(), &TuningModel::changeRequested);
        slider->setSliderDown(true);
        const int start = slider->value();
        for (int i = 1; i <= 40; ++i)
            slider->setSliderPosition(start + 5 * i);
        slider->setSliderDown(false);
        QVERIFY(asked.size() > 5); // it acts while it is dragged
        QCOMPARE(m_model->undoStack()->count(), 1);
        m_model->undoStack()->undo();
        QCOMPARE(m_model->valueText(row(kInitial)), QString("50ms"));
        slider->setSliderDown(true);
        slider->setSliderPosition(start + 100);
        slider->setSliderDown(false);
        slider->setSliderDown(true);
        slider->setSliderPosition(start + 200);
        slider->setSliderDown(false);
        QCOMPARE(m_model->undoStack()->count(), 2); // two drags are two steps
    }

    void aKeyOnASliderAlwaysGetsToTheNextValue()
    {
        auto *slider = m_panel->row(kAttempts)->findChild<QSlider *>();
        slider->setFocus();
        int before = 4;
        for (int i = 0; i < 6; ++i) {
            QTest::keyClick(slider, Qt::Key_Right);
            const int after = m_model->valueText(row(kAttempts)).toInt();
            QVERIFY2(after > before, qPrintable(QString::number(after)));
            before = after;
        }
        QTest::keyClick(slider, Qt::Key_Left);
        QVERIFY(m_model->valueText(row(kAttempts)).toInt() < before);
    }

    void aClickedSliderTakesTheArrowKeysAndLeavesTheOthers()
    {
        auto *slider = m_panel->row(kAttempts)->findChild<QSlider *>();
        QTest::mouseClick(slider, Qt::LeftButton, {}, QPoint(slider->width() / 2, slider->height() / 2));
        QVERIFY(QApplication::focusWidget());
        const int clicked = m_model->valueText(row(kAttempts)).toInt();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        const int after = m_model->valueText(row(kAttempts)).toInt();
        QVERIFY2(after > clicked, qPrintable(QString("%1 after %2").arg(after).arg(clicked)));
        for (const Qt::Key key : {Qt::Key_Space, Qt::Key_W, Qt::Key_Period, Qt::Key_Comma}) {
            QTest::keyClick(QApplication::focusWidget(), key);
            QCOMPARE(m_model->valueText(row(kAttempts)).toInt(), after);
        }
        QWheelEvent wheel(QPointF(5, 5), slider->mapToGlobal(QPointF(5, 5)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(slider, &wheel);
        QCOMPARE(m_model->valueText(row(kAttempts)).toInt(), after);
    }

    void resetGoesBackToTheFile()
    {
        type(kAttempts, "6");
        type(kRate, "30%");
        QCOMPARE(m_model->changedCount(), 2);
        QToolButton *reset = nullptr;
        for (QToolButton *button : m_panel->row(kRate)->findChildren<QToolButton *>()) {
            if (button->accessibleName().startsWith("Reset"))
                reset = button;
        }
        QVERIFY(reset && reset->isVisible());
        QTest::mouseClick(reset, Qt::LeftButton);
        QCOMPARE(m_model->valueText(row(kRate)), QString("50%"));
        QVERIFY(!reset->isVisible());
        m_model->resetAll();
        QCOMPARE(m_model->changedCount(), 0);
        m_model->undoStack()->undo();
        QCOMPARE(m_model->valueText(row(kAttempts)), QString("6"));
    }

    void resettingAllFindsALegalOrder()
    {
        // Back one by one in the order of the fields, initial_delay 50ms -> ... is fine, but 5s with max_delay 2s
        // would not be: max_delay must wait until initial_delay is back.
        QVERIFY(m_model->edit(row(kMaxDelay), "20s"));
        QVERIFY(m_model->edit(row(kInitial), "5s"));
        QVERIFY(!m_model->edit(row(kMaxDelay), "2s")); // the trap
        QStringList order;
        connect(m_model.get(), &TuningModel::changeRequested, this, [&](const QString &path) { order += path; });
        m_model->resetAll();
        QCOMPARE(order, (QStringList{kInitial, kMaxDelay}));
        QCOMPARE(m_model->changedCount(), 0);
        order.clear();
        m_model->undoStack()->undo();
        QCOMPARE(order, (QStringList{kMaxDelay, kInitial}));
    }

    /// An unset count of failures is not off: five hold until a rate is given.
    void noneSaysWhatItMeans()
    {
        const QString threshold = QStringLiteral("policies.edge.1.failure_threshold");
        QVERIFY(m_model->edit(row(threshold), "none"));
        const auto beside = [&] { return m_panel->row(threshold)->findChild<QLabel *>("default")->text(); };
        QVERIFY(m_model->edit(row(kRate), "none"));
        QCOMPARE(m_model->noneText(row(threshold)), QString("5"));
        QCOMPARE(beside(), QString("none means 5"));
        QVERIFY(m_model->edit(row(kRate), "40%"));
        QCOMPARE(m_model->noneText(row(threshold)), QString());
        QCOMPARE(beside(), QString("default none"));
    }

    /// By Escape and by a click beside it, though its text has a link.
    void theHelpOfASettingCloses()
    {
        m_panel->resize(320, 600);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        QToolButton *help = nullptr;
        for (auto *one : m_panel->row(kAttempts)->findChildren<QToolButton *>())
            if (one->text() == "?")
                help = one;
        QVERIFY(help);
        const auto popover = [] { return QApplication::activePopupWidget(); };
        help->click();
        QVERIFY(popover());
        QTest::keyClick(popover(), Qt::Key_Escape);
        QVERIFY(!popover());
        help->click();
        QVERIFY(popover());
        QTest::mouseClick(popover(), Qt::LeftButton, {}, QPoint(20, 20)); // on a text that may be a link
        QVERIFY(popover());
        QTest::mouseClick(popover(), Qt::LeftButton, {}, QPoint(-20, -20));
        QVERIFY(!popover());
    }

    void anOptionalSettingCanBeSwitchedOffAndOn()
    {
        auto *check = m_panel->row(kRate)->findChild<QCheckBox *>();
        QVERIFY(check && check->isChecked());
        check->setFocus();
        QTest::keyClick(check, Qt::Key_Space);
        QCOMPARE(m_model->valueText(row(kRate)), QString("none"));
        QVERIFY(!line(kRate)->isEnabled());
        QTest::keyClick(check, Qt::Key_Space);
        QCOMPARE(m_model->valueText(row(kRate)), QString("50%"));
    }

    void aChoiceThatOneOptionalSettingForbidsTakesItAlong()
    {
        auto *combo = m_panel->row(kWindowKind)->findChild<QComboBox *>();
        QVERIFY(combo);
        combo->setFocus();
        QTest::keyClick(combo, Qt::Key_Down);
        QCOMPARE(m_model->valueText(row(kWindowKind)), QString("time"));
        QCOMPARE(m_model->valueText(row(kWindowSize)), QString("none"));
        m_model->undoStack()->undo();
        QCOMPARE(m_model->valueText(row(kWindowKind)), QString("count"));
        QCOMPARE(m_model->valueText(row(kWindowSize)), QString("100"));
    }

    void theTunedScenarioHasTheValuesAndKeepsTheComments()
    {
        QVERIFY(m_model->edit(row(kAttempts), "6"));
        const auto changed = m_model->tunedScenario();
        QVERIFY(changed->text.find("max_attempts: 6") != std::string::npos);
        QVERIFY(changed->text.find("# a comment to keep") != std::string::npos);
        const LoadResult again = loadScenarioText(changed->text, "tuned.yaml", standardVocabulary());
        QVERIFY(again.ok());
        m_model->setSaved(again.scenario);
        QCOMPARE(m_model->changedCount(), 0);
        m_model->undoStack()->undo(); // steps outlive saving
        QCOMPARE(m_model->changedCount(), 1);
    }

    void theFilterLeavesWhatMatches()
    {
        QTest::keyClicks(m_panel->filter(), "jitter");
        QVERIFY(m_panel->row("policies.edge.0.jitter")->isVisible());
        QVERIFY(!m_panel->row(kAttempts)->isVisible());
        QVERIFY(!m_panel->row(kRate)->isVisible());
        m_panel->filter()->clear();
        QVERIFY(m_panel->row(kAttempts)->isVisible());
    }

    /// Many a help text speaks of another setting: it counts only where nothing is called so.
    void theFilterLooksAtNamesFirst()
    {
        const auto count = [this](auto fits) {
            int rows = 0;
            for (SettingRow *row : m_panel->findChildren<SettingRow *>())
                rows += fits(row);
            return rows;
        };
        const auto isNamed = [this](SettingRow *row, const QString &text) {
            return SettingRow::isNamed(*m_model->row(row->index()).field, text);
        };
        const auto isHelpedBy = [this](SettingRow *row, const QString &text) {
            return SettingRow::isHelpedBy(*m_model->row(row->index()).field, text);
        };
        const QString word = "wasted";
        const int inHelp = count([&](SettingRow *row) { return isHelpedBy(row, word); });
        QVERIFY(inHelp > 0);
        QCOMPARE(count([&](SettingRow *row) { return isNamed(row, word); }), 0);
        QTest::keyClicks(m_panel->filter(), word);
        QCOMPARE(count([](SettingRow *row) { return row->isVisible(); }), inHelp); // nothing is called so
        m_panel->filter()->clear();
        QVERIFY(count([&](SettingRow *row) { return isHelpedBy(row, "jitter"); }) > 1); // its own, and others
        QTest::keyClicks(m_panel->filter(), "jitter");
        QCOMPARE(count([](SettingRow *row) { return row->isVisible(); }),
                 count([&](SettingRow *row) { return isNamed(row, "jitter"); }));
        m_panel->filter()->clear();
    }

    void whatIsChangedAndHiddenIsSaidAndShownByAClick()
    {
        const auto changed = [this] {
            for (auto *button : m_panel->findChildren<QToolButton *>())
                if (button->isVisible() && button->text().startsWith(QString::number(m_model->changedCount()) + " changed"))
                    return button;
            return static_cast<QToolButton *>(nullptr);
        };
        QVERIFY(!changed());
        type(kAttempts, "6");
        QVERIFY(changed());
        QCOMPARE(changed()->text(), QString("1 changed"));
        m_panel->filter()->setText("jitter");
        QVERIFY(!m_panel->row(kAttempts)->isVisible());
        QCOMPARE(changed()->text(), QString("1 changed, 1 hidden"));
        QTest::mouseClick(changed(), Qt::LeftButton);
        QVERIFY(m_panel->row(kAttempts)->isVisible());
        QVERIFY(!m_panel->row("policies.edge.0.jitter")->isVisible());
        QVERIFY(!m_panel->row(kRate)->isVisible());
        QCOMPARE(changed()->text(), QString("1 changed"));
        QVERIFY(m_model->edit(row(kRate), "30%")); // joins it
        QTRY_VERIFY(m_panel->row(kRate)->isVisible());
        QVERIFY(m_panel->row(kAttempts)->isVisible());
        m_panel->filter()->setText(TuningPanel::changedFilter() + ' '); // a blank is no other word
        QTest::mouseClick(changed(), Qt::LeftButton); // what was looked for before
        QCOMPARE(m_panel->filter()->text(), QString("jitter"));
        QVERIFY(m_panel->row("policies.edge.0.jitter")->isVisible());
        m_panel->filter()->clear();
        QTest::mouseClick(changed(), Qt::LeftButton);
        QTest::mouseClick(changed(), Qt::LeftButton);
        QCOMPARE(m_panel->filter()->text(), QString()); // all again
        m_model->resetAll();
        QVERIFY(!changed());
        m_panel->filter()->setText(TuningPanel::changedFilter());
        QVERIFY2(said().contains("No setting is changed."), qPrintable(said()));
    }

    void theChangedSettingsAreThoseOfNow_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::newRow("as the button types it") << TuningPanel::changedFilter();
        QTest::newRow("with a blank") << TuningPanel::changedFilter() + ' ';
    }
    void theChangedSettingsAreThoseOfNow()
    {
        QFETCH(QString, filter);
        const auto isListed = [this](const QString &path) { return m_panel->row(path)->isVisible(); };
        type(kAttempts, "6");
        m_panel->filter()->setFocus();
        m_panel->filter()->setText(filter);
        QVERIFY(isListed(kAttempts) && !isListed(kRate));
        // One step takes one back and changes another: just as many as before.
        QUndoStack *steps = m_model->undoStack();
        steps->beginMacro("both");
        QVERIFY(m_model->reset(row(kAttempts)));
        QVERIFY(m_model->edit(row(kRate), "30%"));
        steps->endMacro();
        QTRY_VERIFY(isListed(kRate) && !isListed(kAttempts));
        steps->undo();
        QTRY_VERIFY(isListed(kAttempts) && !isListed(kRate));
        steps->redo();
        QTRY_VERIFY(isListed(kRate) && !isListed(kAttempts));
        m_model->resetAll();
        QTRY_VERIFY2(said().contains("No setting is changed."), qPrintable(said()));
    }

    void aChangeThatIsTakenBackInItsRowStaysListedMeanwhile()
    {
        QVERIFY(m_model->edit(row(kAttempts), "6"));
        QVERIFY(m_model->edit(row(kRate), "30%"));
        m_panel->filter()->setText(TuningPanel::changedFilter());
        SettingRow *attempts = m_panel->row(kAttempts);
        line(kAttempts)->setFocus();
        type(kAttempts, "4");
        QVERIFY(!m_model->isChanged(row(kAttempts)));
        // Another joins those that are changed, and one is taken back elsewhere.
        QVERIFY(m_model->edit(row(kInitial), "60ms"));
        QVERIFY(m_model->reset(row(kRate)));
        QTRY_VERIFY(m_panel->row(kInitial)->isVisible());
        QTRY_VERIFY(!m_panel->row(kRate)->isVisible());
        QVERIFY(attempts->isVisible());
        // The button in the row has the focus until it has done its work.
        type(kAttempts, "6");
        for (QToolButton *button : attempts->findChildren<QToolButton *>()) {
            if (button->accessibleName().startsWith("Reset "))
                button->setFocus();
        }
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QVERIFY(!m_model->isChanged(row(kAttempts)));
        QCoreApplication::processEvents();
        QVERIFY(attempts->isVisible());
        m_panel->filter()->clear();
        m_panel->filter()->setText(TuningPanel::changedFilter());
        QVERIFY(!attempts->isVisible());
        QVERIFY(m_panel->row(kInitial)->isVisible());
    }

    void theFilterSaysThatNothingMatches()
    {
        QTest::keyClicks(m_panel->filter(), "zzz");
        QVERIFY2(said().contains("No setting has “zzz”"), qPrintable(said()));
        m_panel->filter()->clear();
        QVERIFY(!said().contains("No setting"));
        QVERIFY(m_panel->row(kAttempts)->isVisible());
    }

    /// In another scenario it would hide settings that nobody has looked for.
    void theFilterIsOfOneScenario()
    {
        QTest::keyClicks(m_panel->filter(), "jitter");
        m_model->setScenario(tuned()); // the same file, read again
        QCOMPARE(m_panel->filter()->text(), QString("jitter"));
        QVERIFY(!m_panel->row(kAttempts)->isVisible());
        m_model->setScenario(loadScenarioText(test::kTunedScenario, "other.yaml", standardVocabulary()).scenario);
        QCOMPARE(m_panel->filter()->text(), QString());
        QVERIFY(m_panel->row(kAttempts)->isVisible());
    }

    void aLargeWorldBeginsFolded()
    {
        m_model->setScenario(withSpares(kSpares, "large.yaml"));
        QVERIFY(m_panel->filter()->isEnabled());
        QTRY_VERIFY(isMade());
        for (const LayerGroup *group : groups())
            QVERIFY(group->isVisible() && !group->isExpanded());
        QCOMPARE(rowsMade(), 0);
        QTest::mouseClick(titleOf(groups()[1]), Qt::LeftButton);
        QCOMPARE(line(kRate)->text(), QString("50%"));
        QVERIFY(m_panel->row(kRate)->isVisible());
        QCOMPARE(rowsMade(), m_model->layers()[1].rowCount);
    }

    void aRowOfALargeWorldIsThereBeforeItsTurn()
    {
        m_panel->setSlice(0ms);
        m_model->setScenario(withSpares(kSpares, "large.yaml"));
        QVERIFY(isHalfMade());
        const QString path = m_model->row(m_model->layers().back().rowFirst).path;
        QVERIFY2(path.startsWith(QString("policies.spare%1.0.").arg(kSpares - 1)), qPrintable(path));
        QVERIFY(m_panel->row(path));
        QCOMPARE(line(path)->text(), QString("100ms"));
        QVERIFY(m_model->edit(row(path), "300ms"));
        QCOMPARE(line(path)->text(), QString("300ms"));
        QVERIFY(isMade());
        QTest::qWait(50); // nothing is made twice
        QVERIFY(isMade());
        QCOMPARE(groups().back()->rows().front()->objectName(), path);
    }

    void aFoldedLayerSaysHowManyOfItsSettingsChanged()
    {
        const auto saysOneChanged = [](const LayerGroup *group) {
            const QList<QLabel *> labels = group->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(),
                               [](const QLabel *label) { return label->text().startsWith("1 "); });
        };
        m_model->setScenario(withSpares(kSpares, "large.yaml"));
        QVERIFY(m_model->edit(m_model->layers().back().rowFirst, "300ms"));
        QTRY_VERIFY(isMade());
        QVERIFY(saysOneChanged(groups().back()));
        QVERIFY(!saysOneChanged(groups()[1]));
        QVERIFY(m_model->edit(row(kRate), "30%"));
        QVERIFY(saysOneChanged(groups()[1]));
        QVERIFY(m_model->reset(row(kRate)));
        QVERIFY(!saysOneChanged(groups()[1]));
        QCOMPARE(rowsMade(), 0);
    }

    void theFilterOpensTheFewLayersOfALargeWorldThatItFinds()
    {
        m_model->setScenario(withSpares(kSpares, "large.yaml"));
        QTRY_VERIFY(isMade());
        m_panel->filter()->setText("jitter");
        for (qsizetype i = 0; i < groups().size(); ++i)
            QCOMPARE(groups()[i]->isVisible(), i == 0);
        const QList<SettingRow *> rows = m_panel->findChildren<SettingRow *>();
        QCOMPARE(std::count_if(rows.begin(), rows.end(), [](SettingRow *row) { return row->isVisible(); }), 1);
        QVERIFY(m_panel->row("policies.edge.0.jitter")->isVisible());
        m_panel->filter()->setText("timeout"); // in all of them but one
        QVERIFY(groups().back()->isVisible());
        QVERIFY(rowsMade() < 100);
        m_panel->filter()->clear();
        QVERIFY(groups()[0]->isVisible());
        QVERIFY(!m_panel->row("policies.edge.0.jitter")->isVisible());
    }

    void theFilterWaitsForAllOfALargeWorld()
    {
        m_panel->setSlice(0ms);
        m_model->setScenario(withSpares(kSpares, "large.yaml"));
        QVERIFY(isHalfMade());
        m_panel->filter()->setText("zzz");
        QVERIFY2(!said().contains("No setting"), qPrintable(said()));
        QTRY_VERIFY(isMade());
        QVERIFY2(said().contains("No setting has “zzz”"), qPrintable(said()));
        m_panel->filter()->clear();
        QVERIFY(!said().contains("No setting"));
        QVERIFY(groups().back()->isVisible());
    }

    void aLargeWorldThatIsReadAgainWhileItIsMadeIsMadeOnce()
    {
        m_panel->setSlice(0ms);
        m_model->setScenario(withSpares(kSpares));
        QVERIFY(isHalfMade());
        groups()[1]->setExpanded(true);
        m_panel->filter()->setText("rate");
        m_model->setScenario(withSpares(kSpares - 1)); // the same file, edited
        QTRY_VERIFY(isMade());
        QTest::qWait(50);
        QVERIFY(isMade());
        QCOMPARE(m_panel->filter()->text(), QString("rate"));
        QVERIFY(m_panel->row(kRate)->isVisible());
        QVERIFY(!groups().back()->isVisible());
        m_panel->filter()->clear();
        QVERIFY(groups()[1]->isExpanded());
        QVERIFY(!groups()[0]->isExpanded() && !groups()[2]->isExpanded());
    }

    void anotherFileWhileALargeWorldIsMadeTakesItsPlace()
    {
        m_panel->setSlice(0ms);
        m_model->setScenario(withSpares(kSpares, "large.yaml"));
        QVERIFY(isHalfMade());
        m_panel->filter()->setText("spare");
        m_model->setScenario(tuned());
        QTest::qWait(50);
        QCOMPARE(groups().size(), 3);
        QCOMPARE(m_panel->filter()->text(), QString());
        QVERIFY(m_panel->row(kAttempts)->isVisible());
        QVERIFY(!said().contains("spare"));
    }

    /// More layers fold those that nobody has touched, and no others.
    void whatWasFoldedStaysSoWhenTheWorldGrowsLarge()
    {
        QTest::mouseClick(titleOf(groups()[0]), Qt::LeftButton);
        m_model->setScenario(withSpares(60));
        QTRY_VERIFY(isMade());
        for (const LayerGroup *group : groups())
            QVERIFY(!group->isExpanded());
        QTest::mouseClick(titleOf(groups()[1]), Qt::LeftButton);
        m_model->setScenario(tuned());
        QVERIFY(!groups()[0]->isExpanded());
        QVERIFY(groups()[1]->isExpanded());
        QVERIFY(groups()[2]->isExpanded());
    }

    void aRefusalOpensItsLayer()
    {
        m_model->setScenario(withSpares(60, "large.yaml"));
        QTRY_VERIFY(isMade());
        m_panel->showRefusal(kRate, "The run has ended.");
        QVERIFY(m_panel->row(kRate)->isVisible());
        QVERIFY2(said().contains("The run has ended."), qPrintable(said()));
        QVERIFY(!m_panel->row(kAttempts)->isVisible());
    }

    void tabGoesFromAnOpenedLayerToItsRows()
    {
        m_model->setScenario(withSpares(60, "large.yaml"));
        QTRY_VERIFY(isMade());
        QToolButton *title = titleOf(groups()[1]);
        title->setFocus();
        QTest::keyClick(title, Qt::Key_Space);
        QVERIFY(groups()[1]->isExpanded());
        QTest::keyClick(qApp->focusWidget(), Qt::Key_Tab); // its help
        QVERIFY(groups()[1]->isAncestorOf(qApp->focusWidget()));
        QTest::keyClick(qApp->focusWidget(), Qt::Key_Tab);
        for (SettingRow *row : groups()[1]->rows()) { // one after the other, and then on
            QVERIFY2(row->isAncestorOf(qApp->focusWidget()), qPrintable(row->objectName()));
            for (int i = 0; i < 9 && row->isAncestorOf(qApp->focusWidget()); ++i)
                QTest::keyClick(qApp->focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(qApp->focusWidget(), titleOf(groups()[2]));
        bool isRound = false; // it is in no circle of its own
        for (int i = 0; i < 500 && qApp->focusWidget() != title; ++i) {
            isRound = isRound || qApp->focusWidget() == m_panel->filter();
            QTest::keyClick(qApp->focusWidget(), Qt::Key_Tab);
        }
        QVERIFY(isRound);
        QCOMPARE(qApp->focusWidget(), title);
    }

    /// Whatever else the window gets while the form is made.
    void tabGoesThroughALargeWorldInOrder()
    {
        QWidget window;
        QVBoxLayout layout(&window);
        layout.addWidget(m_panel.get());
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        m_panel->setSlice(0ms);
        m_model->setScenario(withSpares(kSpares, "large.yaml"));
        QVERIFY(isHalfMade());
        QPushButton other;
        layout.addWidget(&other);
        other.show();
        const auto apart = qScopeGuard([this] { m_panel->setParent(nullptr); });
        QTRY_VERIFY(isMade());
        m_panel->filter()->setFocus();
        for (LayerGroup *group : groups()) {
            QTest::keyClick(qApp->focusWidget(), Qt::Key_Tab);
            QCOMPARE(qApp->focusWidget(), titleOf(group));
            QTest::keyClick(qApp->focusWidget(), Qt::Key_Tab);
            QVERIFY(group->isAncestorOf(qApp->focusWidget()));
        }
        QTest::keyClick(qApp->focusWidget(), Qt::Key_Tab);
        QCOMPARE(qApp->focusWidget(), &other);
    }

    void everyControlHasAName()
    {
        for (const auto &modelRow : m_model->rows()) {
            SettingRow *settingRow = m_panel->row(modelRow.path);
            QVERIFY2(!settingRow->editor()->focusTarget()->accessibleName().isEmpty(), qPrintable(modelRow.path));
            for (const QToolButton *button : settingRow->findChildren<QToolButton *>())
                QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(), qPrintable(modelRow.path));
        }
    }

    void aScaleRoundTripsAndStaysLegal()
    {
        for (const auto &modelRow : m_model->rows()) {
            const auto scale = ValueScale::of(*modelRow.field, modelRow.value);
            if (!scale)
                continue;
            int before = -1;
            for (int position = 0; position <= ValueScale::kPositions; position += 25) {
                const Value value = scale->toValue(position);
                const std::string text = formatValue(*modelRow.field, value);
                const auto parsed = parseValue(*modelRow.field, text);
                QVERIFY2(parsed, (modelRow.path.toStdString() + ": " + text).c_str());
                const int back = scale->toPosition(value);
                QVERIFY2(back >= before, qPrintable(modelRow.path)); // never backwards
                before = back;
            }
        }
    }
};

QTEST_MAIN(TestTuning)
#include "tst_tuning.moc"
