// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window.h"

#include <QApplication>
#include <QMainWindow>

namespace ui
{

int runWindow(const WindowOptions&, int& argc, char** argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.show();
    return QApplication::exec();
}

} // namespace ui
