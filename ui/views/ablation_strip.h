// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/ablations.h"
#include "ui/session.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace ui
{

class ChangeBars;
class IconButton;
class ImageStrip;

/// What is ablated in the current model, and what that does to its answers: the list with undo and
/// redo, right answers, change of each class, the most affected images.
class AblationStrip : public QWidget
{
    Q_OBJECT

public:
    explicit AblationStrip(Session& session, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeList();
    QWidget* makeEffect();
    QWidget* makeImages();
    void showSteps();
    void showReport();
    void showEffect(const AblationReport& report);
    void showImages();

    Session& m_session;
    QListWidget* m_steps;
    QLabel* m_listTitle;
    IconButton* m_undo;
    IconButton* m_redo;
    QPushButton* m_reset;
    QPushButton* m_save;
    QLabel* m_right;
    QLabel* m_measured;
    ChangeBars* m_bars;
    QLabel* m_imagesTitle;
    QLabel* m_imagesHint;
    ImageStrip* m_images;
};

} // namespace ui
