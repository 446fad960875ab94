// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/setting_editor.h"

#include "ui/theme.h"
#include "ui/tuning/value_scale.h"
#include "ui/wheel_guard.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QRegularExpression>
#include <QSlider>
#include <QStyleOptionComboBox>
#include <QStylePainter>
#include <QToolButton>

#include <algorithm>
#include <functional>
#include <optional>

namespace halfopen {
namespace {

QString toText(const Field &field, const Value &value)
{
    return QString::fromStdString(formatValue(field, value));
}

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// What was typed, with the decimal point that files have: who writes "0,5" elsewhere may write it here.
QString asInFile(const Field &field, const QString &typed)
{
    const bool isNumber = field.type == ValueType::Duration || field.type == ValueType::Rate
        || field.type == ValueType::Probability || field.type == ValueType::Number || field.type == ValueType::Count
        || field.type == ValueType::CountOrDuration;
    static const QRegularExpression comma(QStringLiteral("(?<=\\d),(?=\\d)"));
    const bool hasComma = QLocale().decimalPoint() == QLatin1String(",");
    return isNumber && hasComma ? QString(typed).replace(comma, QStringLiteral(".")) : typed;
}

/// A line of text; Escape gives up, Return is done with it.
class ValueLine final : public QLineEdit {
public:
    using QLineEdit::QLineEdit;
    std::function<void()> abandon;
    std::function<void()> enter;
    bool isList = false; ///< of words between commas

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Escape && isModified()) {
            abandon();
            return;
        }
        QLineEdit::keyPressEvent(event);
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            enter();
    }
    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::ShortcutOverride && !isModified()) {
            // Nothing typed is waiting here: undo and redo mean the settings, not this line's letters.
            const auto *key = static_cast<QKeyEvent *>(event);
            if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
                event->ignore();
                return true;
            }
            // Nor does any value begin with these: they play the run and set its speed, as everywhere.
            const int letter = key->key();
            if (!(key->modifiers() & ~Qt::ShiftModifier)
                && (letter == Qt::Key_Space || letter == Qt::Key_BracketLeft || letter == Qt::Key_BracketRight
                    || letter == Qt::Key_Question || (letter == Qt::Key_Comma && !isList))) {
                event->ignore();
                return true;
            }
        }
        // Else the window's Escape would win, and the typed text would stay.
        if (event->type() == QEvent::ShortcutOverride && isModified()
            && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
        return QLineEdit::event(event);
    }
};

/// A slider and a text beside it, for everything that is a number with a unit.
class ScaledEditor final : public SettingEditor {
public:
    ScaledEditor(const Field &field, const Value &start, QWidget *parent) : SettingEditor(parent), m_field(field)
    {
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(Theme::gap());
        m_scale = ValueScale::of(field, start);
        if (m_scale) {
            m_slider = new QSlider(Qt::Horizontal);
            m_slider->setRange(0, ValueScale::kPositions);
            m_slider->setSingleStep(10);
            m_slider->setPageStep(100);
            leaveWheelAlways(m_slider); // a click gives it the arrow keys, and the wheel still scrolls the form
            layout->addWidget(m_slider, 1);
            connect(m_slider, &QSlider::valueChanged, this, &ScaledEditor::onSlider);
        }
        m_line = new ValueLine;
        m_line->abandon = [this] { emit abandoned(); };
        m_line->enter = [this] { emit entered(); };
        m_line->isList = field.type == ValueType::TextList || field.type == ValueType::Text;
        if (m_scale)
            m_line->setFixedWidth(Theme::px(84));
        m_line->setAlignment(m_scale ? Qt::AlignRight : Qt::AlignLeft);
        layout->addWidget(m_line, m_scale ? 0 : 1);
        connect(m_line, &QLineEdit::editingFinished, this, [this] {
            if (m_line->isModified()) {
                m_line->setModified(false);
                emit edited(asInFile(m_field, m_line->text()), false);
            }
        });
    }
    void setValue(const Value &value) override
    {
        setInvalid(false);
        if (std::holds_alternative<std::monostate>(value)) {
            m_line->clear();
            m_line->setPlaceholderText(toText(m_field, value));
            return;
        }
        if (m_field.type == ValueType::CountOrDuration)
            m_scale = ValueScale::of(m_field, value); // calls or seconds: the scale follows the unit
        m_line->setText(toText(m_field, value));
        m_position = m_scale ? m_scale->toPosition(value) : 0;
        if (m_slider && !m_slider->isSliderDown() && m_scale) {
            const QSignalBlocker silent(m_slider);
            m_slider->setValue(m_position);
        }
    }
    QWidget *focusTarget() override { return m_line; }
    bool isTyped() const override { return true; }
    void setInvalid(bool invalid) override
    {
        QPalette palette;
        if (invalid)
            palette.setColor(QPalette::Text, Theme::of(this).error);
        m_line->setPalette(palette);
    }

private:
    void onSlider(int position)
    {
        // A step of the keyboard may be shorter than the way to the next round value. It must get there all the
        // same, or the handle would snap back for ever.
        const Value present = m_scale->toValue(m_position);
        const int direction = position > m_position ? 1 : -1;
        if (!m_slider->isSliderDown()) {
            while (m_scale->toValue(position) == present && position > 0 && position < ValueScale::kPositions)
                position += direction;
        }
        emit edited(toText(m_field, m_scale->toValue(position)), true);
    }

    const Field &m_field;
    std::optional<ValueScale> m_scale;
    QSlider *m_slider = nullptr;
    int m_position = 0; ///< of the value shown
    ValueLine *m_line = nullptr;
};

class ChoiceEditor final : public SettingEditor {
public:
    ChoiceEditor(const Field &field, QWidget *parent) : SettingEditor(parent)
    {
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        m_combo = new QComboBox;
        for (const std::string_view choice : field.choices)
            m_combo->addItem(toText(choice));
        // The longest choice must not make the panel wider than its dock.
        m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_combo->setMinimumContentsLength(8);
        m_combo->setFocusPolicy(Qt::TabFocus);
        leaveWheelToParent(m_combo);
        layout->addWidget(m_combo);
        connect(m_combo, &QComboBox::activated, this, [this] { emit edited(m_combo->currentText(), false); });
    }
    void setValue(const Value &value) override
    {
        if (const auto *choice = std::get_if<std::string>(&value))
            m_combo->setCurrentIndex(m_combo->findText(QString::fromStdString(*choice)));
    }
    QWidget *focusTarget() override { return m_combo; }

private:
    QComboBox *m_combo = nullptr;
};

class FlagEditor final : public SettingEditor {
public:
    explicit FlagEditor(QWidget *parent) : SettingEditor(parent)
    {
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        m_check = new QCheckBox;
        m_check->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(m_check);
        connect(m_check, &QCheckBox::clicked, this,
                [this](bool on) { emit edited(on ? QStringLiteral("true") : QStringLiteral("false"), false); });
    }
    void setValue(const Value &value) override
    {
        const auto *flag = std::get_if<bool>(&value);
        m_check->setChecked(flag && *flag);
        m_check->setText(flag && *flag ? SettingEditor::tr("on") : SettingEditor::tr("off"));
    }
    QWidget *focusTarget() override { return m_check; }

private:
    QCheckBox *m_check = nullptr;
};

/// Stays open while its items are ticked, so that several can be changed at once.
class TickMenu final : public QMenu {
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        if (QAction *action = activeAction(); action && action->isCheckable())
            action->trigger();
        else
            QMenu::mouseReleaseEvent(event);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        const bool ticks = event->key() == Qt::Key_Space || event->key() == Qt::Key_Return;
        if (QAction *action = activeAction(); ticks && action && action->isCheckable())
            action->trigger();
        else
            QMenu::keyPressEvent(event);
    }
};

/// A button with a list below it looks as the other boxes of choices do.
class ListButton final : public QToolButton {
public:
    void setWords(const QString &words)
    {
        setText(words);
        setToolTip(words);
    }
    QSize sizeHint() const override
    {
        const QStyleOptionComboBox box = option();
        return style()->sizeFromContents(QStyle::CT_ComboBox, &box, QSize(0, fontMetrics().height()), this);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const QStyleOptionComboBox box = option();
        QStylePainter painter(this);
        painter.drawComplexControl(QStyle::CC_ComboBox, box);
        painter.drawControl(QStyle::CE_ComboBoxLabel, box);
    }

private:
    QStyleOptionComboBox option() const
    {
        QStyleOptionComboBox box;
        box.initFrom(this);
        box.currentText = text(); // the style elides it
        box.state.setFlag(QStyle::State_On, isDown());
        return box;
    }
};

/// Some of a list of words.
class WordsEditor final : public SettingEditor {
public:
    WordsEditor(const Field &field, QWidget *parent) : SettingEditor(parent), m_field(field)
    {
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        m_button = new ListButton;
        m_button->setPopupMode(QToolButton::InstantPopup);
        m_button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        m_button->setFocusPolicy(Qt::TabFocus);
        m_menu = new TickMenu(m_button);
        for (const std::string_view choice : field.choices) {
            QAction *action = m_menu->addAction(toText(choice));
            action->setCheckable(true);
            connect(action, &QAction::triggered, this, &WordsEditor::onTick);
            m_words.push_back(action);
        }
        if (m_words.size() > 2) {
            m_menu->addSeparator();
            connect(m_menu->addAction(SettingEditor::tr("All")), &QAction::triggered, this, [this] { tickAll(true); });
            connect(m_menu->addAction(SettingEditor::tr("None")), &QAction::triggered, this, [this] { tickAll(false); });
        }
        m_button->setMenu(m_menu);
        layout->addWidget(m_button);
    }
    void setValue(const Value &value) override
    {
        const auto *words = std::get_if<std::vector<std::string>>(&value);
        QStringList shown;
        for (QAction *action : m_words) {
            const std::string word = action->text().toStdString();
            const bool on = words && std::find(words->begin(), words->end(), word) != words->end();
            action->setChecked(on);
            if (on)
                shown += action->text();
        }
        m_button->setWords(shown.isEmpty() ? SettingEditor::tr("none") : shown.join(QStringLiteral(", ")));
    }
    QWidget *focusTarget() override { return m_button; }

private:
    void tickAll(bool on)
    {
        for (QAction *action : m_words)
            action->setChecked(on);
        onTick(); // one change, not one for each word
    }
    void onTick()
    {
        std::vector<std::string> words;
        for (const QAction *action : m_words) {
            if (action->isChecked())
                words.push_back(action->text().toStdString());
        }
        emit edited(toText(m_field, words), false);
    }

    const Field &m_field;
    ListButton *m_button = nullptr;
    QMenu *m_menu = nullptr;
    std::vector<QAction *> m_words;
};

} // namespace

SettingEditor *SettingEditor::create(const Field &field, const Value &start, QWidget *parent)
{
    switch (field.type) {
    case ValueType::Choice:
        return new ChoiceEditor(field, parent);
    case ValueType::Flag:
        return new FlagEditor(parent);
    case ValueType::TextList:
        if (!field.choices.empty())
            return new WordsEditor(field, parent);
        break;
    case ValueType::Duration:
    case ValueType::Rate:
    case ValueType::Probability:
    case ValueType::Count:
    case ValueType::Number:
    case ValueType::Text:
    case ValueType::CountOrDuration:
        break;
    }
    return new ScaledEditor(field, start, parent);
}

} // namespace halfopen
