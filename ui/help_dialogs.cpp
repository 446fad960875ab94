// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help_dialogs.h"

#include "ui/icons.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>

#include <array>
#include <cstddef>
#include <memory>
#include <utility>

namespace halfopen {
namespace {

constexpr double kFrame = 48;        ///< logical pixels that a window manager may need around a window
constexpr double kLeastHeight = 160; ///< of the list of keys

QString tr(const char *text)
{
    return QCoreApplication::translate("HelpDialogs", text);
}

QDialog *makeDialog(const QString &name, const QString &title, QWidget *parent)
{
    // One of each: asking again brings the open one to the front.
    if (auto *open = parent->findChild<QDialog *>(name)) {
        open->raise();
        open->activateWindow();
        return nullptr;
    }
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(name);
    dialog->setWindowTitle(title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    return dialog;
}

void addCloseButton(QDialog *dialog, QVBoxLayout *layout)
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons);
}

QString keysText(const QList<QKeySequence> &keys, const QString &byHand)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts += QStringLiteral("<b>%1</b>").arg(key.toString(QKeySequence::NativeText).toHtmlEscaped());
    if (!byHand.isEmpty())
        texts += QStringLiteral("<b>%1</b>").arg(byHand.toHtmlEscaped());
    return texts.join(QCoreApplication::translate("HelpDialogs", " or "));
}

/// Keys that the charts themselves understand; see TimeNavigator.
ShortcutGroup chartKeys()
{
    const auto keys = [](std::initializer_list<const char *> names) {
        QList<QKeySequence> list;
        for (const char *name : names)
            list += QKeySequence(QLatin1String(name));
        return list;
    };
    return {tr("In a chart"),
            {{tr("Move the cursor"), keys({"Left", "Right"})},
             {tr("Select a range"), keys({"Shift+Left", "Shift+Right"})},
             {tr("Row by row"), keys({"Up", "Down"})},
             {tr("Page by page through the breakers"), keys({"PgUp", "PgDown"})},
             {tr("Open and close the fleets of breakers"), keys({"Return"})},
             {tr("Explain the breaker at the cursor"), keys({"E"})},
             {tr("Start and end of the run, in the time bar"), keys({"Home", "End"})},
             {tr("Zoom in and out"), {}, tr("Wheel")},
             {tr("Scroll the views, when all of the run is seen"), {}, tr("Wheel")},
             {tr("Zoom in and out always"), {}, tr("Ctrl+wheel")},
             {tr("Earlier and later"), {}, tr("Shift+wheel")}}};
}

/// Keys of sweep and stability map; see StudyChart.
ShortcutGroup studyKeys()
{
    return {tr("In a sweep or a stability map"),
            {{tr("From value to value"), {QKeySequence(Qt::Key_Left), QKeySequence(Qt::Key_Right), QKeySequence(Qt::Key_Up),
                                          QKeySequence(Qt::Key_Down)}},
             {tr("Open the selected run"), {QKeySequence(Qt::Key_Return)}},
             {tr("Let the selection go"), {QKeySequence(Qt::Key_Escape)}}}};
}

/// Keys of the text editor; see TextEditor.
ShortcutGroup textKeys()
{
    return {tr("In the text"),
            {{tr("Take back what was typed"), {QKeySequence(QStringLiteral("Ctrl+Z"))}},
             {tr("Put it back"), {QKeySequence(QStringLiteral("Ctrl+Shift+Z")), QKeySequence(QStringLiteral("Ctrl+Y"))}},
             {tr("Complete"), {QKeySequence(QStringLiteral("Ctrl+Space"))}},
             {tr("Find"), {QKeySequence(QKeySequence::Find)}},
             {tr("Next and previous place"), {QKeySequence(QStringLiteral("F3")), QKeySequence(QStringLiteral("Shift+F3"))}},
             {tr("Next and previous problem"), {QKeySequence(QStringLiteral("F8")), QKeySequence(QStringLiteral("Shift+F8"))}},
             {tr("Leave the text"), {QKeySequence(QStringLiteral("Ctrl+Tab")), QKeySequence(QStringLiteral("F6"))}}}};
}

/// Keys of the help; see HelpPanel.
ShortcutGroup helpKeys()
{
    return {tr("In the help"),
            {{tr("Back and forward"), {QKeySequence(QStringLiteral("Alt+Left")), QKeySequence(QStringLiteral("Alt+Right"))}},
             {tr("From link to link"), {QKeySequence(QStringLiteral("Tab"))}},
             {tr("Back to the work"), {QKeySequence(QStringLiteral("Esc"))}}}};
}

QString groupHtml(const ShortcutGroup &group)
{
    QString html = QStringLiteral("<tr><td colspan=2 style='padding-top:%1px'><span style='font-weight:600'>%2</span></td></tr>")
                       .arg(Theme::px(10))
                       .arg(group.title.toHtmlEscaped());
    for (const ShortcutGroup::Entry &entry : group.entries)
        html += QStringLiteral("<tr><td>%1&nbsp;&nbsp;&nbsp;</td><td>%2</td></tr>")
                    .arg(entry.what.toHtmlEscaped(), keysText(entry.keys, entry.byHand));
    return html;
}

/// One table, so that the keys of all its groups stand below each other.
QString columnHtml(const QString &groups)
{
    return QStringLiteral("<table cellpadding=2>%1</table>").arg(groups);
}

QLabel *groupLabel(const QString &html)
{
    auto *label = new QLabel(html);
    label->setTextFormat(Qt::RichText);
    label->setAlignment(Qt::AlignTop);
    return label;
}

/// The groups in two columns of about equal height, to be scrolled where the screen is lower.
class KeysArea : public QScrollArea {
public:
    explicit KeysArea(const QList<ShortcutGroup> &groups)
    {
        setObjectName(QStringLiteral("shortcuts_area"));
        setFrameShape(QFrame::NoFrame);
        setWidgetResizable(true);
        auto *page = new QWidget;
        auto *columns = new QHBoxLayout(page);
        columns->setContentsMargins(0, 0, 0, 0);
        columns->setSpacing(Theme::px(24));
        std::array<QString, 2> html;
        std::array<int, 2> heights{};
        for (const ShortcutGroup &group : groups) { // each below the column that is the lower one so far
            const std::size_t lower = heights[1] < heights[0] ? 1 : 0;
            const QString text = groupHtml(group);
            html[lower] += text;
            heights[lower] += std::unique_ptr<QLabel>(groupLabel(columnHtml(text)))->sizeHint().height();
        }
        for (const QString &column : html)
            columns->addWidget(groupLabel(columnHtml(column)));
        setWidget(page);
    }

    /// All of it: that of a scroll area stops at 36 letters.
    QSize sizeHint() const override
    {
        return widget()->sizeHint() + QSize(verticalScrollBar()->sizeHint().width(), 0);
    }
    QSize minimumSizeHint() const override { return {Theme::px(2 * kLeastHeight), Theme::px(kLeastHeight)}; }
};

} // namespace

void showShortcuts(const QList<ShortcutGroup> &groups, const QKeySequence &key, QWidget *parent)
{
    QDialog *dialog = makeDialog(QStringLiteral("shortcuts_dialog"), tr("Keyboard shortcuts"), parent);
    if (!dialog)
        return;
    QObject::connect(new QShortcut(key, dialog), &QShortcut::activated, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    QList<ShortcutGroup> all = groups;
    all += chartKeys();
    all += studyKeys();
    all += textKeys();
    all += helpKeys();
    auto *area = new KeysArea(all);
    // It takes no focus, as there is nothing in it to choose; the keys that scroll reach it all the same.
    area->setFocusPolicy(Qt::NoFocus);
    for (const auto &[scrollKey, action] : {std::pair(Qt::Key_Up, QScrollBar::SliderSingleStepSub), std::pair(Qt::Key_Down, QScrollBar::SliderSingleStepAdd),
                                      std::pair(Qt::Key_PageUp, QScrollBar::SliderPageStepSub), std::pair(Qt::Key_PageDown, QScrollBar::SliderPageStepAdd),
                                      std::pair(Qt::Key_Home, QScrollBar::SliderToMinimum), std::pair(Qt::Key_End, QScrollBar::SliderToMaximum)})
        QObject::connect(new QShortcut(scrollKey, dialog), &QShortcut::activated, area->verticalScrollBar(),
                         [bar = area->verticalScrollBar(), action = action] { bar->triggerAction(action); });
    layout->addWidget(area);
    addCloseButton(dialog, layout);
    const QSize screen = parent->screen()->availableSize();
    dialog->resize(dialog->sizeHint().boundedTo(screen - QSize(Theme::px(kFrame), Theme::px(kFrame))));
    dialog->show();
}

void showAbout(QWidget *parent)
{
    QDialog *dialog = makeDialog(QStringLiteral("about_dialog"), tr("About Halfopen"), parent);
    if (!dialog)
        return;
    auto *layout = new QVBoxLayout(dialog);
    layout->setSpacing(Theme::padding());
    auto *icon = new QLabel;
    icon->setPixmap(themedIcon(QStringLiteral("halfopen")).pixmap(Theme::px(64)));
    layout->addWidget(icon, 0, Qt::AlignHCenter);
    auto *text = new QLabel(
        QStringLiteral("<p align='center'><span style='font-size:%1px;font-weight:600'>Halfopen %2</span></p><p>%3</p><p>%4</p>")
            .arg(Theme::px(15))
            .arg(QCoreApplication::applicationVersion().toHtmlEscaped(),
                 tr("A lab for resilience: describe a small world, let it fail, and see what breakers, retries and "
                    "timeouts make of it."),
                 tr("Copyright 2026 The Halfopen authors. Free software under the GNU General Public License, "
                    "version 3 or later.")));
    text->setWordWrap(true);
    text->setMinimumWidth(Theme::px(360));
    layout->addWidget(text);
    addCloseButton(dialog, layout);
    dialog->show();
}

} // namespace halfopen
