// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace ui
{

/// A row with a slider over recorded moments and, where wanted, a button that plays them. At its
/// end it stays there while more are recorded. Stops playing when it is hidden.
class ScrubBar : public QWidget
{
    Q_OBJECT

public:
    enum class Playing { No, Yes };

    ScrubBar(const QString& name, Playing playing, QWidget* parent = nullptr);

    void setCount(int count); ///< of moments, 0..count; follows the end if it was there
    int count() const;
    int place() const;
    void setPlace(int place); ///< emits moved()
    bool following() const { return m_following; }
    void setText(const QString& text);
    bool playing() const { return m_timer.isActive(); }
    void play(); ///< from the start if it is at the end
    void stop();

    static constexpr int kFrameTime = 34;       ///< milliseconds: 30 a second at most
    static constexpr int kWholeReplay = 12'000; ///< milliseconds that all moments take at most

signals:
    void moved(int place);

protected:
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void step();
    void take(int place);
    void showButton();

    QSlider* m_slider;
    QLabel* m_label;
    QToolButton* m_button;
    QTimer m_timer;
    bool m_following = true;
};

} // namespace ui
