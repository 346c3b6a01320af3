// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/palette_list.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QListView;

namespace ui
{

/// A field over a list of all that can be done: type some letters, press Return. Lies on top of
/// `window` and goes away with Escape, with the focus, or once something was chosen.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    CommandPalette(std::vector<PaletteEntry> entries, QWidget* window);

    void open();
    QLineEdit* field() const { return m_field; }
    QListView* list() const { return m_list; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void narrow(const QString& pattern);
    void place();
    void step(int rows);
    void run(int row);
    void leave();

    PaletteList* m_entries;
    QLineEdit* m_field;
    QListView* m_list;
    QLabel* m_empty;
    QPointer<QWidget> m_before; ///< had the focus
};

} // namespace ui
