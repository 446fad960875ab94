// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/text_panel.h"

#include "ui/scenario/text_editor.h"
#include "ui/theme.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QSplitter>
#include <QTextDocument>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace halfopen {
namespace {

/// What is wrong comes first, then where: a narrow panel must not cut the former off. The line itself stands in the editor.
QString problemText(const Diagnostic &problem)
{
    const QString message = QString::fromStdString(problem.message);
    QStringList lines{problem.severity == Diagnostic::Severity::Error ? message : TextPanel::tr("Warning: %1").arg(message)};
    if (!problem.hint.empty())
        lines += QString::fromStdString(problem.hint);
    // The file's name is enough beside its text.
    QString place = QFileInfo(QString::fromStdString(problem.path)).fileName();
    if (problem.place.line > 0)
        place += QStringLiteral(":%1:%2").arg(problem.place.line).arg(problem.place.column);
    if (!place.isEmpty())
        lines += place;
    return lines.join(QLatin1Char('\n'));
}

/// All of it, for a tool tip: the caret stands below its letter. Of a long line the part around the caret is told.
QString problemTip(const Diagnostic &problem)
{
    constexpr qsizetype kLettersMost = 88;
    QStringList lines = QString::fromStdString(problem.text()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QString tip = QStringLiteral("<p>%1</p>").arg(lines.takeFirst().toHtmlEscaped());
    if (problem.place.line > 0 && lines.size() >= 2) {
        const QString source = lines.takeFirst(), caret = lines.takeFirst();
        const qsizetype last = std::max<qsizetype>(0, source.size() - kLettersMost);
        const qsizetype from = std::clamp<qsizetype>(caret.size() - kLettersMost / 2, 0, last);
        tip += QStringLiteral("<pre style='font-family:\"%1\"'>%2\n%3</pre>")
                   .arg(Theme::monoFont().family(), source.mid(from, kLettersMost).toHtmlEscaped(), caret.mid(from));
    }
    for (const QString &line : lines)
        tip += QStringLiteral("<p>%1</p>").arg(line.trimmed().toHtmlEscaped());
    return tip;
}

} // namespace

TextPanel::TextPanel(ScenarioDraft *draft, QWidget *parent) : QWidget(parent), m_draft(draft)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_editor = new TextEditor;
    layout->addWidget(buildFind());
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_editor);
    splitter->addWidget(buildProblems());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    layout->addWidget(splitter, 1);
    m_status = new QLabel;
    m_status->setMargin(Theme::px(6));
    m_status->setForegroundRole(QPalette::PlaceholderText);
    m_status->setWordWrap(true);
    layout->addWidget(m_status);

    connect(m_editor, &TextEditor::edited, m_draft, &ScenarioDraft::type);
    connect(m_editor, &TextEditor::findRequested, this, &TextPanel::showFind);
    connect(m_editor, &TextEditor::findAgainRequested, this, [this](bool forward) {
        if (m_find->text().isEmpty())
            showFind();
        else
            findNext(forward);
    });
    connect(m_draft, &ScenarioDraft::opened, this, &TextPanel::showDraft);
    connect(m_draft, &ScenarioDraft::replaced, m_editor, &TextEditor::showForm);
    connect(m_draft, &ScenarioDraft::mended, m_editor, &TextEditor::showMended);
    connect(m_editor, &TextEditor::unmending, m_draft, &ScenarioDraft::unmend);
    connect(m_editor, &TextEditor::formMet, this, [this](bool isUndo, bool byUndo) {
        m_formMet = isUndo && byUndo ? tr("The last change came from the settings: Undo there takes it back.")
            : isUndo                 ? tr("The last change was taken back in the settings: Redo there makes it again.")
            : byUndo                 ? tr("The next change is one of the settings, which have a newer one: Undo that first.")
                                     : tr("The next change is one of the settings: Redo there makes it again.");
        showStatus();
    });
    connect(m_draft, &ScenarioDraft::problemsChanged, this, &TextPanel::showProblems);
    connect(m_draft, &ScenarioDraft::stateChanged, this, &TextPanel::showStatus);
    connect(m_draft, &ScenarioDraft::textChanged, this, &TextPanel::showStatus);
    showDraft();
    showProblems();
}

QWidget *TextPanel::buildFind()
{
    m_findBar = new QWidget;
    auto *layout = new QHBoxLayout(m_findBar);
    layout->setContentsMargins(Theme::gap(), Theme::px(4), Theme::gap(), Theme::px(4));
    m_find = new QLineEdit;
    m_find->setPlaceholderText(tr("Find in the text"));
    m_find->setAccessibleName(tr("Find in the text"));
    m_find->setClearButtonEnabled(true);
    m_find->installEventFilter(this);
    layout->addWidget(m_find, 1);
    m_findCount = new QLabel;
    layout->addWidget(m_findCount);
    const auto addButton = [&](Qt::ArrowType arrow, const QString &text, bool forward) {
        auto *button = new QToolButton;
        button->setArrowType(arrow);
        button->setAutoRaise(true);
        button->setAccessibleName(text);
        button->setToolTip(text);
        button->setFocusPolicy(Qt::TabFocus);
        connect(button, &QToolButton::clicked, this, [this, forward] { findNext(forward); });
        layout->addWidget(button);
    };
    addButton(Qt::UpArrow, tr("Previous place (Shift+F3)"), false);
    addButton(Qt::DownArrow, tr("Next place (F3)"), true);
    connect(m_find, &QLineEdit::textChanged, this, [this] { findNext(true, true); });
    connect(m_find, &QLineEdit::returnPressed, this, [this] { findNext(true); });
    m_findBar->hide();
    return m_findBar;
}

QWidget *TextPanel::buildProblems()
{
    m_problemArea = new QWidget;
    auto *layout = new QVBoxLayout(m_problemArea);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_problemTitle = new QLabel;
    m_problemTitle->setMargin(Theme::px(6));
    m_problemTitle->setWordWrap(true);
    layout->addWidget(m_problemTitle);
    m_problems = new QListWidget;
    m_problems->setWordWrap(true);
    m_problems->setTextElideMode(Qt::ElideNone);
    m_problems->setResizeMode(QListView::Adjust);
    m_problems->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_problems->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_problems->setSpacing(Theme::px(2));
    m_problems->setFrameShape(QFrame::NoFrame);
    m_problems->setAccessibleName(tr("Problems of the scenario; Enter jumps to the line"));
    layout->addWidget(m_problems, 1);
    const auto jump = [this](QListWidgetItem *item) {
        const int row = m_problems->row(item);
        if (row < 0 || row >= int(m_draft->problems().size()))
            return;
        const SourcePlace place = m_draft->problems()[std::size_t(row)].place;
        if (place.line > 0)
            m_editor->jumpTo(place.line, place.column);
    };
    connect(m_problems, &QListWidget::itemClicked, this, jump);
    connect(m_problems, &QListWidget::itemActivated, this, jump);
    m_problems->viewport()->installEventFilter(this);
    m_problemArea->hide();
    return m_problemArea;
}

/// Beside the panel, or else above the problem: the status below the list stays in sight.
void TextPanel::tellProblem(QPoint at)
{
    const QListWidgetItem *item = m_problems->itemAt(at);
    if (!item)
        return QToolTip::hideText();
    QTextDocument text;
    text.setDefaultFont(QToolTip::font());
    text.setHtml(item->toolTip());
    text.adjustSize(); // breaks the lines where the tool tip does
    constexpr int kBelowPoint = 24; // of a tool tip below where it is asked for, at most
    const int wide = int(text.size().width()) + 4 * Theme::gap();
    const int high = int(text.size().height()) + 2 * Theme::gap();
    const QRect room = screen()->availableGeometry();
    const QPoint corner = mapToGlobal(QPoint());
    QPoint place(corner.x() + width(), m_problems->viewport()->mapToGlobal(m_problems->visualItemRect(item).topLeft()).y());
    if (place.x() + wide > room.right() && corner.x() - wide >= room.left())
        place.setX(corner.x() - wide);
    else if (place.x() + wide > room.right())
        place = QPoint(corner.x(), std::max(room.top(), place.y() - high - kBelowPoint));
    QToolTip::showText(place, item->toolTip(), m_problems->viewport(), m_problems->visualItemRect(item));
}

void TextPanel::showDraft()
{
    m_outcome.clear();
    m_editor->openText(m_draft->text());
    m_editor->setReadOnly(m_draft->state() == ScenarioDraft::State::Empty && m_draft->path().isEmpty());
    showStatus();
}

void TextPanel::showProblems()
{
    m_problems->clear();
    for (const Diagnostic &diagnostic : m_draft->problems()) {
        m_problems->addItem(problemText(diagnostic));
        m_problems->item(m_problems->count() - 1)->setToolTip(problemTip(diagnostic));
    }
    const int count = m_problems->count();
    m_problemTitle->setText(count == 1 ? tr("1 problem. Enter or click jumps to the line.")
                                       : tr("%1 problems. Enter or click jumps to the line.").arg(count));
    m_problemArea->setVisible(count > 0);
    m_editor->setDiagnostics(m_draft->problems());
    showStatus();
}

void TextPanel::setOutcome(const QString &outcome)
{
    m_outcome = outcome;
    showStatus();
}

void TextPanel::setOrigin(const QString &origin)
{
    if (origin == m_origin)
        return;
    m_origin = origin;
    showStatus();
}

void TextPanel::setOverdue(const QString &settings)
{
    if (settings == m_overdue)
        return;
    m_overdue = settings;
    showStatus();
}

QString TextPanel::status() const
{
    return m_status->text();
}

void TextPanel::showStatus()
{
    const QString disk = m_draft->isModified() ? tr("Not saved.") : QString();
    QString state;
    switch (m_draft->state()) {
    case ScenarioDraft::State::Empty:
        state = tr("The scenario's text appears here, to read and to edit. Open a scenario to begin.");
        break;
    case ScenarioDraft::State::Waiting:
        state = tr("Typing…");
        break;
    case ScenarioDraft::State::Broken:
        state = tr("Not in effect: see the problems. The last text without problems stays in effect.");
        if (!m_overdue.isEmpty())
            state += QLatin1Char(' ')
                + tr("Once the problems are fixed, the text takes these settings over: %1.").arg(m_overdue);
        break;
    case ScenarioDraft::State::Read:
        state = m_draft->isModified() && !m_outcome.isEmpty() ? m_outcome : tr("In effect.");
        break;
    }
    const QString origin = m_origin.isEmpty() || m_draft->state() == ScenarioDraft::State::Empty
        ? QString()
        : tr("Text of the kept run of %1; the file has another.").arg(m_origin);
    QStringList parts{std::exchange(m_formMet, QString()), state, disk, origin};
    parts.removeAll(QString());
    m_status->setText(parts.join(QLatin1Char(' ')));
}

void TextPanel::showFind()
{
    m_findBar->show();
    if (const QString selected = m_editor->selectedText(); !selected.isEmpty() && !selected.contains(QLatin1Char('\n')))
        m_find->setText(selected);
    m_find->setFocus();
    m_find->selectAll();
}

void TextPanel::findNext(bool forward, bool fromSelection)
{
    const QString words = m_find->text();
    m_editor->find(words, forward, fromSelection);
    const int count = m_editor->count(words);
    m_findCount->setText(words.isEmpty() ? QString() : count == 1 ? tr("1 place") : tr("%1 places").arg(count));
}

bool TextPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (m_problems && watched == m_problems->viewport() && event->type() == QEvent::ToolTip) {
        tellProblem(static_cast<QHelpEvent *>(event)->pos());
        return true;
    }
    if (watched == m_find && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isEscape = key->key() == Qt::Key_Escape || key->matches(QKeySequence::Find); // the key that opened it, too
        const bool isAgain = key->key() == Qt::Key_F3;
        if (!isEscape && !isAgain)
            return false;
        event->accept();
        if (event->type() == QEvent::ShortcutOverride)
            return true;
        if (isAgain) {
            findNext(!(key->modifiers() & Qt::ShiftModifier));
        } else {
            m_findBar->hide();
            m_editor->setFocus();
        }
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace halfopen
