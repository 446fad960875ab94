// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/vocabulary.h"
#include "tests/support/tuned_scenario.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
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
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

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
        const QString word = "wasted";
        const int inHelp = count([&](SettingRow *row) { return row->helpMatches(word); });
        QVERIFY(inHelp > 0);
        QCOMPARE(count([&](SettingRow *row) { return row->matches(word); }), 0);
        QTest::keyClicks(m_panel->filter(), word);
        QCOMPARE(count([](SettingRow *row) { return row->isVisible(); }), inHelp); // nothing is called so
        m_panel->filter()->clear();
        QVERIFY(count([](SettingRow *row) { return row->helpMatches("jitter"); }) > 1); // its own, and others
        QTest::keyClicks(m_panel->filter(), "jitter");
        QCOMPARE(count([](SettingRow *row) { return row->isVisible(); }), count([](SettingRow *row) { return row->matches("jitter"); }));
        m_panel->filter()->clear();
    }

    void theFilterSaysThatNothingMatches()
    {
        const auto said = [this] {
            QStringList all;
            for (const QLabel *label : m_panel->findChildren<QLabel *>())
                all += label->isVisible() ? label->text() : QString();
            return all.join('\n');
        };
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
