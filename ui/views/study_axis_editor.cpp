// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/study_axis_editor.h"

#include "ui/models/core_message.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScreen>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>

#include <algorithm>

namespace halfopen {

namespace {

constexpr int kStepsMax = 200;
constexpr int kNameLeast = 14; // letters

/// While nobody types in it, a text that is too long loses its middle: names that begin alike differ at their ends.
class MiddleElidingEdit final : public QLineEdit {
protected:
    void paintEvent(QPaintEvent *event) override
    {
        const int room = width() - 2 * Theme::px(4);
        if (hasFocus() || fontMetrics().horizontalAdvance(text()) <= room) {
            QLineEdit::paintEvent(event);
            return;
        }
        QPainter painter(this);
        painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::Text));
        painter.drawText(rect().adjusted(Theme::px(4), 0, -Theme::px(4), 0), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text(), Qt::ElideMiddle, room));
    }
};

/// The lists that it opens, that to choose from and that of what matches, are as wide as their texts.
class WideListsCombo final : public QComboBox {
public:
    void showPopup() override
    {
        view()->setMinimumWidth(widthOf(view()));
        QComboBox::showPopup();
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Show && watched == completer()->popup())
            completer()->popup()->setMinimumWidth(widthOf(completer()->popup()));
        return QComboBox::eventFilter(watched, event);
    }

private:
    int widthOf(const QAbstractItemView *list) const
    {
        const int wanted = list->sizeHintForColumn(0) + list->verticalScrollBar()->sizeHint().width() + 2 * Theme::gap();
        const int room = screen()->availableGeometry().right() - mapToGlobal(QPoint()).x();
        return std::max(width(), std::min(wanted, room));
    }
};

} // namespace

QComboBox *searchableCombo(const QString &accessibleName)
{
    auto *combo = new WideListsCombo;
    combo->setEditable(true);
    combo->setLineEdit(new MiddleElidingEdit);
    combo->setInsertPolicy(QComboBox::NoInsert);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(6); // it stretches where there is room
    combo->setMaxVisibleItems(24);
    combo->setAccessibleName(accessibleName);
    combo->completer()->setCompletionMode(QCompleter::PopupCompletion);
    combo->completer()->setFilterMode(Qt::MatchContains);
    combo->completer()->setCaseSensitivity(Qt::CaseInsensitive);
    // Half a word is no choice: the one before stands.
    QObject::connect(combo->lineEdit(), &QLineEdit::editingFinished, combo, [combo] {
        const int found = combo->findText(combo->currentText());
        if (found >= 0 && found != combo->currentIndex())
            combo->setCurrentIndex(found);
        else
            combo->setEditText(combo->itemText(combo->currentIndex()));
        combo->lineEdit()->setCursorPosition(0);
    });
    QObject::connect(combo, &QComboBox::currentIndexChanged, combo->lineEdit(), [combo] {
        combo->lineEdit()->setCursorPosition(0);
        combo->setToolTip(combo->currentText()); // it may be wider than the box
    });
    combo->completer()->popup()->installEventFilter(combo);
    return combo;
}

StudyAxisEditor::StudyAxisEditor(const QString &caption, QWidget *parent) : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::px(6));
    m_caption = new QLabel(caption);
    layout->addWidget(m_caption);
    m_combo = searchableCombo(caption);
    m_caption->setBuddy(m_combo);
    layout->addWidget(m_combo, 1);
    m_combo->setMinimumContentsLength(kNameLeast); // which setting it is says more than how its steps are spaced
    m_kinds = new QStackedWidget;
    m_kinds->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_kinds->addWidget(buildRange());
    m_list = new QLineEdit;
    m_list->setAccessibleName(tr("%1: values, with commas between them").arg(caption));
    m_list->setToolTip(tr("Values, with commas between them"));
    m_kinds->addWidget(m_list);
    m_kinds->addWidget(new QWidget);
    layout->addWidget(m_kinds);
    connect(m_list, &QLineEdit::textEdited, this, &StudyAxisEditor::changed);
    connect(m_list, &QLineEdit::returnPressed, this, &StudyAxisEditor::submitted);
    connect(m_combo, &QComboBox::currentIndexChanged, this, [this] {
        propose();
        emit changed();
    });
}

QWidget *StudyAxisEditor::buildRange()
{
    auto *range = new QWidget;
    auto *layout = new QHBoxLayout(range);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::px(6));
    const auto edit = [&](const QString &name) {
        auto *line = new QLineEdit;
        line->setFixedWidth(Theme::px(60));
        line->setAccessibleName(name);
        connect(line, &QLineEdit::textEdited, this, &StudyAxisEditor::changed);
        connect(line, &QLineEdit::returnPressed, this, &StudyAxisEditor::submitted);
        return line;
    };
    m_from = edit(tr("First value"));
    m_to = edit(tr("Last value"));
    m_steps = new QSpinBox;
    m_steps->setRange(2, kStepsMax);
    m_steps->setAccessibleName(tr("Number of values"));
    m_steps->setToolTip(tr("How many values, both ends included"));
    m_steps->setFixedWidth(Theme::px(56));
    m_spacing = new QComboBox;
    m_spacing->addItems({tr("even steps"), tr("equal ratios")});
    m_spacing->setAccessibleName(tr("Spacing of the values"));
    m_spacing->setMinimumWidth(Theme::px(84));
    layout->addWidget(m_from);
    layout->addWidget(new QLabel(tr("to")));
    layout->addWidget(m_to);
    layout->addWidget(new QLabel(tr("in")));
    layout->addWidget(m_steps);
    layout->addWidget(m_spacing);
    connect(m_steps, &QSpinBox::valueChanged, this, &StudyAxisEditor::changed);
    connect(m_spacing, &QComboBox::currentIndexChanged, this, &StudyAxisEditor::changed);
    return range;
}

void StudyAxisEditor::setParameters(std::vector<StudyParameter> parameters, const QString &none)
{
    const auto isAlike = [](const StudyParameter &a, const StudyParameter &b) { return a.path == b.path && a.label == b.label; };
    const bool isOnlyOfOtherValues = m_combo->count() > 0 && m_first == (none.isEmpty() ? 0 : 1)
        && std::equal(parameters.begin(), parameters.end(), m_parameters.begin(), m_parameters.end(), isAlike);
    if (isOnlyOfOtherValues) { // the boxes stay as they are, also while one is typed in
        m_parameters = std::move(parameters);
        emit changed();
        return;
    }
    const std::optional<StudyParameter> before = parameter();
    const bool isFirstTime = m_combo->count() == 0;
    const QSignalBlocker quiet(m_combo);
    m_parameters = std::move(parameters);
    m_first = none.isEmpty() ? 0 : 1;
    m_combo->clear();
    if (m_first > 0)
        m_combo->addItem(none);
    int chosen = 0;
    bool isKept = !isFirstTime && !before && m_first > 0;
    for (const StudyParameter &one : m_parameters) {
        m_combo->addItem(one.label);
        m_combo->setItemData(m_combo->count() - 1, one.help, Qt::ToolTipRole);
        if (before && before->path == one.path) {
            chosen = m_combo->count() - 1;
            isKept = true;
        }
    }
    m_combo->setCurrentIndex(m_combo->count() > 0 ? chosen : -1);
    m_combo->lineEdit()->setCursorPosition(0);
    if (!isKept)
        propose();
    emit changed();
}

bool StudyAxisEditor::choose(const QString &path)
{
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        if (m_parameters[i].path != path)
            continue;
        const int index = int(i) + m_first;
        if (m_combo->currentIndex() == index)
            propose();
        else
            m_combo->setCurrentIndex(index);
        return true;
    }
    return false;
}

void StudyAxisEditor::chooseFirst()
{
    if (!m_parameters.empty())
        choose(m_parameters.front().path);
}

std::optional<StudyParameter> StudyAxisEditor::parameter() const
{
    const int index = m_combo->currentIndex() - m_first;
    if (index < 0 || index >= int(m_parameters.size()))
        return std::nullopt;
    return m_parameters[std::size_t(index)];
}

void StudyAxisEditor::propose()
{
    const std::optional<StudyParameter> chosen = parameter();
    m_kinds->setCurrentIndex(!chosen ? 2 : chosen->isList ? 1 : 0);
    const QString tip = QStringLiteral("<p><b>%1</b></p><p>%2</p>"); // the label may be wider than the box
    m_combo->setToolTip(chosen ? tip.arg(chosen->label.toHtmlEscaped(), chosen->help.toHtmlEscaped()) : QString());
    if (!chosen)
        return;
    m_list->setText(chosen->values);
    const QSignalBlocker quietSteps(m_steps);
    const QSignalBlocker quietSpacing(m_spacing);
    m_from->setText(chosen->from);
    m_to->setText(chosen->to);
    m_steps->setValue(chosen->steps);
    m_spacing->setCurrentIndex(chosen->inRatios ? 1 : 0);
}

void StudyAxisEditor::setRange(const QString &from, const QString &to, int steps)
{
    m_from->setText(from);
    m_to->setText(to);
    m_steps->setValue(steps);
    emit changed();
}

Result<StudyAxis> StudyAxisEditor::axis() const
{
    const std::optional<StudyParameter> chosen = parameter();
    if (!chosen)
        return failure(tr("Nothing is chosen to vary.").toStdString());
    Result<std::vector<std::string>> values = chosen->isList
        ? studyValues(m_list->text())
        : studyValues(m_from->text(), m_to->text(), m_steps->value(), m_spacing->currentIndex() == 1);
    if (!values)
        return failure(QStringLiteral("%1: %2").arg(chosen->brief, coreMessage(values.error().message)).toStdString());
    return StudyAxis{chosen->path, chosen->brief, chosen->isTunable, std::move(*values)};
}

} // namespace halfopen
