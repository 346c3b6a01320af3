// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/key_sheet.h"

#include "ui/actions.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui
{

namespace
{

constexpr int kColumns = 3;
constexpr int kGroupGap = 24;

QWidget* makeGroup(const Actions& actions, const QString& group)
{
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    auto* title = new QLabel(group.toUpper());
    title->setProperty("role", "heading");
    grid->addWidget(title, 0, 0, 1, 2);
    int row = 1;
    for (const ActionSpec& spec : actions.specs()) {
        const QString keys = keysText(spec);
        if (spec.group != group || keys.isEmpty())
            continue;
        auto* key = new QLabel(keys);
        key->setFont(numberFont(11));
        grid->addWidget(key, row, 0, Qt::AlignLeft);
        grid->addWidget(new QLabel(spec.text), row, 1);
        ++row;
    }
    grid->setColumnMinimumWidth(0, 96);
    grid->setColumnStretch(1, 1);
    return box;
}

} // namespace

KeySheet::KeySheet(const Actions& actions, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    setProperty("role", "sheet");
    auto* page = new QWidget;
    page->setProperty("role", "panel");
    page->setAttribute(Qt::WA_StyledBackground);
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(24, 24, 24, 24);
    columns->setSpacing(40);
    // Groups keep their order, and a column takes more of them while it is shorter than its share.
    QList<QWidget*> groups;
    int height = 0;
    for (const QString& group : actions.groups()) {
        groups.append(makeGroup(actions, group));
        height += groups.back()->sizeHint().height() + kGroupGap;
    }
    QVBoxLayout* column = nullptr;
    int filled = height;
    for (QWidget* group : groups) {
        const int needed = group->sizeHint().height() + kGroupGap;
        if (column == nullptr || filled + needed / 2 > height / kColumns) {
            column = new QVBoxLayout;
            column->setSpacing(kGroupGap);
            column->setAlignment(Qt::AlignTop);
            columns->addLayout(column);
            filled = 0;
        }
        column->addWidget(group, 0, Qt::AlignTop);
        filled += needed;
    }
    auto* scroll = new QScrollArea;
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("Keys"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(scroll);
    const int bar = scroll->verticalScrollBar()->sizeHint().width();
    resize((page->sizeHint() + QSize(bar, 2)).boundedTo(screen()->availableSize() * 0.95));
}

void KeySheet::keyPressEvent(QKeyEvent* event)
{
    if (event->text() == "?")
        close();
    else
        QDialog::keyPressEvent(event);
}

} // namespace ui
