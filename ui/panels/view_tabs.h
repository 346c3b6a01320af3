// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QButtonGroup;
class QToolButton;

namespace ui
{

/// What a view is called on its tab.
struct TabName {
    QString title;
    QString brief; ///< where all the titles don't fit
};

/// One tab a view, with brief names where the room is short. What does not fit even so is in a menu
/// at the end; the current one is always to be seen.
/// A double click, or dragging a tab out of the row, asks for the view to be torn off.
class ViewTabs : public QWidget
{
    Q_OBJECT

public:
    explicit ViewTabs(std::vector<TabName> views, QWidget* parent = nullptr);

    int current() const;
    void setCurrent(int view); ///< does not emit chosen()
    void setTornOff(int view, bool tornOff);
    QToolButton* tab(int view) const { return m_tabs[static_cast<std::size_t>(view)]; }
    QToolButton* more() const { return m_more; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void chosen(int view); ///< by the person
    void tearOffRequested(int view);
    void dockRequested(int view);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();
    void write(bool brief);
    QString textOf(int view, bool brief) const;
    void measure();
    void fillMore();
    void showMenu(int view, const QPoint& globalPosition);
    int viewOf(const QObject* tab) const; ///< -1: none

    std::vector<TabName> m_names;
    std::vector<QToolButton*> m_tabs;
    std::vector<bool> m_tornOff;
    QButtonGroup* m_group;
    QToolButton* m_more;
    int m_fullWidth = 0; ///< of a row with all tabs
    int m_briefWidth = 0;
    int m_widestBrief = 0;           ///< of one tab
    std::optional<QPoint> m_pressed; ///< where a tab was taken hold of
};

} // namespace ui
