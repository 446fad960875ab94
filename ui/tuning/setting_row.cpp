// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tuning/setting_row.h"

#include "ui/help/help_property.h"
#include "ui/icons.h"
#include "ui/models/core_message.h"
#include "ui/models/schema_text.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
#include "ui/tuning/setting_editor.h"
#include "ui/tuning/value_scale.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QContextMenuEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

namespace halfopen {
namespace {

constexpr int kGesturePauseMs = 1000;
constexpr int kMarkWidth = 12;

/// Below a heading "Window" the key "window.size" is just "Size".
QString rowLabel(std::string_view key)
{
    const std::size_t dot = key.rfind('.');
    return settingLabel(dot == std::string_view::npos ? key : key.substr(dot + 1));
}

QToolButton *smallButton(const QString &name)
{
    auto *button = new QToolButton;
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setFixedSize(Theme::px(20), Theme::px(20));
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

/// A text with a link takes clicks and keys for itself, so that the window below it never hears that it is to close.
class Popover : public QLabel {
public:
    using QLabel::QLabel;

protected:
    void mousePressEvent(QMouseEvent *event) override
    {
        if (rect().contains(event->position().toPoint()))
            QLabel::mousePressEvent(event); // perhaps on the link
        else
            close();
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        switch (event->key()) {
        case Qt::Key_Tab: // to the link, and to follow it
        case Qt::Key_Backtab:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return QLabel::keyPressEvent(event);
        default:
            close();
        }
    }
};

/// The text in a small window below \a anchor that the next click beside it or key closes.
QLabel *showPopover(const QString &html, QWidget *anchor)
{
    auto *popover = new Popover(html, anchor, Qt::Popup);
    popover->setAttribute(Qt::WA_DeleteOnClose);
    popover->setTextFormat(Qt::RichText);
    popover->setWordWrap(true);
    popover->setMargin(Theme::padding());
    popover->setFixedWidth(Theme::px(300));
    popover->setFrameShape(QFrame::StyledPanel);
    popover->ensurePolished(); // the style has its word on the font, and with that on the height
    popover->setFixedHeight(popover->heightForWidth(popover->width()));
    // Below, or above where the screen ends; never beyond its sides.
    const QRect screen = anchor->screen()->availableGeometry();
    QPoint at = anchor->mapToGlobal(QPoint(anchor->width() - popover->width(), anchor->height() + 4));
    if (at.y() + popover->height() > screen.bottom() + 1)
        at.setY(anchor->mapToGlobal(QPoint(0, -4)).y() - popover->height());
    at.setX(std::max(screen.left(), std::min(at.x(), screen.right() + 1 - popover->width())));
    at.setY(std::max(screen.top(), std::min(at.y(), screen.bottom() + 1 - popover->height())));
    popover->move(at);
    popover->show();
    return popover;
}

} // namespace

SettingRow::SettingRow(TuningModel *model, int index, QWidget *parent)
    : QWidget(parent), m_model(model), m_index(index)
{
    const TuningModel::Row &row = model->row(index);
    setObjectName(row.path);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::px(kMarkWidth), Theme::px(3), 0, Theme::px(3));
    layout->setSpacing(Theme::px(2));
    layout->addWidget(buildHead());
    layout->addWidget(buildControl());
    m_error = new QLabel;
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->hide();
    layout->addWidget(m_error);
    tint();
    refresh();
    // What none means depends on its neighbours.
    connect(model, &TuningModel::rowChanged, this, [this](int other) {
        if (other != m_index && m_model->row(other).layer == m_model->row(m_index).layer)
            showDefault();
    });
}

QWidget *SettingRow::buildHead()
{
    const Field &field = *m_model->row(m_index).field;
    auto *head = new QWidget;
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::px(4));
    const QString label = rowLabel(field.key);
    if (field.optional) {
        m_switch = new QCheckBox(label);
        m_switch->setMinimumWidth(1); // libraries have long names; the panel is no wider for them
        m_switch->setFocusPolicy(Qt::TabFocus);
        m_switch->setAccessibleName(tr("%1 in force").arg(settingLabel(field.key)));
        layout->addWidget(m_switch, 1);
        connect(m_switch, &QCheckBox::clicked, this, &SettingRow::onSwitched);
    } else {
        m_name = new QLabel(label);
        m_name->setWordWrap(true);
        layout->addWidget(m_name, 1);
    }
    m_default = new QLabel;
    m_default->setObjectName(QStringLiteral("default"));
    m_default->setMinimumWidth(1); // gives way to the name, see resizeEvent()
    m_default->setFont(Theme::axisFont());
    layout->addWidget(m_default);
    m_help = smallButton(tr("Help on %1").arg(settingLabel(field.key)));
    m_help->setText(QStringLiteral("?"));
    layout->addWidget(m_help);
    connect(m_help, &QToolButton::clicked, this, &SettingRow::showHelp);
    head->setToolTip(QStringLiteral("<p>%1</p>").arg(schemaText(field.help).toHtmlEscaped()));
    return head;
}

QWidget *SettingRow::buildControl()
{
    const TuningModel::Row &row = m_model->row(m_index);
    auto *control = new QWidget;
    auto *layout = new QHBoxLayout(control);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::px(4));
    const bool startsOff = std::holds_alternative<std::monostate>(row.value);
    const Value start = startsOff ? row.field->standard : row.value;
    m_editor = SettingEditor::create(*row.field, start, nullptr);
    const QString name = settingLabel(row.field->key);
    m_editor->focusTarget()->setAccessibleName(name);
    m_editor->focusTarget()->setAccessibleDescription(schemaText(row.field->help));
    for (QSlider *slider : m_editor->findChildren<QSlider *>()) {
        slider->setAccessibleName(tr("%1, slider").arg(name));
        connect(slider, &QSlider::sliderReleased, this, [this] {
            m_gesture = 0;
            refresh();
        });
    }
    if (m_name)
        m_name->setBuddy(m_editor->focusTarget());
    layout->addWidget(m_editor, 1);
    m_reset = smallButton(tr("Reset %1").arg(name));
    m_reset->setIcon(themedIcon(QStringLiteral("reset")));
    QSizePolicy policy = m_reset->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(policy);
    layout->addWidget(m_reset);
    connect(m_editor, &SettingEditor::edited, this, &SettingRow::onEdited);
    connect(m_editor, &SettingEditor::abandoned, this, &SettingRow::refresh);
    connect(m_editor, &SettingEditor::entered, this, [this] {
        if (error().isEmpty()) // else it waits to be mended
            emit valueEntered();
    });
    connect(m_reset, &QToolButton::clicked, this, [this] {
        const Result<void> done = m_model->reset(m_index);
        if (!done)
            refuse(coreMessage(done.error().message));
    });
    return control;
}

bool SettingRow::isNamed(const Field &field, const QString &text)
{
    return settingLabel(field.key).contains(text, Qt::CaseInsensitive)
        || fromView(field.key).contains(text, Qt::CaseInsensitive);
}

bool SettingRow::isHelpedBy(const Field &field, const QString &text)
{
    return schemaText(field.help).contains(text, Qt::CaseInsensitive);
}

bool SettingRow::isInUse() const
{
    return underMouse() || isAncestorOf(QApplication::focusWidget());
}

void SettingRow::refresh()
{
    const TuningModel::Row &row = m_model->row(m_index);
    const bool off = std::holds_alternative<std::monostate>(row.value);
    if (!off)
        m_lastOn = m_model->valueText(m_index);
    if (m_switch) {
        m_switch->setChecked(!off);
        m_editor->setEnabled(!off);
    }
    m_editor->setValue(row.value);
    showDefault();
    m_reset->setVisible(m_model->isChanged(m_index));
    m_reset->setToolTip(tr("Reset to %1, the scenario's value").arg(m_model->fileText(m_index)));
    m_error->hide();
    if (m_compare)
        m_compare->hide();
    update();
}

void SettingRow::showError(const QString &message)
{
    m_error->setText(message);
    m_error->show();
    m_editor->setInvalid(true);
}

/// What was asked for here is not legal: what was in force stays.
void SettingRow::refuse(const QString &message)
{
    if (!m_editor->isTyped())
        refresh(); // it shows what is in force
    showError(tr("%1; %2 stays").arg(message, withLocalPoint(m_model->valueText(m_index))));
}

/// Another dialect is no value but another policy, which the comparison makes of this one by meaning.
void SettingRow::refuseDialect(const QString &dialect, const QString &message)
{
    refuse(QStringLiteral("%1: %2").arg(dialect, message));
    if (!m_model->canCompareDialects(m_index))
        return;
    if (!m_compare) {
        m_compare = new QPushButton;
        m_compare->setObjectName(QStringLiteral("compare_dialect"));
        m_compare->setAutoDefault(false);
        m_compare->setFocusPolicy(Qt::TabFocus);
        layout()->addWidget(m_compare);
        connect(m_compare, &QPushButton::clicked, this, [this] { emit m_model->comparisonRequested(m_dialect); });
    }
    m_dialect = dialect;
    m_compare->setText(tr("Compare with %1").arg(dialect));
    m_compare->show();
}

QString SettingRow::error() const
{
    return m_error->isHidden() ? QString() : m_error->text();
}

void SettingRow::onEdited(const QString &text, bool continuous)
{
    if (continuous && (m_gesture == 0 || !m_sinceStep.isValid() || m_sinceStep.elapsed() > kGesturePauseMs))
        m_gesture = m_model->newGesture();
    if (continuous)
        m_sinceStep.start();
    const Result<void> done = m_model->edit(m_index, text, continuous ? m_gesture : 0);
    if (!done && m_model->row(m_index).field->key == "dialect")
        refuseDialect(text, coreMessage(done.error().message));
    else if (!done)
        refuse(coreMessage(done.error().message));
    else
        refresh();
}

void SettingRow::onSwitched(bool on)
{
    QString text = QStringLiteral("none");
    if (on) {
        const Field &field = *m_model->row(m_index).field;
        text = m_lastOn;
        if (text.isEmpty()) {
            const auto scale = ValueScale::of(field, field.standard);
            if (scale)
                text = QString::fromStdString(formatValue(field, scale->middle()));
            else if (!field.choices.empty())
                text = fromView(field.choices.front());
        }
    }
    const Result<void> done = m_model->edit(m_index, text);
    refresh();
    if (!done)
        refuse(coreMessage(done.error().message));
}

QString SettingRow::helpHtml() const
{
    const TuningModel::Row &row = m_model->row(m_index);
    QString html = QStringLiteral("<b>%1</b><p>%2</p><table cellspacing=0 cellpadding=1>")
                       .arg(settingLabel(row.field->key).toHtmlEscaped(), schemaText(row.field->help).toHtmlEscaped());
    const auto line = [&html](const QString &name, const QString &value) {
        if (!value.isEmpty())
            html += QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td>%2</td></tr>").arg(name, value.toHtmlEscaped());
    };
    QString range = m_model->rangeText(m_index);
    if (range.isEmpty()) {
        QStringList choices;
        for (const std::string_view choice : row.field->choices)
            choices += fromView(choice);
        range = choices.join(QStringLiteral(", "));
    }
    line(tr("Range"), row.field->optional ? tr("%1, or none").arg(range) : range);
    line(tr("Default"), m_model->defaultText(m_index));
    line(tr("None means"), m_model->noneText(m_index));
    line(tr("Scenario"), m_model->fileText(m_index));
    line(tr("Key"), fromView(row.field->key));
    line(tr("Path"), row.path);
    return html + QStringLiteral("</table><p><a href='help:'>%1</a></p>").arg(tr("Open the full help page"));
}

void SettingRow::showHelp()
{
    QLabel *popover = showPopover(helpHtml(), m_help);
    connect(popover, &QLabel::linkActivated, this, [this, popover] {
        popover->close();
        emit helpRequested(property(kHelpProperty).toString());
    });
}

void SettingRow::tint()
{
    const Theme &theme = Theme::of(this);
    QPalette secondary;
    secondary.setColor(QPalette::WindowText, theme.secondary);
    m_default->setPalette(secondary);
    QPalette help;
    help.setColor(QPalette::ButtonText, theme.secondary);
    m_help->setPalette(help);
    QPalette error;
    error.setColor(QPalette::WindowText, theme.error);
    m_error->setPalette(error);
}

/// Escape gives up what was refused, before it means anything to the window.
bool SettingRow::event(QEvent *event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (isKey && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && !error().isEmpty()) {
        event->accept();
        if (event->type() == QEvent::KeyPress)
            refresh();
        return true;
    }
    return QWidget::event(event);
}

void SettingRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_error)
        tint();
}

/// Beside the name: the default, or what is in force while the value is none.
void SettingRow::showDefault()
{
    const TuningModel::Row &row = m_model->row(m_index);
    const bool isNone = std::holds_alternative<std::monostate>(row.value);
    const QString none = isNone ? m_model->noneText(m_index) : QString();
    const QString standard = m_model->defaultText(m_index);
    // A long list of words is in the help; here it would push the name away.
    if (!none.isEmpty())
        m_default->setText(none.size() > 14 ? tr("none: see ?") : tr("none means %1").arg(none));
    else if (standard.size() > 14)
        m_default->setText(tr("default: see ?"));
    else
        m_default->setText(!standard.isEmpty()    ? tr("default %1").arg(standard)
                           : row.field->required ? tr("must be given")
                                                 : tr("default: empty"));
    fitDefault();
}

void SettingRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitDefault();
}

/// Where there is no room for both the name and the default, the default goes: it is in the help, too.
void SettingRow::fitDefault()
{
    const int name = m_switch ? m_switch->sizeHint().width() : m_name->fontMetrics().horizontalAdvance(m_name->text());
    const int others = m_default->sizeHint().width() + m_help->width() + 2 * Theme::px(4) + Theme::px(kMarkWidth);
    m_default->setVisible(name + others <= width());
}

void SettingRow::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu;
    connect(menu.addAction(tr("Sweep this…")), &QAction::triggered, this,
            [this] { emit studyRequested(m_model->row(m_index).path); });
    QAction *back = menu.addAction(tr("Reset to %1").arg(m_model->fileText(m_index)));
    back->setEnabled(m_model->isChanged(m_index));
    connect(back, &QAction::triggered, m_reset, &QToolButton::click);
    menu.addSeparator();
    connect(menu.addAction(tr("Help")), &QAction::triggered, this, &SettingRow::showHelp);
    connect(menu.addAction(tr("Open the full help page")), &QAction::triggered, this,
            [this] { emit helpRequested(property(kHelpProperty).toString()); });
    menu.exec(event->globalPos());
}

void SettingRow::paintEvent(QPaintEvent *)
{
    if (!m_model->isChanged(m_index))
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::of(this).accent);
    painter.drawEllipse(QPointF(Theme::px(5), Theme::px(3) + Theme::px(10)), Theme::px(3), Theme::px(3));
}

} // namespace halfopen
