// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QString>
#include <QWidget>

#include <vector>

class QFrame;
class QLabel;
class QPushButton;

namespace ui
{

/// A real part of the window, and what to say about it.
struct TourStep {
    QWidget* target = nullptr;
    QString title;
    QString text;
};

/// Goes through the parts of a window: dims the rest, and says beside each what it is for. Escape
/// or Skip ends it at any step. Deletes itself at the end.
class Tour : public QWidget
{
    Q_OBJECT

public:
    Tour(std::vector<TourStep> steps, QWidget* window);

    void start();
    int step() const { return m_step; }
    QPushButton* next() const { return m_next; }
    QPushButton* back() const { return m_back; }
    QPushButton* skip() const { return m_skip; }
    QFrame* callout() const { return m_callout; }
    QRect lit() const; ///< the part that is not dimmed, in the window

signals:
    void finished(); ///< read to its end, or skipped

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void show(int step);
    void place();
    void cycle(int step);
    void leave();

    std::vector<TourStep> m_steps;
    int m_step = 0;
    QPointer<QWidget> m_before; ///< had the focus
    QFrame* m_callout;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_count;
    QPushButton* m_skip;
    QPushButton* m_back;
    QPushButton* m_next;
};

} // namespace ui
