// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/code_view.h"

#include "ui/scenario/yaml_highlighter.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>

namespace halfopen {

class LineNumbers final : public QWidget {
public:
    explicit LineNumbers(CodeView *view) : QWidget(view), m_view(view) {}

protected:
    void paintEvent(QPaintEvent *) override { m_view->paintNumbers(this); }

private:
    CodeView *m_view;
};

CodeView::CodeView(QWidget *parent) : QPlainTextEdit(parent)
{
    m_numbers = new LineNumbers(this);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setFont(Theme::monoFont());
    setAccessibleName(tr("Scenario text"));
    new YamlHighlighter(document());
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeView::placeNumbers);
    connect(this, &QPlainTextEdit::updateRequest, this, [this] { m_numbers->update(); });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CodeView::markLines);
    placeNumbers();
}

void CodeView::setCode(const QString &text)
{
    if (text == toPlainText())
        return;
    // A changed value must not throw the reader back to the top.
    const int at = textCursor().position();
    const int scrolled = verticalScrollBar()->value();
    setPlainText(text);
    QTextCursor cursor = textCursor();
    cursor.setPosition(std::min(at, int(document()->characterCount()) - 1));
    setTextCursor(cursor);
    verticalScrollBar()->setValue(scrolled);
    markLines();
}

void CodeView::setDiagnostics(std::vector<Diagnostic> diagnostics)
{
    m_diagnostics = std::move(diagnostics);
    markLines();
    m_numbers->update();
}

void CodeView::jumpTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(std::max(line - 1, 0));
    if (!block.isValid())
        return;
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::clamp(column - 1, 0, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
    setFocus();
}

void CodeView::markLines()
{
    const Theme &theme = Theme::of(this);
    QList<QTextEdit::ExtraSelection> marks;
    const auto mark = [&](int line, QColor colour, float alpha) {
        const QTextBlock block = document()->findBlockByNumber(line);
        if (!block.isValid())
            return;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(block);
        colour.setAlphaF(alpha);
        selection.format.setBackground(colour);
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks += selection;
    };
    mark(textCursor().blockNumber(), theme.accent, 0.12F);
    for (const Diagnostic &diagnostic : m_diagnostics) {
        if (diagnostic.place.line > 0)
            mark(diagnostic.place.line - 1, theme.error, 0.22F);
    }
    setExtraSelections(marks);
}

int CodeView::numbersWidth() const
{
    const int digits = int(QString::number(std::max(blockCount(), 10)).size());
    return Theme::px(12) + fontMetrics().horizontalAdvance(QLatin1Char('9')) * digits;
}

void CodeView::placeNumbers()
{
    setViewportMargins(numbersWidth(), 0, 0, 0);
    const QRect area = contentsRect();
    m_numbers->setGeometry(area.left(), area.top(), numbersWidth(), area.height());
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeNumbers();
}

void CodeView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_numbers) {
        for (QSyntaxHighlighter *highlighter : document()->findChildren<QSyntaxHighlighter *>())
            highlighter->rehighlight();
        markLines();
    }
}

void CodeView::paintNumbers(QWidget *numbers)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(numbers);
    painter.fillRect(numbers->rect(), theme.panel);
    painter.setFont(font());
    QTextBlock block = firstVisibleBlock();
    double top = blockBoundingGeometry(block).translated(contentOffset()).top();
    while (block.isValid() && top <= numbers->height()) {
        const double height = blockBoundingRect(block).height();
        const int line = block.blockNumber() + 1;
        const bool bad = std::any_of(m_diagnostics.begin(), m_diagnostics.end(),
                                     [line](const Diagnostic &d) { return d.place.line == line; });
        painter.setPen(bad ? theme.error : theme.disabled);
        painter.drawText(QRectF(0, top, numbers->width() - Theme::px(6), height), Qt::AlignRight | Qt::AlignTop,
                         QString::number(line));
        top += height;
        block = block.next();
    }
}

bool CodeView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int line = cursorForPosition(viewport()->mapFrom(this, help->pos())).blockNumber() + 1;
        QStringList messages;
        for (const Diagnostic &diagnostic : m_diagnostics) {
            if (diagnostic.place.line == line)
                messages += QString::fromStdString(diagnostic.message);
        }
        QToolTip::showText(help->globalPos(), messages.join(QLatin1Char('\n')), this);
        return true;
    }
    return QPlainTextEdit::event(event);
}

} // namespace halfopen
