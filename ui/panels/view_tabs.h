// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QButtonGroup;
class QToolButton;

namespace ui
{

/// One tab a view. What does not fit is in a menu at the end; the current one is always to be seen.
/// A double click, or dragging a tab out of the row, asks for the view to be torn off.
class ViewTabs : public QWidget
{
    Q_OBJECT

public:
    explicit ViewTabs(const QStringList& views, QWidget* parent = nullptr);

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
    void fillMore();
    void showMenu(int view, const QPoint& globalPosition);
    int viewOf(const QObject* tab) const; ///< -1: none

    QStringList m_titles;
    std::vector<QToolButton*> m_tabs;
    std::vector<bool> m_tornOff;
    QButtonGroup* m_group;
    QToolButton* m_more;
    std::optional<QPoint> m_pressed; ///< where a tab was taken hold of
};

} // namespace ui
