// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace ui
{

class Actions;

/// All keys on one page, from the table of actions. Not modal; closes by Esc or by `?` again.
class KeySheet : public QDialog
{
    Q_OBJECT

public:
    KeySheet(const Actions& actions, QWidget* parent);

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace ui
