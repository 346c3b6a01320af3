// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/key_sheet.h"

#include "ui/actions.h"
#include "ui/theme.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace ui
{

namespace
{

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
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(24, 24, 24, 24);
    columns->setSpacing(40);
    QVBoxLayout* column = nullptr;
    const QStringList groups = actions.groups();
    for (int i = 0; i < groups.size(); ++i) {
        if (i % 2 == 0) {
            column = new QVBoxLayout;
            column->setSpacing(24);
            columns->addLayout(column);
        }
        column->addWidget(makeGroup(actions, groups[i]), 0, Qt::AlignTop);
        if (i % 2 == 1 || i + 1 == groups.size())
            column->addStretch();
    }
}

void KeySheet::keyPressEvent(QKeyEvent* event)
{
    if (event->text() == "?")
        close();
    else
        QDialog::keyPressEvent(event);
}

} // namespace ui
