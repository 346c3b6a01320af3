// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/help_panel.h"

#include "ui/panels/icon_button.h"
#include "ui/theme.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace ui
{

namespace
{

constexpr int kExcerptRole = Qt::UserRole + 1;

/// A page's title, and below it the line that answers the search.
class PageDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.widget->window()->palette());
        painter->save();
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver))
            painter->fillRect(option.rect, theme.hover);
        QRect room = option.rect.adjusted(kPadding, kPadding, -kPadding, -kPadding);
        const QString excerpt = index.data(kExcerptRole).toString();
        QFont font = bodyFont();
        font.setWeight(excerpt.isEmpty() ? QFont::Normal : QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(theme.text);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignTop, index.data().toString());
        room.setTop(room.top() + QFontMetrics(font).lineSpacing());
        painter->setFont(captionFont());
        painter->setPen(theme.secondary);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, excerpt);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* list = qobject_cast<const QListWidget*>(option.widget);
        const int width = list->viewport()->width();
        int height = QFontMetrics(bodyFont()).lineSpacing() + 2 * kPadding;
        if (const QString excerpt = index.data(kExcerptRole).toString(); !excerpt.isEmpty())
            height += QFontMetrics(captionFont())
                          .boundingRect(0, 0, width - 2 * kPadding, 1000, Qt::TextWordWrap, excerpt)
                          .height();
        return {width, height};
    }

private:
    static constexpr int kPadding = 6;
};

/// Markdown as it is has the sizes of a web page.
void fitToPanel(QTextDocument& document, const Theme& theme)
{
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const int level = block.blockFormat().headingLevel();
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
        format.setTopMargin(level > 0 && block != document.begin() ? 16 : 0);
        format.setBottomMargin(8);
        cursor.setBlockFormat(format);
        if (level == 0)
            continue;
        cursor.select(QTextCursor::BlockUnderCursor);
        QTextCharFormat letters;
        const QFont font = level == 1 ? titleFont() : bodyFont();
        letters.setFont(font);
        letters.setFontWeight(QFont::DemiBold);
        letters.setForeground(theme.text);
        cursor.setCharFormat(letters); // replaces the web page's size step, too
    }
}

} // namespace

HelpPanel::HelpPanel(std::vector<HandbookPage> pages, QWidget* parent)
    : QWidget(parent), m_pages(std::move(pages)), m_field(new QLineEdit),
      m_back(new QPushButton(tr("All pages"))), m_list(new QListWidget), m_empty(new QLabel),
      m_browser(new QTextBrowser), m_stack(new QStackedWidget)
{
    setProperty("role", "panel");
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Handbook"));
    auto* title = new QLabel(tr("HANDBOOK"));
    title->setProperty("role", "heading");
    auto* close = new IconButton("close", tr("Close the handbook"));
    m_back->setProperty("role", "compact");
    m_field->setPlaceholderText(tr("Search the handbook"));
    m_field->setAccessibleName(tr("Search the handbook"));
    m_field->setClearButtonEnabled(true);
    for (auto* clear : m_field->findChildren<QAbstractButton*>())
        clear->setAccessibleName(tr("Clear the search"));
    m_list->setAccessibleName(tr("Pages of the handbook"));
    m_list->setItemDelegate(new PageDelegate(m_list));
    m_list->setResizeMode(QListView::Adjust); // excerpts wrap anew
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_browser->setAccessibleName(tr("Page of the handbook"));
    m_browser->setOpenLinks(false);
    m_browser->setFrameShape(QFrame::NoFrame);
    m_browser->document()->setDocumentMargin(0);
    m_browser->document()->setIndentWidth(16);
    m_empty->setProperty("role", "caption");
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop);

    auto* header = new QHBoxLayout;
    header->addWidget(title, 1);
    header->addWidget(m_back);
    header->addWidget(close);
    for (QWidget* part : {static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_empty),
                          static_cast<QWidget*>(m_browser)})
        m_stack->addWidget(part);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(header);
    layout->addWidget(m_field);
    layout->addWidget(m_stack, 1);

    for (QWidget* part : {static_cast<QWidget*>(m_field), static_cast<QWidget*>(m_list),
                          static_cast<QWidget*>(m_browser)})
        part->installEventFilter(this);
    connect(close, &QToolButton::clicked, this, &HelpPanel::closeRequested);
    connect(m_back, &QPushButton::clicked, this, &HelpPanel::showContents);
    connect(m_field, &QLineEdit::textChanged, this, &HelpPanel::narrow);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (m_stack->currentWidget() == m_list && m_list->count() > 0)
            showPage(m_list->item(0)->data(Qt::UserRole).toInt());
    });
    const auto open = [this](QListWidgetItem* item) { showPage(item->data(Qt::UserRole).toInt()); };
    connect(m_list, &QListWidget::itemClicked, this, open);
    connect(m_list, &QListWidget::itemActivated, this, open);
    narrow();
}

bool HelpPanel::showsPage() const
{
    return m_stack->currentWidget() == m_browser;
}

void HelpPanel::showContents()
{
    m_field->clear();
    narrow();
}

void HelpPanel::addEntry(int page, const QString& excerpt)
{
    const QString title = m_pages[static_cast<std::size_t>(page)].title;
    auto* item = new QListWidgetItem(title, m_list);
    item->setData(Qt::UserRole, page);
    item->setData(kExcerptRole, excerpt);
    item->setData(Qt::AccessibleDescriptionRole, excerpt);
}

void HelpPanel::narrow()
{
    m_page = -1;
    m_back->hide();
    m_list->clear();
    const QString text = m_field->text().simplified();
    if (text.isEmpty())
        for (int page = 0; page < static_cast<int>(m_pages.size()); ++page)
            addEntry(page, {});
    for (const HandbookHit& hit : searchHandbook(m_pages, text))
        addEntry(hit.page, hit.excerpt);
    m_empty->setText(m_pages.empty()
                         ? tr("The handbook was not found beside the program.")
                         : tr("No page has all of these words. Try fewer, or a part of one."));
    m_stack->setCurrentWidget(m_list->count() > 0 ? static_cast<QWidget*>(m_list) : m_empty);
}

void HelpPanel::showPageTitled(const QString& title)
{
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        if (m_pages[i].title == title) {
            showPage(static_cast<int>(i));
            return;
        }
    showContents();
}

void HelpPanel::showPage(int page)
{
    m_page = page;
    m_browser->setMarkdown(m_pages[static_cast<std::size_t>(page)].markdown);
    fitToPanel(*m_browser->document(), themeOf(window()->palette()));
    markWords();
    m_browser->verticalScrollBar()->setValue(0);
    m_stack->setCurrentWidget(m_browser);
    m_back->show();
    m_browser->setFocus();
}

/// What was searched for is set off on the page.
void HelpPanel::markWords()
{
    QList<QTextEdit::ExtraSelection> marks;
    QColor colour = themeOf(window()->palette()).accent;
    colour.setAlphaF(0.3F);
    for (const QString& word : m_field->text().split(' ', Qt::SkipEmptyParts)) {
        QTextCursor found = m_browser->document()->find(word);
        while (!found.isNull()) {
            QTextEdit::ExtraSelection mark{found, {}};
            mark.format.setBackground(colour);
            marks.append(mark);
            found = m_browser->document()->find(word, found);
        }
    }
    m_browser->setExtraSelections(marks);
}

/// Keys that read a page stay here; Escape goes back one step at a time.
bool HelpPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool moving = key->key() >= Qt::Key_Home && key->key() <= Qt::Key_PageDown;
    const bool toList = watched == m_field && key->key() == Qt::Key_Down;
    if (event->type() == QEvent::ShortcutOverride) {
        if (moving || key->key() == Qt::Key_Escape || key->key() == Qt::Key_Return)
            event->accept();
        return false;
    }
    if (toList && m_stack->currentWidget() == m_list) {
        m_list->setFocus();
        m_list->setCurrentRow(0);
        return true;
    }
    if (key->key() != Qt::Key_Escape)
        return false;
    if (showsPage()) {
        narrow();
        m_field->setFocus();
    } else if (!m_field->text().isEmpty()) {
        m_field->clear();
    } else {
        emit closeRequested();
    }
    return true;
}

void HelpPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && m_page >= 0) {
        fitToPanel(*m_browser->document(), themeOf(window()->palette()));
        markWords();
    }
    QWidget::changeEvent(event);
}

} // namespace ui
