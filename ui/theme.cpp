// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include "ui/button_look.h"
#include "ui/theme_palette.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPainter>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>
#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>

namespace halfopen {

namespace {

double g_scale = 1.0; // set by applyTheme() only, on the GUI thread

Theme makeDark()
{
    Theme t;
    t.dark = true;
    t.window = QColor(0x14171c);
    t.panel = QColor(0x1b1f26);
    t.raised = QColor(0x242a33);
    t.text = QColor(0xe6e9ee);
    t.secondary = QColor(0xa5adba);
    t.disabled = QColor(0x6b7482);
    t.grid = QColor(0x2b323d);
    t.divider = QColor(0x323a46);
    t.accent = QColor(0x4c9aff);
    t.success = QColor(0x56b4e9);
    t.error = QColor(0xd55e00);
    t.timeout = QColor(0xe69f00);
    t.rejected = QColor(0xcc79a7);
    t.fallback = QColor(0x009e73);
    t.neutral = QColor(0x8a93a1);
    t.onData = t.window;
    return t;
}

Theme makeLight()
{
    Theme t;
    t.window = QColor(0xf5f6f8);
    t.panel = QColor(0xffffff);
    t.raised = QColor(0xeceff3);
    t.text = QColor(0x1a1d23);
    t.secondary = QColor(0x505967);
    t.disabled = QColor(0x8b94a3);
    t.grid = QColor(0xe1e5ea);
    t.divider = QColor(0xd3d9e0);
    t.accent = QColor(0x0b63ce);
    t.success = QColor(0x0072b2);
    t.error = QColor(0xc44e00);
    t.timeout = QColor(0xb37a00);
    t.rejected = QColor(0xa8487f);
    t.fallback = QColor(0x00795a);
    t.neutral = QColor(0x6b7482);
    t.onData = t.panel;
    return t;
}

/// Fusion, with indicators that can be seen on a dark panel.
class ThemeStyle : public QProxyStyle {
public:
    ThemeStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        if (element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck)
            drawCheckBox(*option, *painter);
        else
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }

    /// Indicators grow with the texts beside them. A tool bar asks for its margins anew with each style, so this is the place where
    /// it has none: it is as high as what stands in it.
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override
    {
        if (metric == PM_ToolBarItemMargin || metric == PM_ToolBarFrameWidth)
            return 0;
        const int base = QProxyStyle::pixelMetric(metric, option, widget);
        const bool isIndicator = metric == PM_IndicatorWidth || metric == PM_IndicatorHeight;
        return isIndicator ? Theme::px(base) : base;
    }

    /// A text that ends in the middle of a letter looks like another word.
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override
    {
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
            combo && element == CE_ComboBoxLabel && !combo->editable) {
            QStyleOptionComboBox elided(*combo);
            const int room = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget).width() - 2;
            elided.currentText = combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, room);
            QProxyStyle::drawControl(element, &elided, painter, widget);
        } else if (const auto *box = qstyleoption_cast<const QStyleOptionButton *>(option);
                   box && element == CE_CheckBoxLabel) {
            QStyleOptionButton elided(*box);
            elided.text = box->fontMetrics.elidedText(box->text, Qt::ElideRight, box->rect.width(), Qt::TextShowMnemonic);
            QProxyStyle::drawControl(element, &elided, painter, widget);
        } else if (const auto *dock = qstyleoption_cast<const QStyleOptionDockWidget *>(option);
                   dock && element == CE_DockWidgetTitle && !dock->verticalTitleBar) {
            drawDockTitle(*dock, *painter, widget);
        } else {
            QProxyStyle::drawControl(element, option, painter, widget);
        }
    }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override
    {
        const ButtonLook look = buttonLook(widget);
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        if (look == ButtonLook::Plain || control != CC_ToolButton || !button) {
            QProxyStyle::drawComplexControl(control, option, painter, widget);
            return;
        }
        QStyleOptionToolButton own(*button);
        if (look == ButtonLook::NoArrow) {
            own.features &= ~QStyleOptionToolButton::HasMenu;
            QProxyStyle::drawComplexControl(control, &own, painter, widget);
            return;
        }
        drawButtonFrame(look, *button, *painter);
        if (own.state & State_On)
            own.palette.setBrush(QPalette::ButtonText, own.palette.brush(QPalette::HighlightedText));
        drawControl(CE_ToolButtonLabel, &own, painter, widget);
    }

    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                           const QWidget *widget) const override
    {
        const ButtonLook look = buttonLook(widget);
        if (type == CT_ToolButton && (look == ButtonLook::Choice || look == ButtonLook::Toggle))
            return contents + roomAroundButton(look);
        return QProxyStyle::sizeFromContents(type, option, contents, widget);
    }

private:
    /// Fusion takes a small font of its own for a dock whose font is that of the program.
    void drawDockTitle(const QStyleOptionDockWidget &dock, QPainter &painter, const QWidget *widget) const
    {
        painter.save();
        painter.setFont(widget ? widget->font() : Theme::bodyFont());
        const QRect room = subElementRect(SE_DockWidgetTitleBarText, &dock, widget).adjusted(Theme::px(4), 0, -Theme::px(4), 0);
        drawItemText(&painter, room, Qt::AlignLeft | Qt::AlignVCenter, dock.palette, dock.state & State_Enabled,
                     painter.fontMetrics().elidedText(dock.title, Qt::ElideRight, room.width()), QPalette::WindowText);
        painter.restore();
    }

    static void drawCheckBox(const QStyleOption &option, QPainter &painter)
    {
        const Theme &t = Theme::current();
        const bool enabled = option.state & State_Enabled;
        const bool marked = option.state & (State_On | State_NoChange);
        QRectF box(option.rect);
        const double side = std::min({box.width(), box.height(), double(Theme::px(16))});
        box = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side);
        box.adjust(0.5, 0.5, -0.5, -0.5);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor edge = !enabled ? t.disabled : marked ? t.accent : t.secondary;
        painter.setPen(QPen(edge, 1));
        painter.setBrush(marked && enabled ? t.accent : t.panel);
        painter.drawRoundedRect(box, 3, 3);
        QPen tick(enabled ? t.panel : t.disabled, std::max(1.5, side / 8));
        tick.setCapStyle(Qt::RoundCap);
        painter.setPen(tick);
        const auto at = [&box](double x, double y) {
            return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
        };
        if (option.state & State_On) {
            painter.drawLine(at(0.24, 0.52), at(0.43, 0.71));
            painter.drawLine(at(0.43, 0.71), at(0.77, 0.30));
        } else if (option.state & State_NoChange) {
            painter.drawLine(at(0.26, 0.5), at(0.74, 0.5));
        }
        painter.restore();
    }
};

QPalette paletteOf(const Theme &t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.panel);
    p.setColor(QPalette::AlternateBase, t.raised);
    p.setColor(QPalette::ToolTipBase, t.raised);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::PlaceholderText, t.secondary);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::Button, t.raised);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.error);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.dark ? t.window : t.panel);
    // Fusion draws a light line below menu and tool bars with these.
    p.setColor(QPalette::Light, t.dark ? t.raised : t.panel);
    p.setColor(QPalette::Midlight, t.dark ? t.raised : t.raised);
    p.setColor(QPalette::Mid, t.divider);
    p.setColor(QPalette::Dark, t.dark ? t.window : t.divider);
    p.setColor(QPalette::Shadow, t.dark ? QColor(Qt::black) : t.secondary);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::ToolTipText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, t.disabled);
    p.setColor(QPalette::Disabled, QPalette::Highlight, t.divider);
    return p;
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::WindowText).lightnessF() >
           palette.color(QPalette::Window).lightnessF();
}

/// Made once per theme: every label of every frame asks for one.
struct Fonts {
    QFont body, axis, title, mono;

    explicit Fonts(const QString &family)
    {
        const auto sized = [&family](double logicalPx) {
            QFont font(family);
            font.setPixelSize(Theme::px(logicalPx));
            return font;
        };
        body = sized(13);
        axis = sized(12);
        title = sized(15);
        title.setWeight(QFont::DemiBold);
        mono = QFont(QStringLiteral("DejaVu Sans Mono"));
        mono.setStyleHint(QFont::Monospace);
        mono.setPixelSize(Theme::px(12.5));
    }
};

Fonts &fonts()
{
    static Fonts made(uiFontFamily().value_or(QApplication::font().family()));
    return made;
}

/// Relative luminance, WCAG 2.2.
double luminance(const QColor &c)
{
    const auto linear = [](double v) {
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

/// Between \a stops, evenly spaced, \a share in [0, 1].
template <std::size_t N> QColor onRamp(const std::array<QRgb, N> &stops, double share)
{
    const double place = std::clamp(share, 0.0, 1.0) * (N - 1);
    const auto low = std::min(static_cast<std::size_t>(place), N - 2);
    const double f = place - static_cast<double>(low);
    const QColor a(stops[low]);
    const QColor b(stops[low + 1]);
    const auto mix = [f](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * f)); };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

// Every eighth of matplotlib's viridis (CC0), from dark to bright.
constexpr std::array<QRgb, 9> kViridis = {0xff440154, 0xff472d7b, 0xff3b528b,
                                          0xff2c728e, 0xff21918c, 0xff28ae80,
                                          0xff5ec962, 0xffaddc30, 0xfffde725};
constexpr std::array<QRgb, 5> kSequenceDark = {0xff56b4e9, 0xff2fb8a0, 0xffd9c64a, 0xfff0913a,
                                               0xffe0605a};
constexpr std::array<QRgb, 5> kSequenceLight = {0xff0072b2, 0xff00795a, 0xff8a7400, 0xffb85c00,
                                                0xffb3262e};

} // namespace

QPalette themePalette(const Theme &theme)
{
    return paletteOf(theme);
}

double themeScale()
{
    return g_scale;
}

const Theme &Theme::light()
{
    static const Theme theme = makeLight();
    return theme;
}

const Theme &Theme::darkTheme()
{
    static const Theme theme = makeDark();
    return theme;
}

const Theme &Theme::of(const QWidget *widget)
{
    if (!widget)
        return current();
    return isDark(widget->palette()) ? darkTheme() : light();
}

const Theme &Theme::current()
{
    return isDark(QApplication::palette()) ? darkTheme() : light();
}

QColor Theme::outcome(OutcomeKind kind) const
{
    switch (kind) {
    case OutcomeKind::Success:
        return success;
    case OutcomeKind::Fallback:
        return fallback;
    case OutcomeKind::Error:
    case OutcomeKind::ConnectionRefused:
    case OutcomeKind::ConnectionReset:
        return error;
    case OutcomeKind::Timeout:
        return timeout;
    case OutcomeKind::Rejected:
    case OutcomeKind::CircuitBreakerOpen:
    case OutcomeKind::BulkheadFull:
    case OutcomeKind::RateLimited:
    case OutcomeKind::Throttled:
    case OutcomeKind::Unhealthy:
        return rejected;
    case OutcomeKind::Cancelled:
        return neutral;
    }
    return neutral;
}

Qt::BrushStyle Theme::outcomePattern(OutcomeKind kind) const
{
    switch (kind) {
    case OutcomeKind::ConnectionRefused:
    case OutcomeKind::Rejected:
        return Qt::BDiagPattern;
    case OutcomeKind::ConnectionReset:
    case OutcomeKind::BulkheadFull:
        return Qt::DiagCrossPattern;
    case OutcomeKind::RateLimited:
        return Qt::Dense4Pattern;
    case OutcomeKind::Throttled:
        return Qt::HorPattern;
    case OutcomeKind::Unhealthy:
        return Qt::VerPattern;
    default:
        return Qt::SolidPattern;
    }
}

QColor Theme::breakerState(BreakerState state) const
{
    switch (state) {
    case BreakerState::Closed:
    case BreakerState::MetricsOnly:
        return success;
    case BreakerState::Open:
    case BreakerState::ForcedOpen:
        return error;
    case BreakerState::HalfOpen:
        return timeout;
    case BreakerState::Disabled:
        return neutral;
    }
    return neutral;
}

QColor Theme::sequence(int index, int count) const
{
    const double share = count > 1 ? static_cast<double>(index) / (count - 1) : 0;
    return onRamp(dark ? kSequenceDark : kSequenceLight, share);
}

QColor Theme::heat(double share) const
{
    if (share <= 0)
        return panel;
    // The part of the ramp that can be seen on the panel.
    return onRamp(kViridis, dark ? 0.4 + 0.6 * share : 0.55 * (1 - share));
}

int Theme::px(double logical)
{
    return static_cast<int>(std::lround(logical * g_scale));
}

QFont Theme::bodyFont()
{
    return fonts().body;
}

QFont Theme::axisFont()
{
    return fonts().axis;
}

QFont Theme::titleFont()
{
    return fonts().title;
}

QFont Theme::monoFont()
{
    return fonts().mono;
}

Result<QString> uiFontFamily()
{
    for (const char *family : {"Inter", "Noto Sans", "DejaVu Sans"}) {
        if (QFontDatabase::hasFamily(QString::fromLatin1(family)))
            return QString::fromLatin1(family);
    }
    return failure(
        "None of the fonts Inter, Noto Sans and DejaVu Sans is installed, so texts would be empty "
        "boxes. Install the package fonts-inter, fonts-noto-core or fonts-dejavu-core.");
}

Result<void> applyTheme(QApplication &app, ThemeKind kind, double scale)
{
    static const bool systemIsDark = isDark(QApplication::palette()); // before the first change
    g_scale = scale > 0 ? scale : 1.0;
    const bool dark = kind == ThemeKind::Dark || (kind == ThemeKind::System && systemIsDark);
    const Result<QString> family = uiFontFamily();
    fonts() = Fonts(family.value_or(QApplication::font().family()));
    app.setStyle(new ThemeStyle); // the application owns it
    app.setPalette(paletteOf(dark ? Theme::darkTheme() : Theme::light()));
    app.setFont(Theme::bodyFont());
    // Else widgets would be measured in the font before.
    QCoreApplication::sendPostedEvents(nullptr, QEvent::ApplicationFontChange);
    if (!family) {
        qCritical("%s", family.error().message.c_str());
        return tl::unexpected<Error>(family.error());
    }
    return {};
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace halfopen
