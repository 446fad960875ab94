// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/text_editor.h"

#include "ui/models/completion.h"
#include "ui/scenario/completion_popup.h"
#include "ui/scenario/yaml_spans.h"
#include "ui/theme.h"

#include <Qsci/qscicommandset.h>
#include <Qsci/qscilexercustom.h>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QThreadPool>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace halfopen {
namespace {

// Numbers below 8 belong to lexers.
constexpr int kErrorSquiggle = 8;
constexpr int kFormToken = 1; ///< marks a change of the form among the steps of undo
constexpr int kMendToken = 2; ///< the same for showMended(), with the number added
constexpr int kWarningSquiggle = 9;
constexpr int kErrorMarker = 1;
constexpr int kWarningMarker = 2;
constexpr int kNumberMargin = 0;
constexpr int kMarkerMargin = 1;
constexpr int kFoldMargin = 2;
constexpr int kBytesCompletedMax = 200'000; ///< in a longer text words are offered by hand only
constexpr int kLinesFoldedMax = 20'000; ///< a longer text is not folded

/// Scintilla takes sizes in points only, and the theme's are in pixels.
QFont editorFont(const QWidget *widget)
{
    constexpr double kPointsPerInch = 72;
    QFont font = Theme::monoFont();
    if (font.pixelSize() > 0)
        font.setPointSizeF(font.pixelSize() * kPointsPerInch / widget->logicalDpiY());
    return font;
}

bool isError(const Diagnostic &diagnostic)
{
    return diagnostic.severity == Diagnostic::Severity::Error;
}

/// Whether each line of \a text is that of \a one or that of \a other.
bool isBetween(const QByteArray &text, const QByteArray &one, const QByteArray &other)
{
    if (text == one || text == other)
        return true;
    const QList<QByteArray> lines = text.split('\n'), ones = one.split('\n'), others = other.split('\n');
    if (lines.size() != ones.size() || lines.size() != others.size())
        return false;
    for (qsizetype i = 0; i < lines.size(); ++i)
        if (lines[i] != ones[i] && lines[i] != others[i])
            return false;
    return true;
}

bool isKey(const QKeyEvent &event, int key, Qt::KeyboardModifiers modifiers)
{
    return event.key() == key && (event.modifiers() & ~Qt::KeypadModifier) == modifiers;
}

/// How many letters of \a first and \a second are the same from the left, without cutting one in two.
qsizetype sameBeginning(const QByteArray &first, const QByteArray &second)
{
    const auto end = std::mismatch(first.begin(), first.end(), second.begin(), second.end());
    qsizetype same = end.first - first.begin();
    while (same > 0 && same < first.size() && (uchar(first[same]) & 0xC0) == 0x80)
        --same;
    return same;
}

qsizetype sameEnd(const QByteArray &first, const QByteArray &second, qsizetype max)
{
    qsizetype same = 0;
    while (same < max && first[first.size() - 1 - same] == second[second.size() - 1 - same])
        ++same;
    while (same > 0 && (uchar(first[first.size() - same]) & 0xC0) == 0x80)
        --same;
    return same;
}

/// What makes one text of another: bytes [from, to) of the first give way to \a length bytes from `from` on in the second.
struct Change {
    qsizetype from = 0;
    qsizetype to = 0;
    qsizetype length = 0;

    /// Where the byte \a at of the first text is in the second.
    long moved(long at) const
    {
        return static_cast<long>(at >= to ? at - to + from + length : std::min<qsizetype>(at, from + length));
    }
};

Change changeBetween(const QByteArray &before, const QByteArray &after)
{
    const qsizetype start = sameBeginning(before, after);
    const qsizetype end = sameEnd(before, after, std::min(before.size(), after.size()) - start);
    return {start, before.size() - end, after.size() - end - start};
}

/// The menu of QScintilla asks for these by itself; here they are named for the catalogue.
[[maybe_unused]] constexpr std::array kMenuTexts{
    QT_TRANSLATE_NOOP("QsciScintilla", "&Undo"),  QT_TRANSLATE_NOOP("QsciScintilla", "&Redo"),
    QT_TRANSLATE_NOOP("QsciScintilla", "Cu&t"),   QT_TRANSLATE_NOOP("QsciScintilla", "&Copy"),
    QT_TRANSLATE_NOOP("QsciScintilla", "&Paste"), QT_TRANSLATE_NOOP("QsciScintilla", "Delete"),
    QT_TRANSLATE_NOOP("QsciScintilla", "Select All")};

} // namespace

/// Colours for scenario files, by yamlSpans().
class YamlLexer final : public QsciLexerCustom {
public:
    explicit YamlLexer(QObject *parent) : QsciLexerCustom(parent) {}

    const char *language() const override { return "Halfopen scenario"; }
    QString description(int style) const override
    {
        return style <= int(YamlPart::Mark) ? QString::number(style) : QString(); // never shown
    }
    void styleText(int from, int to) override
    {
        const QByteArray text = editor()->bytes(from, to).chopped(1); // it ends with a zero
        startStyling(from);
        for (qsizetype at = 0; at < text.size();) {
            qsizetype end = text.indexOf('\n', at);
            if (end < 0)
                end = text.size();
            for (const YamlSpan &span : yamlSpans({text.data() + at, std::size_t(end - at)}))
                setStyling(int(span.length), int(span.part));
            if (end < text.size())
                setStyling(1, int(YamlPart::Plain));
            at = end + 1;
        }
    }
    void applyColours(const Theme &theme, const QFont &font)
    {
        setDefaultColor(theme.text);
        setDefaultPaper(theme.panel);
        setDefaultFont(font);
        setFont(font);
        setPaper(theme.panel);
        setColor(theme.text);
        setColor(theme.accent, int(YamlPart::Key));
        setColor(theme.dark ? theme.timeout : theme.error, int(YamlPart::Number));
        setColor(theme.fallback, int(YamlPart::Text));
        setColor(theme.secondary, int(YamlPart::Comment));
        setColor(theme.secondary, int(YamlPart::Mark));
    }
};

TextEditor::TextEditor(QWidget *parent) : QsciScintilla(parent)
{
    setUtf8(true);
    setAccessibleName(tr("Scenario text"));
    setAccessibleDescription(tr("Control+Space completes, F6 leaves the text"));
    setFrameShape(QFrame::NoFrame);
    setEolMode(EolUnix);
    setIndentationsUseTabs(false);
    setTabWidth(2);
    setAutoIndent(false); // see newLine(): QScintilla's own knows braces, not lists
    setBackspaceUnindents(true);
    setBraceMatching(SloppyBraceMatch);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    setWrapMode(WrapWord); // lines of a world are long, and the text stands beside the charts
    setWrapIndentMode(WrapIndentIndented);
    setMarginType(kNumberMargin, NumberMargin);
    setMarginType(kMarkerMargin, SymbolMargin);
    setMarginWidth(kMarkerMargin, Theme::px(10));
    setMarginMarkerMask(kMarkerMargin, (1 << kErrorMarker) | (1 << kWarningMarker));
    markerDefine(Circle, kErrorMarker);
    markerDefine(RightTriangle, kWarningMarker);
    setFolding(BoxedTreeFoldStyle, kFoldMargin);
    setMarginWidth(kFoldMargin, Theme::px(14));
    indicatorDefine(SquiggleIndicator, kErrorSquiggle);
    indicatorDefine(SquiggleIndicator, kWarningSquiggle);
    m_lexer = new YamlLexer(this);
    m_lexer->applyColours(Theme::of(this), editorFont(this));
    setLexer(m_lexer);
    applyColours();
    freeKeys();
    SendScintilla(SCI_SETMODEVENTMASK, static_cast<unsigned long>(SendScintilla(SCI_GETMODEVENTMASK) | SC_MOD_CONTAINER));
    connect(this, &QsciScintillaBase::SCN_MODIFIED, this, [this](int, int kind, const char *, int, int, int, int, int, int token, int) {
        if (!(kind & SC_MOD_CONTAINER))
            return;
        if (token == kFormToken)
            m_metForm = true;
        else if (token >= kMendToken)
            m_metMend = token - kMendToken;
    });
    connect(this, &QsciScintilla::linesChanged, this, &TextEditor::fitNumbers);
    connect(this, &QsciScintilla::textChanged, this, [this] {
        updateFolds();
        m_isTyped = !m_isOurs;
        if (m_isTyped)
            emit edited(text());
    });
    fitNumbers();
    m_popup = new CompletionPopup(this);
    m_popup->hide();
    connect(m_popup, &CompletionPopup::chosen, this, &TextEditor::insert);
    QThreadPool::globalInstance()->start(prepareCompletions);
}

void TextEditor::applyColours()
{
    const Theme &theme = Theme::of(this);
    // Styles that the lexer does not name, those of matching braces among them, begin with the program's font, whose
    // size in points is -1 because the theme gives it in pixels.
    const QFont font = editorFont(this);
    m_points = font.pointSizeF();
    for (unsigned long style = 0; style <= STYLE_MAX; ++style) {
        SendScintilla(SCI_STYLESETFONT, style, font.family().toUtf8().constData());
        SendScintilla(SCI_STYLESETSIZEFRACTIONAL, style, std::lround(font.pointSizeF() * static_cast<int>(SC_FONT_SIZE_MULTIPLIER)));
    }
    m_lexer->applyColours(theme, font);
    setFont(editorFont(this));
    setPaper(theme.panel);
    setColor(theme.text);
    setCaretForegroundColor(theme.text);
    setCaretLineVisible(true);
    QColor line = theme.accent;
    line.setAlphaF(0.12F);
    setCaretLineBackgroundColor(line);
    setSelectionBackgroundColor(theme.dark ? theme.accent.darker(220) : theme.accent.lighter(190));
    resetSelectionForegroundColor();
    setMarginsBackgroundColor(theme.panel);
    setMarginsForegroundColor(theme.secondary);
    setMarginsFont(editorFont(this));
    setFoldMarginColors(theme.panel, theme.panel);
    for (int marker = SC_MARKNUM_FOLDEREND; marker <= int(SC_MARKNUM_FOLDEROPEN); ++marker) {
        setMarkerForegroundColor(theme.panel, marker);
        setMarkerBackgroundColor(theme.disabled, marker);
    }
    setMatchedBraceForegroundColor(theme.text);
    setMatchedBraceBackgroundColor(theme.raised);
    setUnmatchedBraceForegroundColor(theme.error);
    setUnmatchedBraceBackgroundColor(theme.panel);
    setMarkerBackgroundColor(theme.error, kErrorMarker);
    setMarkerForegroundColor(theme.error, kErrorMarker);
    setMarkerBackgroundColor(theme.timeout, kWarningMarker);
    setMarkerForegroundColor(theme.timeout, kWarningMarker);
    setIndicatorForegroundColor(theme.error, kErrorSquiggle);
    setIndicatorForegroundColor(theme.timeout, kWarningSquiggle);
}

void TextEditor::freeKeys()
{
    // The window's own commands, and keys that change text by accident.
    using Command = QsciCommand;
    QsciCommandSet *commands = standardCommands();
    for (const Command::Command unwanted :
         {Command::LineTranspose, Command::LineCut, Command::LineDelete, Command::LineCopy, Command::LineDuplicate,
          Command::SelectionDuplicate, Command::SelectionLowerCase, Command::SelectionUpperCase, Command::ParaUp,
          Command::ParaDown, Command::ParaUpExtend, Command::ParaDownExtend, Command::WordPartLeft,
          Command::WordPartRight, Command::EditToggleOvertype, Command::DeleteLineLeft, Command::DeleteLineRight}) {
        if (Command *command = commands->find(unwanted)) {
            command->setKey(0);
            command->setAlternateKey(0);
        }
    }
    if (Command *undo = commands->find(Command::Undo))
        undo->setAlternateKey(0); // it would step past undo()
    if (Command *redo = commands->find(Command::Redo))
        redo->setAlternateKey(int(Qt::CTRL) | int(Qt::SHIFT) | Qt::Key_Z);
}

void TextEditor::openText(const QString &text)
{
    const QScopedValueRollback ours(m_isOurs, true);
    setDiagnostics({});
    setEolMode(text.contains(QLatin1String("\r\n")) ? EolWindows : EolUnix);
    // Scintilla breaks all lines of a text that it is given while they are to be broken; turned on behind it, that is done for what
    // is seen, and for the rest piece by piece when there is nothing else to do.
    setWrapMode(WrapNone);
    setText(text);
    setWrapMode(WrapWord);
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    m_mends.clear();
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    setCursorPosition(0, 0);
    updateFolds();
}

void TextEditor::replaceText(const QString &text)
{
    const QScopedValueRollback ours(m_isOurs, true);
    replace(this->text().toUtf8(), text.toUtf8());
}

void TextEditor::replace(const QByteArray &before, const QByteArray &after, std::optional<int> token)
{
    if (before == after)
        return;
    const Change change = changeBetween(before, after);
    SendScintilla(SCI_BEGINUNDOACTION);
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(change.from), static_cast<long>(change.to));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(change.length), after.constData() + change.from);
    if (token)
        SendScintilla(SCI_ADDUNDOACTION, static_cast<unsigned long>(*token), 0L);
    SendScintilla(SCI_ENDUNDOACTION);
}

void TextEditor::showForm(const QString &text)
{
    const QByteArray before = this->text().toUtf8();
    const QByteArray after = text.toUtf8();
    if (before == after)
        return;
    const QScopedValueRollback ours(m_isOurs, true);
    const Change change = changeBetween(before, after);
    const auto anchor = static_cast<unsigned long>(change.moved(SendScintilla(SCI_GETANCHOR)));
    const auto caret = static_cast<unsigned long>(change.moved(SendScintilla(SCI_GETCURRENTPOS)));
    const auto line = static_cast<unsigned long>(SendScintilla(SCI_GETFIRSTVISIBLELINE));
    // All that the form did since something was typed is one step: none is left once the form has taken it back.
    if (!step(SCI_UNDO, true))
        markProblems(); // what was typed last has been taken back and made again: without its squiggles
    if (!changeMend(after))
        replace(this->text().toUtf8(), after, kFormToken);
    SendScintilla(SCI_SETCURRENTPOS, caret);
    SendScintilla(SCI_SETANCHOR, anchor);
    SendScintilla(SCI_SETFIRSTVISIBLELINE, line);
}

void TextEditor::showMended(const QString &text, int mend)
{
    const QByteArray mended = this->text().toUtf8();
    const QByteArray after = text.toUtf8();
    if (mended == after)
        return;
    if (!m_isTyped)
        return showForm(text);
    const QScopedValueRollback ours(m_isOurs, true);
    const Change change = changeBetween(mended, after);
    const auto anchor = static_cast<unsigned long>(change.moved(SendScintilla(SCI_GETANCHOR)));
    const auto caret = static_cast<unsigned long>(change.moved(SendScintilla(SCI_GETCURRENTPOS)));
    const auto line = static_cast<unsigned long>(SendScintilla(SCI_GETFIRSTVISIBLELINE));
    if (!step(SCI_UNDO, false))
        return showForm(text);
    SendScintilla(SCI_BEGINUNDOACTION);
    replace(this->text().toUtf8(), mended);
    replace(mended, after, kMendToken + mend);
    SendScintilla(SCI_ENDUNDOACTION);
    m_mends.insert(mend, {mended, after});
    SendScintilla(SCI_SETCURRENTPOS, caret);
    SendScintilla(SCI_SETANCHOR, anchor);
    SendScintilla(SCI_SETFIRSTVISIBLELINE, line);
}

bool TextEditor::changeMend(const QByteArray &after)
{
    const QByteArray now = text().toUtf8();
    if (m_mends.isEmpty() || now == after || !step(SCI_UNDO, false))
        return false;
    const std::optional<int> mend = m_metMend;
    if (!mend || !isBetween(after, m_mends.value(*mend).typed, m_mends.value(*mend).joined)) {
        SendScintilla(SCI_REDO);
        markProblems();
        return false;
    }
    const QByteArray typed = m_mends.value(*mend).typed;
    SendScintilla(SCI_BEGINUNDOACTION);
    replace(text().toUtf8(), typed);
    replace(typed, after);
    SendScintilla(SCI_ADDUNDOACTION, static_cast<unsigned long>(kMendToken + *mend), 0L);
    SendScintilla(SCI_ENDUNDOACTION);
    markProblems();
    return true;
}

bool TextEditor::step(unsigned message, bool form)
{
    m_metForm = false;
    m_metMend.reset();
    if (!SendScintilla(message == SCI_UNDO ? SCI_CANUNDO : SCI_CANREDO))
        return false;
    SendScintilla(message);
    if (m_metForm == form)
        return true;
    SendScintilla(message == SCI_UNDO ? SCI_REDO : SCI_UNDO); // as it was
    return false;
}

void TextEditor::setFormHasStep(std::function<bool(bool isUndo)> hasStep)
{
    m_formHasStep = std::move(hasStep);
}

void TextEditor::undo()
{
    stepTyped(SCI_UNDO);
}

void TextEditor::redo()
{
    stepTyped(SCI_REDO);
}

void TextEditor::stepTyped(unsigned message)
{
    if (isReadOnly())
        return;
    const auto anchor = static_cast<unsigned long>(SendScintilla(SCI_GETANCHOR));
    const auto caret = static_cast<unsigned long>(SendScintilla(SCI_GETCURRENTPOS));
    const auto line = static_cast<unsigned long>(SendScintilla(SCI_GETFIRSTVISIBLELINE));
    const bool isUndo = message == SCI_UNDO;
    bool isDone = false;
    {
        const QScopedValueRollback ours(m_isOurs, true);
        isDone = step(message, false);
        if (!isDone && m_metForm && m_formHasStep && !m_formHasStep(true) && !m_formHasStep(false))
            isDone = step(message, true); // nobody else could
    }
    if (isDone) {
        SendScintilla(SCI_SCROLLCARET);
        if (message == SCI_UNDO && m_metMend)
            emit unmending(*m_metMend);
        emit edited(text());
    } else if (m_metForm) {
        SendScintilla(SCI_SETCURRENTPOS, caret);
        SendScintilla(SCI_SETANCHOR, anchor);
        SendScintilla(SCI_SETFIRSTVISIBLELINE, line);
        emit formMet(isUndo, m_formHasStep && !m_formHasStep(isUndo) ? !isUndo : isUndo);
    }
}

long TextEditor::positionOf(int line, int column) const
{
    const long start = SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(std::max(line - 1, 0)));
    if (start < 0)
        return length();
    const long end = SendScintilla(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(std::max(line - 1, 0)));
    const long at = SendScintilla(SCI_POSITIONRELATIVE, static_cast<unsigned long>(start), static_cast<long>(std::max(column - 1, 0)));
    return at == 0 && column > 1 ? end : std::clamp(at, start, std::max(start, end));
}

void TextEditor::jumpTo(int line, int column)
{
    const long at = positionOf(line, column);
    SendScintilla(SCI_ENSUREVISIBLEENFORCEPOLICY, static_cast<unsigned long>(std::max(line - 1, 0)));
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(at));
    SendScintilla(SCI_VERTICALCENTRECARET);
    setFocus();
}

int TextEditor::currentLine() const
{
    int line = 0;
    int index = 0;
    getCursorPosition(&line, &index);
    return line + 1;
}

bool TextEditor::find(const QString &words, bool forward, bool fromSelection)
{
    if (words.isEmpty())
        return false;
    int line = -1;
    int index = -1;
    if (hasSelectedText()) {
        int endLine = 0;
        int endIndex = 0;
        getSelection(&line, &index, &endLine, &endIndex);
        // Typing on in the words keeps the place that fits already; "next" leaves it.
        if (forward && !fromSelection) {
            line = endLine;
            index = endIndex;
        }
    }
    return findFirst(words, false, false, false, true, forward, line, index);
}

int TextEditor::count(const QString &words) const
{
    return words.isEmpty() ? 0 : int(text().count(words, Qt::CaseInsensitive));
}

void TextEditor::setDiagnostics(std::vector<Diagnostic> diagnostics)
{
    m_diagnostics = std::move(diagnostics);
    markProblems();
}

void TextEditor::markProblems()
{
    markerDeleteAll(kErrorMarker);
    markerDeleteAll(kWarningMarker);
    for (const int squiggle : {kErrorSquiggle, kWarningSquiggle}) {
        SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(squiggle));
        SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, static_cast<long>(length()));
    }
    for (const Diagnostic &diagnostic : m_diagnostics) {
        if (diagnostic.place.line <= 0)
            continue;
        const auto line = static_cast<unsigned long>(diagnostic.place.line - 1);
        long from = positionOf(diagnostic.place.line, diagnostic.place.column);
        const long lineEnd = SendScintilla(SCI_GETLINEENDPOSITION, line);
        long to = from;
        const auto letter = [this](long at) { return char(SendScintilla(SCI_GETCHARAT, static_cast<unsigned long>(at))); };
        while (to < lineEnd && std::string_view(" \t,:{}[]#").find(letter(to)) == std::string_view::npos)
            ++to;
        if (to == from && to < lineEnd)
            ++to;
        else if (to == from && from > 0)
            --from; // at the end of a line there is only what stands before
        SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(isError(diagnostic) ? kErrorSquiggle : kWarningSquiggle));
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(from), to - from);
        markerAdd(int(line), isError(diagnostic) ? kErrorMarker : kWarningMarker);
    }
}

QString TextEditor::problemsOf(int line) const
{
    QStringList all;
    for (const Diagnostic &diagnostic : m_diagnostics) {
        if (diagnostic.place.line != line)
            continue;
        QString text = QString::fromStdString(diagnostic.message);
        if (!diagnostic.hint.empty())
            text += QLatin1Char('\n') + QString::fromStdString(diagnostic.hint);
        all += text;
    }
    return all.join(QLatin1Char('\n'));
}

void TextEditor::updateFolds()
{
    const int count = lines();
    if (count > kLinesFoldedMax)
        return;
    int below = 0; // indentation of the next line that has words, seen from the end of the text
    for (int line = count - 1; line >= 0; --line) {
        const auto at = static_cast<unsigned long>(line);
        const long indentEnd = SendScintilla(SCI_GETLINEINDENTPOSITION, at);
        const bool isBlank = indentEnd >= SendScintilla(SCI_GETLINEENDPOSITION, at);
        const char first = char(SendScintilla(SCI_GETCHARAT, static_cast<unsigned long>(indentEnd)));
        const bool isEmpty = isBlank || first == '#';
        const int indent = isEmpty ? below : int(SendScintilla(SCI_GETLINEINDENTATION, at));
        int level = SC_FOLDLEVELBASE + std::min(indent, 1000);
        if (isBlank)
            level |= SC_FOLDLEVELWHITEFLAG;
        else if (!isEmpty && below > indent)
            level |= SC_FOLDLEVELHEADERFLAG;
        if (SendScintilla(SCI_GETFOLDLEVEL, at) != level)
            SendScintilla(SCI_SETFOLDLEVEL, at, static_cast<long>(level));
        below = indent;
    }
}

void TextEditor::fitNumbers()
{
    setMarginWidth(kNumberMargin, QString(QString::number(std::max(lines(), 10)).size() + 1, QLatin1Char('9')));
}

bool TextEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto &key = *static_cast<QKeyEvent *>(event);
        const bool isOurs = isKey(key, Qt::Key_Space, Qt::ControlModifier) || isKey(key, Qt::Key_F8, Qt::NoModifier)
            || isKey(key, Qt::Key_F8, Qt::ShiftModifier);
        if (isOurs || key.matches(QKeySequence::Find) || key.matches(QKeySequence::FindNext) || key.matches(QKeySequence::FindPrevious)) {
            event->accept();
            return true;
        }
    }
    return QsciScintilla::event(event);
}

void TextEditor::newLine()
{
    SendScintilla(SCI_BEGINUNDOACTION);
    SendScintilla(SCI_REPLACESEL, "");
    int line = 0;
    int column = 0;
    getCursorPosition(&line, &column);
    const QString before = text(line).left(column);
    // What follows the cursor goes with it, without the spaces between.
    const QString after = text(line).mid(column);
    const qsizetype spaces = std::find_if(after.begin(), after.end(), [](QChar c) { return c != QLatin1Char(' '); }) - after.begin();
    setSelection(line, column, line, column + int(spaces));
    SendScintilla(SCI_REPLACESEL, ("\n" + std::string(indentAfter(before.toStdString()), ' ')).c_str());
    SendScintilla(SCI_ENDUNDOACTION);
    SendScintilla(SCI_SCROLLCARET);
    m_popup->hide();
}

void TextEditor::keyPressEvent(QKeyEvent *event)
{
    if (m_popup->handleKey(*event))
        return;
    if (isKey(*event, Qt::Key_Z, Qt::ControlModifier)) {
        m_popup->hide();
        undo();
    } else if (isKey(*event, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier) || isKey(*event, Qt::Key_Y, Qt::ControlModifier)) {
        m_popup->hide();
        redo();
    } else if (isKey(*event, Qt::Key_Space, Qt::ControlModifier))
        complete(true);
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
             && !(event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) && !isReadOnly())
        newLine();
    else if (event->key() == Qt::Key_F8)
        goToProblem(!(event->modifiers() & Qt::ShiftModifier));
    else if (event->key() == Qt::Key_Tab && event->modifiers() == Qt::ControlModifier)
        QAbstractScrollArea::focusNextPrevChild(true);
    else if (event->key() == Qt::Key_Backtab && (event->modifiers() & Qt::ControlModifier))
        QAbstractScrollArea::focusNextPrevChild(false);
    else if (event->matches(QKeySequence::Find))
        emit findRequested();
    else if (event->matches(QKeySequence::FindNext) || isKey(*event, Qt::Key_F3, Qt::NoModifier))
        emit findAgainRequested(true);
    else if (event->matches(QKeySequence::FindPrevious) || isKey(*event, Qt::Key_F3, Qt::ShiftModifier))
        emit findAgainRequested(false);
    else {
        const bool wasOpen = m_popup->isVisible();
        QsciScintilla::keyPressEvent(event);
        const QString typed = event->text();
        const bool isWord = !typed.isEmpty() && (typed[0].isLetterOrNumber() || typed[0] == QLatin1Char('_'));
        if (isWord || (wasOpen && event->key() == Qt::Key_Backspace))
            complete(false);
        else
            m_popup->hide();
    }
}

void TextEditor::complete(bool byHand)
{
    m_popup->hide();
    if (isReadOnly() || (!byHand && length() > kBytesCompletedMax))
        return;
    const std::string text = this->text().toStdString();
    const long at = SendScintilla(SCI_GETCURRENTPOS);
    Completions found = completionsAt(text, std::size_t(at));
    const bool isTyped = found.words.size() == 1 && std::size_t(found.words[0].word.toUtf8().size()) == std::size_t(at) - found.from;
    if (found.words.empty() || (!byHand && (isTyped || found.from == std::size_t(at))))
        return;
    m_wordFrom = found.from;
    m_wordTo = byHand ? std::max(std::size_t(at), found.to) : std::size_t(at);
    m_addsColon = found.addsColon;
    const int x = int(SendScintilla(SCI_POINTXFROMPOSITION, 0UL, static_cast<long>(found.from)));
    const int y = int(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, static_cast<long>(found.from)));
    const int height = textHeight(currentLine() - 1);
    m_popup->showWords(std::move(found.words), QRect(viewport()->mapToGlobal(QPoint(x, y)), QSize(1, height)));
}

void TextEditor::insert(const QString &word)
{
    const QByteArray bytes = (m_addsColon ? word + QStringLiteral(": ") : word).toUtf8();
    SendScintilla(SCI_BEGINUNDOACTION);
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(m_wordFrom), static_cast<long>(m_wordTo));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(bytes.size()), bytes.constData());
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(m_wordFrom + std::size_t(bytes.size())));
    SendScintilla(SCI_ENDUNDOACTION);
}

void TextEditor::goToProblem(bool forward)
{
    int line = 0;
    int index = 0;
    getCursorPosition(&line, &index);
    const std::pair here(line + 1, index + 1);
    std::vector<std::pair<int, int>> places;
    for (const Diagnostic &diagnostic : m_diagnostics) {
        if (diagnostic.place.line > 0)
            places.emplace_back(diagnostic.place.line, diagnostic.place.column);
    }
    if (places.empty())
        return;
    std::sort(places.begin(), places.end());
    const auto after = std::upper_bound(places.begin(), places.end(), here);
    const auto notBefore = std::lower_bound(places.begin(), places.end(), here);
    const auto next = forward ? (after == places.end() ? places.begin() : after)
                              : (notBefore == places.begin() ? places.end() - 1 : notBefore - 1);
    jumpTo(next->first, next->second);
}

void TextEditor::focusOutEvent(QFocusEvent *event)
{
    m_popup->hide();
    QsciScintilla::focusOutEvent(event);
}

/// The list of problems, say, takes the room below: the line that is worked on stays in sight if it was.
void TextEditor::resizeEvent(QResizeEvent *event)
{
    const auto at = static_cast<unsigned long>(std::max(currentLine() - 1, 0));
    const long line = SendScintilla(SCI_VISIBLEFROMDOCLINE, at) - SendScintilla(SCI_GETFIRSTVISIBLELINE);
    const long bottom = (line + 1) * SendScintilla(SCI_TEXTHEIGHT, at);
    QsciScintilla::resizeEvent(event);
    if (line >= 0 && bottom <= event->oldSize().height() && bottom > event->size().height())
        ensureCursorVisible();
}

QString TextEditor::helpOn(const QPoint &at) const
{
    const long position = SendScintilla(SCI_POSITIONFROMPOINTCLOSE, static_cast<unsigned long>(at.x()), static_cast<long>(at.y()));
    if (position < 0 || length() > kBytesCompletedMax)
        return {};
    const Completion help = helpAt(text().toStdString(), std::size_t(position));
    if (help.help.isEmpty() && help.hint.isEmpty())
        return {};
    return QStringLiteral("<p><b>%1</b> &nbsp;%2<br>%3</p>")
        .arg(help.word.toHtmlEscaped(), help.hint.toHtmlEscaped(), help.help.toHtmlEscaped());
}

bool TextEditor::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QsciScintilla::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int line = lineAt(help->pos());
    QString text = line < 0 ? QString() : problemsOf(line + 1);
    if (text.isEmpty())
        text = helpOn(help->pos());
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

void TextEditor::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    // Its letters have styles of their own and follow no font of the program by themselves.
    const bool isOtherSize = event->type() == QEvent::FontChange && editorFont(this).pointSizeF() != m_points;
    if (m_lexer && (event->type() == QEvent::PaletteChange || isOtherSize)) {
        applyColours();
        fitNumbers();
    }
}

} // namespace halfopen
