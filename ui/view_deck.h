// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/saved_session.h"

#include <QScrollArea>

#include <functional>
#include <vector>

class QStackedWidget;
class QVBoxLayout;

namespace ui
{

class View;

/// What a view stands in. Scrolls it up and down where the room is lower than the view can be.
class ViewFrame : public QScrollArea
{
    Q_OBJECT

public:
    explicit ViewFrame(QWidget* parent = nullptr);
    void add(QWidget* widget); ///< of several only one is shown
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

private:
    QVBoxLayout* m_layout;
};

/// A torn-off view. Closing it asks for the view to be docked instead, as long as the window that
/// it came from is there.
class ViewWindow : public QWidget
{
    Q_OBJECT

public:
    ViewWindow(View* view, QWidget* parent);
    View* view() const { return m_view; }

signals:
    void closeRequested();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    View* m_view;
};

/// The views as pages of which one is in front. Each can be torn off into a window of its own and
/// docked again; in its place a page then says where it is.
class ViewDeck : public QWidget
{
    Q_OBJECT

public:
    explicit ViewDeck(QWidget* parent = nullptr);

    void setViews(std::vector<View*> views); ///< once
    const std::vector<View*>& views() const { return m_views; }
    int indexOf(const QString& id) const; ///< -1: there is none

    int current() const;
    View* currentView() const; ///< the page in front, torn off or not
    void show(int index);      ///< and its window, if it has one

    bool isTornOff(int index) const;
    /// Without a geometry the window is as large as the page was, and stays off the others.
    void tearOff(int index, const QByteArray& geometry = {});
    void dock(int index);
    std::vector<TornView> tornOff() const; ///< in the order of the views
    void setTornOff(const std::vector<TornView>& wanted);
    ViewWindow* windowOf(int index) const; ///< nullptr while docked

signals:
    void windowMade(ui::ViewWindow* window); ///< before it is shown
    void tornOffChanged(int index, bool tornOff);

private:
    struct Page {
        ViewFrame* slot = nullptr;
        QWidget* note = nullptr; ///< while the view is away
        ViewWindow* window = nullptr;
    };

    QWidget* makeNote(int index);
    Page& page(int index) { return m_pages[static_cast<std::size_t>(index)]; }

    std::vector<View*> m_views;
    std::vector<Page> m_pages;
    QStackedWidget* m_stack;
};

} // namespace ui
