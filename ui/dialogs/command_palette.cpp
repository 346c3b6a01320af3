// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/command_palette.h"

#include "ui/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

constexpr int kWidth = 560;
constexpr int kRowHeight = 30;
constexpr int kRows = 11;
constexpr int kPadding = 12;
constexpr int kKeysWidth = 112;
constexpr int kKindWidth = 80;

/// The title with its matched letters set off, the kind and the keys at the right.
class EntryDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {0, kRowHeight};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        // A list that shows what is behind it has a palette that says so, and no colours.
        const Theme& theme = themeOf(option.widget->window()->palette());
        painter->save();
        if (option.state & QStyle::State_Selected) {
            painter->fillRect(option.rect, theme.hover);
            painter->fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())),
                              theme.accent);
        }
        QRect room = option.rect.adjusted(kPadding, 0, -kPadding, 0);
        const auto right = [&](const QString& text, const QFont& font, const QColor& colour,
                               int width) {
            painter->setFont(font);
            painter->setPen(colour);
            painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, text);
            room.setRight(room.right() - width);
        };
        right(index.data(PaletteList::KeysRole).toString(), numberFont(11), theme.text, kKeysWidth);
        right(index.data(PaletteList::KindRole).toString(), captionFont(), theme.secondary,
              kKindWidth);
        painter->setPen(theme.text);
        paintTitle(*painter, room, option.font, index);
        painter->restore();
    }

private:
    static void paintTitle(QPainter& painter, const QRect& room, const QFont& font,
                           const QModelIndex& index)
    {
        const QFontMetrics metrics(font);
        const QString title =
            metrics.elidedText(index.data().toString(), Qt::ElideRight, room.width());
        QTextLayout layout(title, font);
        QList<QTextLayout::FormatRange> formats;
        QTextCharFormat matched;
        matched.setFontUnderline(true);
        for (const QVariant& position : index.data(PaletteList::PositionsRole).toList())
            if (position.toInt() < title.size())
                formats.append({position.toInt(), 1, matched});
        layout.setFormats(formats);
        layout.beginLayout();
        layout.createLine();
        layout.endLayout();
        layout.draw(&painter, QPointF(room.left(), room.center().y() - metrics.height() / 2.0));
    }
};

} // namespace

CommandPalette::CommandPalette(std::vector<PaletteEntry> entries, QWidget* window)
    : QFrame(window), m_entries(new PaletteList(std::move(entries), this)), m_field(new QLineEdit),
      m_list(new QListView),
      m_empty(new QLabel(tr("Nothing here is called that. Try fewer letters.")))
{
    setProperty("role", "overlay");
    setAccessibleName(tr("Command palette"));
    m_field->setPlaceholderText(tr("Type an action, a model, a view, a channel or a neuron"));
    m_field->setAccessibleName(tr("Find an action, a model, a view, a channel or a neuron"));
    m_field->installEventFilter(this);
    m_list->setModel(m_entries);
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_empty->setProperty("role", "caption");
    m_empty->setMargin(kPadding);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 8, 1, 8);
    layout->setSpacing(8);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 0, 8, 0);
    top->addWidget(m_field);
    layout->addLayout(top);
    layout->addWidget(m_list);
    layout->addWidget(m_empty);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::narrow);
    connect(m_list, &QListView::clicked, this, [this](const auto& index) { run(index.row()); });
    connect(m_list, &QListView::entered, m_list, &QListView::setCurrentIndex);
    window->installEventFilter(this);
}

void CommandPalette::open()
{
    m_before = window()->focusWidget();
    narrow({});
    place();
    show();
    raise();
    m_field->setFocus();
}

void CommandPalette::narrow(const QString& pattern)
{
    m_entries->setPattern(pattern);
    const int rows = std::min(m_entries->rowCount(), kRows);
    m_list->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
    m_list->setFixedHeight(std::max(1, rows) * kRowHeight);
    m_list->setCurrentIndex(m_entries->index(0, 0));
    m_list->scrollToTop();
    place();
}

/// Below the bar, in the middle, never wider than the window.
void CommandPalette::place()
{
    const int width = std::min(kWidth, window()->width() - 32);
    setFixedWidth(width);
    adjustSize();
    move((window()->width() - width) / 2, 56);
}

void CommandPalette::step(int rows)
{
    const int count = m_entries->rowCount();
    if (count == 0)
        return;
    const int row = m_list->currentIndex().row() + rows;
    // Single steps go around; a page stops at the end.
    const int wanted = std::abs(rows) == 1 ? (row + count) % count : std::clamp(row, 0, count - 1);
    m_list->setCurrentIndex(m_entries->index(wanted, 0));
}

void CommandPalette::run(int row)
{
    if (row < 0)
        return;
    const auto deed = m_entries->entry(row).run;
    leave(); // first: the deed may want the focus for itself
    deed();
}

void CommandPalette::leave()
{
    if (isHidden())
        return;
    hide();
    if (m_before && m_before->isVisible())
        m_before->setFocus();
    deleteLater();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_field) {
        if (event->type() == QEvent::Resize)
            place();
        return QFrame::eventFilter(watched, event);
    }
    if (event->type() == QEvent::FocusOut) {
        if (static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) {
            m_before = nullptr; // somebody else has it now
            leave();
        }
        return false;
    }
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QFrame::eventFilter(watched, event);
    std::function<void()> deed;
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        deed = [this] { leave(); };
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        deed = [this] { run(m_list->currentIndex().row()); };
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        deed = [this, event] {
            step(static_cast<QKeyEvent*>(event)->key() == Qt::Key_Up ? -1 : 1);
        };
        break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        deed = [this, event] {
            step(static_cast<QKeyEvent*>(event)->key() == Qt::Key_PageUp ? -kRows : kRows);
        };
        break;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        deed = [] {}; // there is nowhere else to go
        break;
    default:
        return QFrame::eventFilter(watched, event);
    }
    event->accept();
    if (event->type() == QEvent::KeyPress)
        deed();
    return true;
}

} // namespace ui
