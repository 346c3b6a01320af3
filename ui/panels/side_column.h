// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QScrollArea;
class QVBoxLayout;

namespace ui
{

class Panel;

/// Panels above each other at a side of the window. Folds to a rail of icons: because the person
/// wants it, or for as long as the window has no room for both it and the view.
class SideColumn : public QWidget
{
    Q_OBJECT

public:
    struct Entry {
        Panel* panel = nullptr;
        QString icon;
        QString name;
        int stretch = 0;
    };

    SideColumn(std::vector<Entry> entries, int width, QWidget* parent = nullptr);

    bool folded() const { return m_folded || m_squeezed; }
    bool wantsFolded() const { return m_folded; }
    int wantedWidth() const;         ///< of the rail where it is folded
    void setFolded(bool folded);     ///< what the person wants; opens a squeezed one, too
    void setSqueezed(bool squeezed); ///< what the window has room for

signals:
    void foldedChanged(bool folded);
    void opened(); ///< by the person

private:
    QWidget* makeContent(const std::vector<Entry>& entries);
    QWidget* makeRail(const std::vector<Entry>& entries);

    void apply(bool folded, bool squeezed);

    int m_width;
    bool m_folded = false;
    bool m_squeezed = false;
    QWidget* m_content;
    QWidget* m_rail;
};

} // namespace ui
